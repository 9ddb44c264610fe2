"""The house as described in `house.toml`, for the command that adds a room and the tests that check all rooms."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

DESCRIPTION = Path(__file__).with_name("house.toml")


@dataclass(frozen=True)
class House:
    """Floors and a room's layers, both from the top down, and the level of each room."""

    floors: tuple[str, ...]
    layers: tuple[tuple[str, ...], ...]
    required: tuple[str, ...]
    folders: tuple[str, ...]
    packages: tuple[str, ...]
    shared: tuple[str, ...]
    levels: dict[str, int]

    @property
    def files(self) -> frozenset[str]:
        """Every module name that a room may have."""
        return frozenset(name for layer in self.layers for name in layer)


def read_house(path: Path = DESCRIPTION) -> House:
    """The house that the description at `path` tells of; KeyError when a part of it is missing."""
    described = tomllib.loads(path.read_text("utf-8"))
    room = described["room"]
    return House(
        floors=tuple(floor["name"] for floor in described["floor"]),
        layers=tuple(tuple(layer["names"]) for layer in described["layer"]),
        required=tuple(room["required"]),
        folders=tuple(room["folders"]),
        packages=tuple(room["packages"]),
        shared=tuple(room["shared"]),
        levels={name: entry["level"] for name, entry in described["rooms"].items()},
    )
