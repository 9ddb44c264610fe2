"""The table that `make bench` prints: what was promised, what was measured."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One promise and its measurement, both in `unit`."""

    what: str
    unit: str
    measured: float
    limit: float
    at_least: bool = False
    """whether more is better (a rate) instead of less (a time)"""

    @property
    def kept(self) -> bool:
        """Whether the promise is kept."""
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit


def show(rows: Iterable[Row]) -> bool:
    """Print the rows as they come; say whether all promises are kept."""
    print(f"{'what':<66} {'promised':>14} {'measured':>14}")
    print("-" * 97)
    kept = True
    for row in rows:
        sign = ">=" if row.at_least else "<="
        promised, measured = f"{sign} {row.limit:g} {row.unit}", f"{row.measured:.4g} {row.unit}"
        print(f"{row.what:<66} {promised:>14} {measured:>14} {'' if row.kept else ' MISSED'}", flush=True)
        kept = kept and row.kept
    return kept
