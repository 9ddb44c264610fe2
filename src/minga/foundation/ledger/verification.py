"""Proving that nothing in the ledger was changed, removed or inserted."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from django.db.models import Max, Min

from minga.foundation.ledger import sealing
from minga.foundation.ledger.models import LedgerFact, LedgerSeal
from minga.kernel import merkle

NOT_OURS = "not signed by this instance"


@dataclass(frozen=True)
class Verdict:
    """What `verify` found: how much is proved, and each fault in words."""

    facts: int
    seals: int
    unsealed: int
    faults: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify(
    *, anchored: bool = True, progress: Callable[[int, int], None] = lambda done, total: None
) -> Verdict:
    """Recompute every seal from the rows, check chain and signatures, and compare with the anchor file.

    Without `anchored` the anchor is left aside: it belongs to the running database, not to a snapshot or a
    restored backup. `progress` is told how many positions of how many are done. A fault names the range in which
    rows were changed, removed or inserted; what is newer than the last seal is counted as unsealed, not as proved.
    """
    anchor = _anchor()  # before the seals: whatever is sealed meanwhile is newer than both
    faults: list[str] = []
    facts, previous = 0, None
    bounds = LedgerFact.objects.aggregate(lowest=Min("position"), highest=Max("position"))
    total = bounds["highest"] or 0
    if bounds["lowest"] is not None and bounds["lowest"] < 1:
        faults.append(f"position {bounds['lowest']}: inserted before the first fact")
    seals = list(LedgerSeal.objects.order_by("number"))
    for seal in seals:
        faults += _faults_of_seal(seal, previous)
        facts += seal.facts
        previous = seal
        progress(min(seal.last, total), total)
    faults += _faults_of_anchor(anchor, seals) if anchored else []
    return Verdict(facts=facts, seals=len(seals), unsealed=_unsealed(previous), faults=tuple(faults))


def verify_newest(number: int) -> Verdict:
    """The same for the newest `number` seals and the anchor only: a look, not a proof of the whole."""
    anchor = _anchor()
    known = list(LedgerSeal.objects.order_by("-number")[: number + 1])[::-1]
    previous = known[0] if len(known) > number else None
    faults: list[str] = []
    checked = known[1:] if previous else known
    for seal in checked:
        faults += _faults_of_seal(seal, previous)
        previous = seal
    faults += _faults_of_anchor(anchor, known)
    facts = sum(seal.facts for seal in checked)
    return Verdict(facts=facts, seals=len(checked), unsealed=_unsealed(previous), faults=tuple(faults))


def verify_seals(numbers: Collection[int]) -> Verdict:
    """The same for some seals, each with the link to the one before it: whether the facts they cover are as sealed.

    A thousand facts take some hundredths of a second. The anchor is not looked at.
    """
    rows = LedgerSeal.objects.filter(number__in={*numbers, *(number - 1 for number in numbers)})
    known = {seal.number: seal for seal in rows}
    checked = [known[number] for number in sorted(numbers) if number in known]
    faults: list[str] = []
    for seal in checked:
        faults += _faults_of_seal(seal, known.get(seal.number - 1))
    facts = sum(seal.facts for seal in checked)
    return Verdict(facts=facts, seals=len(checked), unsealed=0, faults=tuple(faults))


def _unsealed(newest: LedgerSeal | None) -> int:
    return LedgerFact.objects.filter(position__gt=newest.last if newest else 0).count()


def _faults_of_seal(seal: LedgerSeal, previous: LedgerSeal | None) -> list[str]:
    faults = []
    where = f"seal {seal.number} (positions {seal.first} to {seal.last})"
    expected = (previous.number + 1, previous.last + 1) if previous else (1, 1)
    if (seal.number, seal.first) != expected:
        faults.append(f"{where}: a seal is missing before it")
    if bytes(seal.previous) != (sealing.digest(previous) if previous else sealing.GENESIS):
        faults.append(f"{where}: does not continue the seal before it")
    try:
        sealing.instance_key().public_key().verify(bytes(seal.signature), sealing.digest(seal))
    except InvalidSignature:
        faults.append(f"{where}: {NOT_OURS}")
    found = sealing.leaves(seal.first, seal.last)
    if merkle.root(found) != bytes(seal.root):
        faults.append(f"{where}: {seal.facts} facts were sealed, {len(found)} are there, and they differ")
    return faults


def _anchor() -> dict[str, Any]:
    """The newest seal as remembered beside the database: empty when there is none yet, or a fault."""
    try:
        return sealing.remembered()
    except ValueError:
        return {"fault": f"{sealing.anchor_path()}: damaged"}


def _faults_of_anchor(anchor: dict[str, Any], seals: list[LedgerSeal]) -> list[str]:
    if "fault" in anchor:
        return list(anchor.values())
    if not anchor:
        # looked at again: the first seal of all writes its anchor just after itself
        missing = bool(seals) and not sealing.anchor_path().exists()
        return [f"{sealing.anchor_path()}: missing, so seals cut off the end would not show"] * missing
    known = {seal.number: sealing.digest(seal).hex() for seal in seals}
    if known.get(anchor["number"]) != anchor["digest"]:
        return [f"seal {anchor['number']}: remembered outside the database, but not the same or gone here"]
    return []
