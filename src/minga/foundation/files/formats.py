"""The file formats Minga knows: how each is recognised by its content, and what people call it."""

import codecs
import json
import zipfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import IO

import filetype
from django.utils.translation import gettext as _

from minga.kernel.errors import Invalid

HEAD = 8192
TAIL = 2048
CHUNK = 64 * 1024
MOST_MEMBERS = 10_000
MOST_UNPACKED = 500 * 1024 * 1024
"""bytes that a packed document may grow to"""

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_CONTROL = frozenset(range(32)) - {9, 10, 12, 13}


class Damaged(Exception):
    """The content is not what its first bytes promise."""


@dataclass(frozen=True)
class Format:
    """One format: its media type, what people call it, the endings of its names, and a look at its content."""

    media_type: str
    title: str
    endings: tuple[str, ...]
    check: Callable[[IO[bytes]], None]
    """raises Damaged"""


def _picture(content: IO[bytes]) -> None:
    """Pictures are read whole when they are cleaned."""


def _pdf(content: IO[bytes]) -> None:
    content.seek(0, 2)
    content.seek(max(0, content.tell() - TAIL))
    if b"%%EOF" not in content.read():
        raise Damaged


def _text(content: IO[bytes]) -> None:
    """UTF-8 (or UTF-16 with its mark), or else Windows-1252, which older spreadsheets write; no control bytes."""
    content.seek(0)
    mark = content.read(2)
    wide = mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    names = ("utf-16",) if wide else ("utf-8", "cp1252")
    if not any(_readable(content, name) for name in names):
        raise Damaged


def _readable(content: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    content.seek(0)
    try:
        while chunk := content.read(CHUNK):
            if any(ord(mark) in _CONTROL for mark in set(decoder.decode(chunk))):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _json(content: IO[bytes]) -> None:
    content.seek(0)
    try:
        json.load(content)
    except (ValueError, RecursionError) as error:
        raise Damaged from error


def _xml(content: IO[bytes]) -> None:
    _text(content)
    content.seek(0)
    head = content.read(HEAD).lower()
    if (
        not head.lstrip(codecs.BOM_UTF8 + b" \t\r\n").startswith(b"<")
        or b"<!doctype" in head
        or b"<svg" in head
    ):
        raise Damaged


def _zip(content: IO[bytes]) -> None:
    _members(content)


def _packed(marker: str, needle: bytes) -> Callable[[IO[bytes]], None]:
    """A packed document whose member `marker` holds `needle`; one with macros is refused."""

    def check(content: IO[bytes]) -> None:
        package = _members(content)
        names = package.namelist()
        if marker not in names or any(name.lower().endswith("vbaproject.bin") for name in names):
            raise Damaged
        try:
            with package.open(marker) as member:
                if needle not in member.read(CHUNK * 16):
                    raise Damaged
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
            raise Damaged from error

    return check


def _members(content: IO[bytes]) -> zipfile.ZipFile:
    content.seek(0)
    try:
        package = zipfile.ZipFile(content)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Damaged from error
    members = package.infolist()
    encrypted = any(member.flag_bits & 1 for member in members)
    unpacked = sum(member.file_size for member in members)
    if not members or encrypted or len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED:
        raise Damaged
    return package


FORMATS = {
    each.media_type: each
    for each in (
        Format("application/pdf", "PDF", ("pdf",), _pdf),
        Format("image/jpeg", "JPG", ("jpg", "jpeg"), _picture),
        Format("image/png", "PNG", ("png",), _picture),
        Format("image/webp", "WebP", ("webp",), _picture),
        Format("text/csv", "CSV", ("csv",), _text),
        Format("text/plain", "TXT", ("txt",), _text),
        Format("application/json", "JSON", ("json",), _json),
        Format("application/xml", "XML", ("xml",), _xml),
        Format("application/zip", "ZIP", ("zip",), _zip),
        Format(
            f"{_OOXML}wordprocessingml.document",
            "Word (DOCX)",
            ("docx",),
            _packed("[Content_Types].xml", b"wordprocessingml.document.main+xml"),
        ),
        Format(
            f"{_OOXML}spreadsheetml.sheet",
            "Excel (XLSX)",
            ("xlsx",),
            _packed("[Content_Types].xml", b"spreadsheetml.sheet.main+xml"),
        ),
        Format(f"{_ODF}text", "ODT", ("odt",), _packed("mimetype", f"{_ODF}text".encode())),
        Format(f"{_ODF}spreadsheet", "ODS", ("ods",), _packed("mimetype", f"{_ODF}spreadsheet".encode())),
    )
}
_PACKED = frozenset({"application/zip"} | {name for name in FORMATS if name.startswith((_OOXML, _ODF))})
_WRITTEN = frozenset({"text/csv", "text/plain", "application/json", "application/xml"})


def recognise(content: IO[bytes], name: str, allowed: Collection[str]) -> Format:
    """The format that a file has, by its content and by its name alike, among the allowed media types.

    Raises Invalid, with words for the field, when name and content disagree or the format is not allowed.
    """
    _stem, dot, ending = name.lower().rpartition(".")
    wanted = [each for each in FORMATS.values() if each.media_type in allowed]
    promised = next((each for each in wanted if dot and ending in each.endings), None)
    if promised is None:
        raise Invalid(_("El archivo debe ser {formats}.").format(formats=titles(allowed)))
    content.seek(0)
    seen = filetype.guess_mime(content.read(HEAD))
    try:
        if not _agrees(promised.media_type, seen):
            raise Damaged
        promised.check(content)
    except Damaged:
        raise Invalid(
            _("El contenido del archivo no es {format} válido. Ábralo, guárdelo de nuevo y súbalo.").format(
                format=promised.title
            )
        ) from None
    return promised


def _agrees(promised: str, seen: str | None) -> bool:
    if promised in _PACKED:
        return seen in _PACKED
    return seen is None if promised in _WRITTEN else seen == promised


def titles(allowed: Collection[str]) -> str:
    """What people call these media types: «PDF, JPG o PNG»."""
    names = [each.title for each in FORMATS.values() if each.media_type in allowed]
    if len(names) < 2:
        return "".join(names)
    return _("{first} o {last}").format(first=", ".join(names[:-1]), last=names[-1])


def accept(allowed: Collection[str]) -> str:
    """The value of the HTML attribute `accept` for these media types: `.pdf,.jpg,.jpeg`."""
    return ",".join(
        f".{ending}" for each in FORMATS.values() if each.media_type in allowed for ending in each.endings
    )
