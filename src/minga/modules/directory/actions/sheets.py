"""Reading a table of institutions as spreadsheets write it, without trusting it."""

import csv
import io
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from minga.kernel.errors import Invalid
from minga.kernel.text import fold
from minga.modules.directory.actions.details import Details
from minga.modules.directory.actions.populations import DECLARED, Period
from minga.modules.directory.models import InstitutionFunction, InstitutionType, Status
from minga.modules.directory.queries import COLUMNS

MAX_BYTES = 1_000_000
MAX_ROWS = 2_000
_FORMULA = re.compile(r"'[=+\-@\t\r]")
_STAY = re.compile(r"([a-z_]+)\s+([0-9/-]+)")
_LOCAL_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_SEVERAL = ("priority_groups", "websites")
_DATES = ("valid_from", "valid_until")
_CHOICES: dict[str, type[TextChoices]] = {
    "type": InstitutionType,
    "function": InstitutionFunction,
    "status": Status,
}
Periods = dict[str, list[Period]]


@dataclass
class Line:
    """A row of the file: `values` by the name of the detail, only for columns that the file has."""

    number: int
    code: str
    values: dict[str, Any]
    periods: Periods | None
    problems: list[tuple[str, str]]

    def details(self, before: Details | None) -> Details:
        """The row's details; where the file has no column, those from before."""
        if before is not None:
            return replace(before, **self.values)
        return Details(**{"name": "", "type": "", "function": "", **self.values})


def read_sheet(content: bytes) -> list[Line]:
    """The rows of a CSV file (UTF-8, UTF-16 or Windows-1252; comma, semicolon or tab).

    Raises Invalid for what is no table, for unknown, repeated or missing columns and for too many rows.
    """
    text = _decoded(content)
    if "\x00" in text:
        raise Invalid(_("Esto no es un archivo CSV. Guárdelo como CSV desde su hoja de cálculo."))
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines: list[Line] = []
    try:
        names = _header(next(reader, []))
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append(_line(reader.line_num, names, cells))
            if len(lines) > MAX_ROWS:
                raise Invalid(_("El archivo tiene más de %(limit)s filas. Divídalo.") % {"limit": MAX_ROWS})
    except csv.Error as error:
        message = _("La línea %(line)s no se puede leer: revise sus comillas y su largo.")
        raise Invalid(message % {"line": reader.line_num}) from error
    if not lines:
        raise Invalid(_("El archivo no tiene ninguna fila debajo de los títulos."))
    return lines


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _header(cells: list[str]) -> list[str]:
    """The name of the detail in each column."""
    headings = ["_".join(fold(cell).split()) for cell in cells]
    while headings and not headings[-1]:
        headings.pop()
    unknown = [heading for heading in headings if heading not in COLUMNS]
    if "codigo" not in headings:
        message = _("La primera línea debe llevar los títulos de las columnas, y entre ellos «codigo».")
    elif unknown:
        message = _("No conocemos la columna «%(name)s». Las columnas son: %(names)s.") % {
            "name": unknown[0][:60],
            "names": ", ".join(COLUMNS),
        }
    elif len(set(headings)) < len(headings):
        message = _("Una columna está repetida en la primera línea.")
    else:
        return [COLUMNS[heading] for heading in headings]
    raise Invalid(message)


def _line(number: int, names: list[str], cells: list[str]) -> Line:
    problems: list[tuple[str, str]] = []
    if any(cell.strip() for cell in cells[len(names) :]):
        problems.append(("", _("La fila tiene más celdas que la primera línea.")))
    texts = {name: _plain(cell) for name, cell in zip(names, cells, strict=False)}
    texts |= {name: "" for name in names[len(cells) :]}
    code = texts.pop("code")
    stays = texts.pop("periods", None)
    values: dict[str, Any] = {}
    periods: Periods | None = None
    headings = {name: heading for heading, name in COLUMNS.items()}
    for name, text in texts.items():
        try:
            values[name] = _value(name, text)
        except ValueError as error:
            problems.append((headings[name], str(error)))
    if stays is not None:
        try:
            periods = _stays(stays)
        except ValueError as error:
            problems.append((headings["periods"], str(error)))
    return Line(number, code, values, periods, problems)


def _plain(cell: str) -> str:
    """The cell without the apostrophe that keeps spreadsheets from running it as a formula."""
    text = cell.strip()
    return text[1:] if _FORMULA.match(text) else text


def _value(name: str, text: str) -> Any:
    if name in _DATES:
        return _day(text) if text else None
    if name in _SEVERAL:
        return tuple(sorted(_parts(text))) if name == "priority_groups" else tuple(_parts(text))
    if name in _CHOICES:
        return _chosen(text, _CHOICES[name]) or (Status.UNVERIFIED.value if name == "status" else "")
    return text


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _chosen(text: str, choices: type[TextChoices]) -> str:
    """The code of a choice given by code or by its words; anything else stays, for the rules to refuse."""
    words = fold(text)
    for value, label in choices.choices:
        if words in (value, fold(str(label))):
            return str(value)
    return text


def _day(text: str) -> date:
    """A date as 2018-05-24 or 24/5/2018; ValueError in the reader's words for anything else."""
    local = _LOCAL_DATE.fullmatch(text)
    try:
        if local:
            day, month, year = map(int, local.groups())
            return date(year, month, day)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass
    message = _("«%(text)s» no es una fecha. Escríbala como 2018-05-24 o 24/5/2018.")
    raise ValueError(message % {"text": text[:40]})


def _stays(text: str) -> Periods:
    """Stays as `apc 2018-01-01/2021-05-24; gad_municipal 2018-01-01/`."""
    found: Periods = {}
    for part in _parts(text):
        match = _STAY.fullmatch(part)
        bounds = match.group(2).split("/") if match else []
        if match is None or match.group(1) not in DECLARED or len(bounds) != 2:
            message = _(
                "«%(text)s» no es un período. Escríbalo como apc 2018-01-01/2021-05-24, sin fin si sigue."
            )
            raise ValueError(message % {"text": part[:60]})
        until = _day(bounds[1]) if bounds[1] else None
        found.setdefault(match.group(1), []).append(Period(valid_from=_day(bounds[0]), valid_until=until))
    return found
