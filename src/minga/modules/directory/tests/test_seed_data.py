"""The seed files of the register: complete, consistent and correctly spelt, read as plain files."""

import csv
from collections import Counter
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from stdnum.ec import ruc

DATA = Path(__file__).parent.parent / "data"
KEYS = {
    "institutions": ["code"],
    "names": ["code", "from"],
    "successions": ["predecessor", "successor"],
    "territory": ["code"],
    "territory_corrections": ["code"],
    "local_governments": ["code"],
    "sectors": ["code"],
    "priority_groups": ["code"],
}
TYPES = {
    *(
        "ministerio",
        "secretaria",
        "agencia",
        "instituto",
        "servicio",
        "direccion",
        "consejo",
        "superintendencia",
    ),
    *("empresa_publica", "banca_publica", "universidad", "otra_funcion", "organismo"),
}
FUNCTIONS = {
    *("ejecutiva", "legislativa", "judicial", "electoral", "transparencia", "seguridad_social", "gad", "otra")
}
DAYS = ["2018-01-01", "2018-06-01", "2019-02-19", "2020-05-12", "2021-06-01", "2022-08-01", "2025-06-01"]


@cache
def rows(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_code(name):
    return {row["code"]: row for row in rows(name)}


def on(items, day, start="valid_from", end="valid_until"):
    return [row for row in items if row[start] <= day and (not row[end] or row[end] > day)]


def apc(day):
    return on([row for row in rows("institutions") if row["apc_from"]], day, "apc_from", "apc_until")


@pytest.mark.parametrize("name", KEYS)
def test_a_file_is_utf8_with_line_feeds_sorted_by_its_key_and_without_repeats(name):
    raw = (DATA / f"{name}.csv").read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    keys = [tuple(row[column] for column in KEYS[name]) for row in rows(name)]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("name", KEYS)
def test_a_file_has_no_broken_or_padded_text(name):
    for row in rows(name):
        assert None not in row, row
        for column, value in row.items():
            assert column == "source_spelling" or value == " ".join(value.split()), row
            assert not any(mark in value for mark in ("\ufffd", "Ã", "Â", "&", "<")), row


@pytest.mark.parametrize("name", KEYS)
def test_every_date_is_a_real_day_and_every_period_ends_after_it_starts(name):
    periods = (("valid_from", "valid_until"), ("apc_from", "apc_until"), ("from", "until"))
    for row in rows(name):
        for column in ("valid_from", "valid_until", "apc_from", "apc_until", "from", "until", "date"):
            if row.get(column):
                date.fromisoformat(row[column])
        for start, end in periods:
            if row.get(start) and row.get(end):
                assert row[start] < row[end], row


@pytest.mark.parametrize("name", [name for name in KEYS if "status" in rows(name)[0]])
def test_every_row_says_whether_somebody_checked_it(name):
    assert {row["status"] for row in rows(name)} <= {"confirmado", "por_verificar"}


def test_institutions_use_the_closed_lists_and_known_parents():
    sectors, groups, codes = by_code("sectors"), by_code("priority_groups"), by_code("institutions")
    for row in rows("institutions"):
        assert row["type"] in TYPES, row
        assert row["function"] in FUNCTIONS, row
        assert row["sector"] in sectors, row
        assert not row["parent"] or (row["parent"] in codes and row["parent"] != row["code"]), row
        assert all(group in groups for group in row["priority_groups"].split(";") if group), row


def test_no_institution_is_its_own_ancestor():
    codes = by_code("institutions")
    for row in rows("institutions"):
        seen, above = {row["code"]}, row["parent"]
        while above:
            assert above not in seen
            seen.add(above)
            above = codes[above]["parent"]


def test_codes_of_institutions_and_local_governments_never_collide():
    assert not by_code("institutions").keys() & by_code("local_governments").keys()


def test_every_institution_has_a_source_or_is_to_be_verified():
    for row in rows("institutions"):
        assert row["name"], row
        assert row["status"] == "por_verificar" or (row["source"] and "sin fuente" not in row["source"]), row


def test_membership_of_the_apc_lies_within_the_life_of_an_executive_institution():
    for row in rows("institutions"):
        if row["apc_from"]:
            assert row["function"] == "ejecutiva", row
            assert row["apc_from"] >= max(row["valid_from"], "2018-01-01"), row
            assert row["apc_until"] == row["valid_until"], row
        else:
            assert not row["apc_until"], row


@pytest.mark.parametrize("day", ["2018-06-01", "2021-06-01"])
def test_the_apc_has_at_least_120_institutions(day):
    assert len(apc(day)) >= 120


def test_numbers_of_taxpayers_are_valid_and_unique():
    numbers = [row["ruc"] for row in rows("institutions") if row["ruc"]]
    assert len(numbers) > 50
    assert all(ruc.is_valid(number) for number in numbers)
    assert len(numbers) == len(set(numbers))


def test_the_five_known_identifiers_of_gob_ec_are_there():
    known = {row["code"]: row["gobec_id"] for row in rows("institutions") if row["gobec_id"]}
    assert known == {"iess": "5", "sri": "8", "mremh": "16", "digercic": "23", "ant": "62"}


def test_the_names_of_an_institution_follow_one_another_and_end_in_the_present_one():
    codes = by_code("institutions")
    for code in {row["code"] for row in rows("names")}:
        history = [row for row in rows("names") if row["code"] == code]
        assert len(history) > 1
        assert all(one["until"] == other["from"] for one, other in pairwise(history)), code
        first, last, now = history[0], history[-1], codes[code]
        assert (last["name"], last["acronym"]) == (now["name"], now["acronym"])
        assert first["from"] == now["valid_from"], code
        assert not last["until"] or last["until"] == now["valid_until"], code


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("column", ["name", "acronym"])
def test_names_and_acronyms_are_unique_on_a_day(day, column):
    alive = {row["code"]: row[column] for row in on(rows("institutions"), day)}
    for row in on(rows("names"), day, "from", "until"):
        if row["code"] in alive:
            alive[row["code"]] = row[column]
    counts = Counter(value for value in alive.values() if value)
    assert not [value for value, count in counts.items() if count > 1]


def test_a_succession_joins_two_known_institutions_and_agrees_with_their_dates():
    codes = by_code("institutions")
    for row in rows("successions"):
        assert row["kind"] in {"renombra", "fusiona", "escinde", "absorbe", "suprime"}
        assert row["predecessor"] in codes, row
        assert not row["successor"] or row["successor"] in codes, row
        assert row["predecessor"] != row["successor"]
        assert row["date"] or row["status"] == "por_verificar", row
        if row["date"] and row["kind"] != "escinde":
            assert codes[row["predecessor"]]["valid_until"] == row["date"], row
        if row["date"] and row["kind"] in {"fusiona", "escinde"}:
            assert codes[row["successor"]]["valid_from"] == row["date"], row


def test_every_institution_that_ended_says_what_became_of_it():
    explained = {row["predecessor"] for row in rows("successions")}
    assert {row["code"] for row in rows("institutions") if row["valid_until"]} <= explained


def test_the_actors_of_the_plan_are_found_by_their_acronym_when_the_plan_began():
    day = "2018-08-08"
    called = on(rows("institutions"), day) + on(rows("names"), day, "from", "until")
    acronyms = {row["acronym"] for row in called}
    wanted = "MINTEL MDT SENPLADES DINARDAP SECOM MIES ARCOTEL SENADI IAEN CPCCS DPE INEC SENAIN CCFFAA MDI"
    assert set(wanted.split()) | {"CNT EP"} <= acronyms


def test_the_nine_sectors_and_the_ten_groups_of_the_plan_are_marked():
    assert sum(row["in_plan"] == "1" for row in rows("sectors")) == 9
    assert len(rows("priority_groups")) == 10
    used = {group for row in apc("2018-06-01") for group in row["priority_groups"].split(";") if group}
    assert used == set(by_code("priority_groups"))


@pytest.mark.parametrize(
    ("day", "cantons"), [("2018-06-01", 221), ("2021-06-01", 221), ("2025-01-22", 221), ("2025-06-01", 222)]
)
def test_the_territory_is_complete_on_a_day(day, cantons):
    levels = Counter(row["level"] for row in on(rows("territory"), day))
    assert levels == {"province": 24, "canton": cantons, "parish": 1037, "undelimited": 7}


def test_every_place_hangs_from_the_place_its_code_begins_with():
    codes = by_code("territory")
    for row in rows("territory"):
        code = row["code"]
        assert code.isdigit(), row
        assert len(code) in (2, 4, 6), row
        assert row["parent"] == code[:-2], row
        assert not row["parent"] or row["parent"] in codes, row


def test_every_canton_has_its_seat_among_its_parishes_on_the_same_days():
    codes = by_code("territory")
    for row in rows("territory"):
        if row["level"] == "canton":
            seat = codes[row["code"] + "50"]
            assert (seat["valid_from"], seat["valid_until"]) == (row["valid_from"], row["valid_until"])


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("03", "Cañar"),
        ("0110", "Oña"),
        ("0504", "Pujilí"),
        ("0602", "Alausí"),
        ("1703", "Mejía"),
        ("1705", "Rumiñahui"),
        ("1707", "San Miguel de los Bancos"),
        ("1208", "Vinces"),
        ("1210", "Buena Fe"),
        ("23", "Santo Domingo de los Tsáchilas"),
        ("0923", "Coronel Marcelino Maridueña"),
        ("170550", "Sangolquí"),
        ("100553", "San Francisco de Sigsipamba"),
        ("040350", "El Ángel"),
    ],
)
def test_a_place_is_spelt_as_its_people_spell_it(code, name):
    assert by_code("territory")[code]["name"] == name


def test_names_of_places_carry_no_brackets_abbreviations_or_capital_particles():
    for row in rows("territory"):
        for value in (row["name"], row["also_known_as"], row["seat"]):
            assert "(" not in value, row
            assert not {"Fco.", "Gral.", "Gnral.", "Crnel.", "Tnte.", "Sta", "Pto."} & set(value.split()), row
            assert not {"De", "Del", "Y"} & set(value.split()[1:]), row


def test_every_correction_ends_in_the_name_the_register_has():
    codes = by_code("territory")
    for row in rows("territory_corrections"):
        assert codes[row["code"]]["name"] == row["corrected_spelling"], row
        assert row["source_spelling"] != row["corrected_spelling"], row
        assert row["reason"], row


def test_every_canton_and_province_has_one_local_government():
    governments = {row["territory"]: row["level"] for row in rows("local_governments")}
    assert len(governments) == len(rows("local_governments"))
    places = on(rows("territory"), "2021-06-01")
    cantons = {row["code"]: "municipal" for row in places if row["level"] == "canton"}
    provinces = {row["code"]: "provincial" for row in places if row["level"] == "province"}
    assert governments == cantons | provinces | {"20": "regimen_especial"}
    assert Counter(governments.values()) == {"municipal": 221, "provincial": 23, "regimen_especial": 1}


def test_local_governments_have_unique_acronyms_and_names_that_differ_but_for_homonymous_cantons():
    acronyms = Counter(row["acronym"] for row in rows("local_governments") if row["acronym"])
    assert max(acronyms.values()) == 1
    names = Counter(row["name"] for row in rows("local_governments"))
    repeated = {name for name, count in names.items() if count > 1}
    assert {name.rsplit(" ", 1)[1] for name in repeated} == {"Bolívar", "Olmedo"}
