"""The plan file says what the official plan says."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from django.utils import translation

from minga.modules.plan import indicators
from minga.modules.plan.models.structure import DATA, Kind, plan

SHARED = Path(__file__).resolve().parents[6] / "shared/plan/plan.yaml"


def test_the_plan_has_the_size_it_prints():
    assert len(plan().programmes) == 3
    assert len(plan().strategies) == 14
    assert len(plan().initiatives) == 50
    assert len(plan().indicators) == 17 + 1


def test_initiatives_add_up_to_the_printed_totals():
    kinds = [
        Counter(entry.kind for strategy in programme.strategies for entry in strategy.initiatives)
        for programme in plan().programmes
    ]
    printed = [(3, 3, 7), (8, 4, 5), (12, 6, 2)]
    assert [(kind[Kind.NORM], kind[Kind.TECHNOLOGY], kind[Kind.OUTREACH]) for kind in kinds] == printed


def test_indicators_are_numbered_one_to_seventeen_four_six_and_seven_a_programme():
    assert list(plan().indicators) == [*(str(number) for number in range(1, 18)), "V1"]
    counts = [sum(len(entry.indicators) for entry in programme.strategies) for programme in plan().programmes]
    assert counts == [4, 6, 7]


def test_the_baselines_and_targets_are_those_of_the_plan():
    targets = {code: (entry.baseline, entry.target) for code, entry in plan().indicators.items()}
    assert targets["2"] == (Decimal(68), Decimal(90))
    assert targets["11"] == targets["12"] == (Decimal(23), Decimal(70))
    assert targets["17"] == (Decimal(26), Decimal(80))
    assert targets["V1"] == (Decimal("0.613"), Decimal("0.669"))


def test_every_name_that_executes_or_collaborates_is_in_the_directory_or_known_to_be_none():
    codes = {row.split(",")[0] for row in _directory_rows()}
    named = {
        name for entry in plan().strategies.values() for name in (*entry.executors, *entry.collaborators)
    }
    assert named - set(plan().institutions) == {"Comité de Simplificación de Trámites"}
    assert set(plan().institutions.values()) <= codes


def _directory_rows() -> list[str]:
    path = DATA.parents[1] / "directory/data/institutions.csv"
    return path.read_text(encoding="utf-8").splitlines()[1:]


def test_every_doubt_is_about_something_in_the_plan():
    known = {"plan", *plan().strategies, *plan().initiatives, *(entry.code for entry in plan().programmes)}
    known |= {f"indicator:{code}" for code in plan().indicators}
    assert set(plan().doubts) <= known


def test_the_plans_own_milestones_are_those_of_its_norms():
    assert {entry.code: entry.subject.id for entry in indicators.ALL} == {
        "1": "1.1",
        "4": "3.1",
        "10": "8.1",
        "15": "12.2",
    }
    for entry in indicators.ALL:
        assert plan().initiatives[entry.subject.id].kind is Kind.NORM


def test_every_title_has_its_english():
    with translation.override("en"):
        titled = [*plan().programmes, *plan().strategies.values(), *plan().initiatives.values()]
        for entry in [*titled, *plan().indicators.values()]:
            assert entry.title != entry.spanish_title, entry.code


@pytest.mark.skipif(
    not SHARED.exists(), reason="the official plan file is only beside a development checkout"
)
def test_the_plan_file_agrees_with_the_official_one():
    official = yaml.safe_load(SHARED.read_text(encoding="utf-8"))
    ours = yaml.safe_load((DATA / "plan.yaml").read_text(encoding="utf-8"))
    assert ours["programmes"] == official["programmes"]
    assert ours["vision_indicator"] == official["vision_indicator"]
