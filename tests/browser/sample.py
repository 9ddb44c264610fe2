"""One address of a named URL: what it is, who may open it, and short ways to say so."""

from dataclasses import dataclass
from enum import StrEnum

LANGUAGES = ("es", "en", "qu")


class Kind(StrEnum):
    """What answers at an address."""

    PAGE = "page"
    FILE = "file"
    """something to download or for programs: no page to look at"""
    POST = "post"
    """only takes what a form sends"""


@dataclass(frozen=True)
class Sample:
    """One address of a named URL; `{names}` in it come from the scenery."""

    name: str
    address: str
    role: str = ""
    status: int = 200
    kind: Kind = Kind.PAGE
    why: str = ""
    """For what is no page: what it is instead."""
    state: str = ""
    """What is special about this one, when the URL has several samples."""
    languages: tuple[str, ...] = ()
    """In which languages the sweep reads it. Unless said: what people see first in all, other public pages in
    Spanish and English, the workplace in Spanish, which has the longest words."""
    sent: bool = False
    """Whether the page's form is sent as it stands, to see its complaints."""

    def __post_init__(self) -> None:
        if not self.languages:
            first_seen = self.name.startswith(("site:", "identity:"))
            public = LANGUAGES if first_seen else LANGUAGES[:2]
            object.__setattr__(self, "languages", ("es",) if self.role else public)

    @property
    def label(self) -> str:
        """How a test's name calls it."""
        return f"{self.name} {self.state}".strip().replace(" ", "-")

    def path(self, things: dict[str, str]) -> str:
        """The address with the scenery's ids."""
        return self.address.format_map(things)


def empty(name: str, address: str, role: str = "") -> Sample:
    """A form sent empty: in Spanish, as its complaints are made of the same parts in all languages."""
    return Sample(name, address, role, 422, state="sent empty", languages=("es",), sent=True)


def file(name: str, address: str, why: str, role: str = "") -> Sample:
    """Something to download, or for programs."""
    return Sample(name, address, role, kind=Kind.FILE, why=why)


def post(name: str, address: str, role: str, why: str) -> Sample:
    """An address that only takes what a form sends."""
    return Sample(name, address, role, kind=Kind.POST, why=why)
