"""Small real files of each format, made here, and uploads of them."""

import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from minga.kernel.actors import Actor
from minga.kernel.references import Reference

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
WEBP = "image/webp"
CSV = "text/csv"
TEXT = "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
CLERK = Actor(reference=Reference.of("account", "clerk"))
A_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def upload(content: bytes, name: str = "norma.pdf") -> SimpleUploadedFile:
    """What a form hands over; the browser's own word on the type is never believed."""
    return SimpleUploadedFile(name, content, content_type="application/x-anything")


def packed(members: dict[str, bytes]) -> bytes:
    """A ZIP with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


def office(kind: str, **more: bytes) -> bytes:
    """The smallest thing that is a `wordprocessingml.document` or a `spreadsheetml.sheet`."""
    types = f'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
    return packed({"[Content_Types].xml": types.encode(), "word/document.xml": b"<d/>", **more})


def odt() -> bytes:
    """The smallest thing that is an OpenDocument text."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        package.writestr("mimetype", ODT)
        package.writestr("content.xml", "<c/>")
    return out.getvalue()


def drawing(width: int = 40, height: int = 24, mode: str = "RGB") -> Image.Image:
    """A picture in which every corner is different."""
    picture = Image.new("RGB", (width, height))
    for x in range(width):
        for y in range(height):
            picture.putpixel((x, y), (x * 255 // width, y * 255 // height, (x + y) * 255 // (width + height)))
    return picture.convert(mode)


def encoded(picture: Image.Image, format: str, **options: Any) -> bytes:
    """The bytes of a picture in a format."""
    out = io.BytesIO()
    picture.save(out, format=format, **options)
    return out.getvalue()
