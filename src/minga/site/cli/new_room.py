"""`minga new-room`: a whole small room that keeps every rule, to be filled with what the plan asks."""

import argparse
import json
import keyword
import re
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from minga.kernel.errors import Invalid
from minga.kernel.text import slug
from minga.site.cli.anatomy import House, read_house
from minga.site.cli.console import say

if TYPE_CHECKING:
    from minga.site.cli import Subparsers

PACKAGE = Path(__file__).resolve().parents[2]
SCAFFOLD = Path(__file__).with_name("scaffold")
_NAME = re.compile(r"[a-z]{3,24}")
_TITLE = re.compile(r"\s*[^\s\"\\][^\"\\\n]{0,59}")


@dataclass(frozen=True)
class NewRoom:
    """What somebody asks for: a room's name, its level, its title on screen and its address."""

    name: str
    level: int
    title: str
    address: str

    def fill(self, text: str) -> str:
        """A scaffold's text with this room's words in it."""
        return Template(text).substitute(
            room=self.name,
            class_name=self.name.capitalize(),
            level=self.level,
            title=json.dumps(self.title, ensure_ascii=False),
            address=self.address,
        )


def add(subparsers: "Subparsers") -> None:
    """Add the subcommand."""
    parser = subparsers.add_parser(
        "new-room", help=_("crea una habitación completa y pequeña (para desarrollo)")
    )
    parser.add_argument("name", help=_("nombre en inglés, solo letras minúsculas: notices"))
    parser.add_argument(
        "--level", type=int, help=_("nivel; si la habitación consta en house.toml, es el de allí")
    )
    parser.add_argument("--title", required=True, help=_("cómo se llama en pantalla, en español"))
    parser.add_argument(
        "--address", default="", help=_("su dirección, sin barras; si no se dice, sale del título")
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the room and say what comes next."""
    room = checked(
        PACKAGE, name=arguments.name, level=arguments.level, title=arguments.title, address=arguments.address
    )
    for path in write(PACKAGE, room):
        say(str(path.relative_to(PACKAGE.parent)))
    say(_("Siguiente paso: make docs, minga messages extract, escribir el inglés y make test."))
    say(
        _("Después cambie «Entry» por lo que esta habitación guarda; docs/how-to/add-a-room.md explica cómo.")
    )
    return 0


def checked(package: Path, *, name: str, level: int | None, title: str, address: str = "") -> NewRoom:
    """The room that was asked for; Invalid, with what to write instead, when it cannot be."""
    if not (package.parents[1] / "pyproject.toml").exists():
        raise Invalid(_("Esta orden es para desarrollo: úsela en el código fuente de Minga."))
    house = read_house(_description(package))
    if not _NAME.fullmatch(name) or keyword.iskeyword(name):
        raise Invalid(_("El nombre lleva de 3 a 24 letras minúsculas sin tildes, en inglés: notices."))
    if (package / "modules" / name).exists():
        raise Invalid(_("La habitación {name} ya existe.").format(name=name))
    if not _TITLE.fullmatch(title):
        raise Invalid(_("Escriba un título de hasta 60 letras, con comillas «latinas» si las lleva."))
    path = address.strip("/") or slug(title)
    if not path or slug(path) != path:
        raise Invalid(_("Escriba la dirección con letras sin tildes, números y guiones."))
    return NewRoom(name, _level(house, name, level), title.strip(), path)


def write(package: Path, room: NewRoom) -> list[Path]:
    """Write the room's files below `package` and enter it in the house's description; returns the files."""
    written = []
    for source in sorted(SCAFFOLD.rglob("*.tpl")):
        inside = source.relative_to(SCAFFOLD).with_suffix("")
        if inside.parts[0] == "templates":
            inside = Path("templates", room.name, *inside.parts[1:])
        target = package / "modules" / room.name / inside
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(room.fill(source.read_text("utf-8")), "utf-8")
        written.append(target)
    description = _description(package)
    if room.name not in read_house(description).levels:
        with description.open("a", encoding="utf-8") as file:
            holds = json.dumps(room.title, ensure_ascii=False)
            file.write(f"{room.name} = {{ level = {room.level}, serves = [], holds = {holds} }}\n")
        written.append(description)
    return written


def _description(package: Path) -> Path:
    """The description of the house whose package this is."""
    return package / "site/cli/house.toml"


def _level(house: House, name: str, asked: int | None) -> int:
    agreed = house.levels.get(name)
    highest = max(house.levels.values())
    if agreed is None and (asked is None or not 0 <= asked <= highest):
        raise Invalid(_("Diga el nivel de la habitación, de 0 a {highest}: --level.").format(highest=highest))
    if agreed is not None and asked not in (None, agreed):
        raise Invalid(_("Según house.toml, {name} está en el nivel {level}.").format(name=name, level=agreed))
    return agreed if agreed is not None else asked or 0
