"""The 24 provinces as tiles of one size: a map where Galápagos and Guayas are seen alike.

Codes are those of INEC's División Político-Administrativa. The grid keeps who is north, south, coast,
highlands and Amazon; it does not keep areas or borders.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from minga.ui import formats

Number = int | float | Decimal
SIDE, GAP, CLASSES = 56, 4, 4


@dataclass(frozen=True)
class Province:
    """A province and its place on the grid, counted from the north-west."""

    code: str
    name: str
    short: str
    column: int
    row: int


PROVINCES = (
    Province("01", "Azuay", "AZU", 4, 4),
    Province("02", "Bolívar", "BOL", 3, 3),
    Province("03", "Cañar", "CAÑ", 3, 4),
    Province("04", "Carchi", "CAR", 4, 0),
    Province("05", "Cotopaxi", "COT", 3, 2),
    Province("06", "Chimborazo", "CHI", 4, 3),
    Province("07", "El Oro", "ORO", 2, 5),
    Province("08", "Esmeraldas", "ESM", 2, 0),
    Province("09", "Guayas", "GUA", 2, 3),
    Province("10", "Imbabura", "IMB", 3, 0),
    Province("11", "Loja", "LOJ", 3, 5),
    Province("12", "Los Ríos", "RÍO", 2, 2),
    Province("13", "Manabí", "MAN", 1, 2),
    Province("14", "Morona Santiago", "MOR", 5, 3),
    Province("15", "Napo", "NAP", 4, 1),
    Province("16", "Pastaza", "PAS", 5, 2),
    Province("17", "Pichincha", "PIC", 3, 1),
    Province("18", "Tungurahua", "TUN", 4, 2),
    Province("19", "Zamora Chinchipe", "ZAM", 4, 5),
    Province("20", "Galápagos", "GAL", 0, 1),
    Province("21", "Sucumbíos", "SUC", 5, 0),
    Province("22", "Orellana", "ORE", 5, 1),
    Province("23", "Santo Domingo de los Tsáchilas", "STO", 2, 1),
    Province("24", "Santa Elena", "ELE", 1, 3),
)
COLUMNS = max(province.column for province in PROVINCES) + 1
ROWS = max(province.row for province in PROVINCES) + 1


@dataclass(frozen=True)
class Tile:
    """A province as it is drawn: its corner, its tone (0 without data, then light to dark) and its value."""

    province: Province
    x: int
    y: int
    tone: int
    text: str


@dataclass(frozen=True)
class Step:
    """A line of the legend: a tone and the values it stands for."""

    tone: int
    text: str


@dataclass(frozen=True, kw_only=True)
class ProvinceMap:
    """A number for each province; a province without one is shown as without data, which is not zero.

    `values` goes by code ("01" to "24"); `unit` is "%" for points of a hundred, else what is counted.
    """

    id: str
    title: str
    summary: str
    values: Mapping[str, Number | None]
    unit: str = ""
    source: str = ""
    hrefs: Mapping[str, str] | None = None

    @property
    def width(self) -> int:
        """The drawing's width in its own units."""
        return COLUMNS * (SIDE + GAP) - GAP

    @property
    def height(self) -> int:
        """The drawing's height in its own units."""
        return ROWS * (SIDE + GAP) - GAP

    @property
    def tiles(self) -> list[Tile]:
        """All 24 provinces as they are drawn."""
        return [
            Tile(
                province,
                province.column * (SIDE + GAP),
                province.row * (SIDE + GAP),
                self._tone(self.values.get(province.code)),
                self.text(self.values.get(province.code)),
            )
            for province in PROVINCES
        ]

    @property
    def rows(self) -> list[Tile]:
        """The table twin: the same tiles in the order of their codes."""
        return sorted(self.tiles, key=lambda tile: tile.province.code)

    @property
    def legend(self) -> list[Step]:
        """What each tone stands for, from the lowest values to the highest."""
        low, high = self._range
        if low == high:
            return [Step(CLASSES, self.text(high))] if self._known else []
        width = (high - low) / CLASSES
        return [
            Step(
                tone, f"{self.text(_tidy(low + width * (tone - 1)))} – {self.text(_tidy(low + width * tone))}"
            )
            for tone in range(1, CLASSES + 1)
        ]

    @property
    def incomplete(self) -> bool:
        """Whether some province has no data."""
        return len(self._known) < len(PROVINCES)

    def href(self, code: str) -> str:
        """The page that tells more about a province; nothing when there is none."""
        return (self.hrefs or {}).get(code, "")

    def text(self, value: Number | None) -> str:
        """A value as it is written on its tile."""
        return formats.points(value) if self.unit == "%" else formats.number(value)

    @property
    def _known(self) -> list[float]:
        known = (self.values.get(province.code) for province in PROVINCES)
        return [float(value) for value in known if value is not None]

    @property
    def _range(self) -> tuple[float, float]:
        if self.unit == "%":
            return 0.0, 100.0
        return (min(self._known), max(self._known)) if self._known else (0.0, 0.0)

    def _tone(self, value: Number | None) -> int:
        if value is None:
            return 0
        low, high = self._range
        if low == high:
            return CLASSES
        return min(CLASSES, max(1, 1 + int(CLASSES * (float(value) - low) / (high - low))))


def _tidy(value: float) -> Number:
    return int(value) if value == int(value) else round(value, 1)
