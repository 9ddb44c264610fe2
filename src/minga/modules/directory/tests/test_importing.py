"""Files of institutions: reviewed row by row, imported whole or not at all, and never a surprise."""

import csv
import io
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minga.foundation.ledger.models import LedgerFact
from minga.kernel.actors import Actor, Post, Role
from minga.kernel.clock import frozen, now
from minga.kernel.errors import Conflict, Invalid, NotFound
from minga.kernel.references import Reference
from minga.modules.directory.actions import (
    Period,
    Review,
    change_details,
    declare_population,
    import_institutions,
    open_draft,
    review_institutions,
    upload_institutions,
)
from minga.modules.directory.indicators import members
from minga.modules.directory.models import ImportDraft, Institution
from minga.modules.directory.queries import COLUMNS, Filters, table
from minga.modules.directory.tests.cast import STEWARD, details, found

pytestmark = pytest.mark.django_db
GOOD = "codigo,nombre,tipo,funcion\nmsp,Ministerio de Salud Pública,ministerio,ejecutiva\n"


def review(text: str | bytes) -> Review:
    return review_institutions(content=text if isinstance(text, bytes) else text.encode())


def verdicts(text: str) -> list[tuple[int, str]]:
    return [(line.number, str(line.verdict)) for line in review(text).lines]


def problems(text: str) -> list[tuple[int, str]]:
    return [(line.number, column) for line in review(text).wrong for column, _words in line.problems]


def imported(text: str | bytes, *, only_good: bool = False) -> Review:
    content = text if isinstance(text, bytes) else text.encode()
    draft = upload_institutions(content=content, file_name="instituciones.csv", actor=STEWARD)
    digest = review_institutions(content=content).digest
    return import_institutions(id=draft.pk, digest=digest, only_good=only_good, actor=STEWARD)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_spreadsheets_of_every_make_are_read(encoding, separator, ending):
    text = GOOD.replace(",", separator).replace("\n", ending)
    imported(text.encode(encoding))
    assert Institution.objects.get().name == "Ministerio de Salud Pública"


def test_the_report_says_what_is_wrong_in_which_line_and_column():
    text = (
        "codigo,nombre,tipo,funcion,existe_desde,correo\n"
        "bueno,Uno,ministerio,ejecutiva,2018-05-24,\n"
        "MAL,Dos,ministerio,ejecutiva,,\n"
        "\n"
        "tres,,club,ejecutiva,ayer,\n"
        "cuatro,Cuatro,ministerio,,,no es correo\n"
    )
    assert problems(text) == [
        (3, "codigo"),
        (5, "existe_desde"),
        (5, "nombre"),
        (5, "tipo"),
        (6, "funcion"),
        (6, "correo"),
    ]


def test_nothing_is_imported_while_a_row_is_wrong():
    text = GOOD + "MAL,Dos,ministerio,ejecutiva\n"
    with pytest.raises(Invalid):
        imported(text)
    assert not Institution.objects.exists()
    assert not LedgerFact.objects.exists()


def test_the_right_rows_are_imported_alone_when_the_steward_says_so():
    done = imported(GOOD + "MAL,Dos,ministerio,ejecutiva\n", only_good=True)
    assert [item.code for item in Institution.objects.all()] == ["msp"]
    assert len(done.wrong) == 1
    fact = LedgerFact.objects.get(name="directory.institution.imported")
    assert (fact.payload["created"], fact.payload["changed"], fact.payload["refused"]) == (1, 0, 1)


def test_a_known_code_corrects_only_the_columns_of_the_file():
    found("msp", name="Ministerio de Salud", phone="02 111")
    done = imported("codigo,nombre\nmsp,Ministerio de Salud Pública\n")
    assert done.lines[0].changes == ("nombre",)
    held = Institution.objects.get()
    assert (held.name, held.phone) == ("Ministerio de Salud Pública", "02 111")


def test_rows_may_depend_on_rows_of_the_same_file_in_any_order():
    imported(
        "codigo,nombre,tipo,funcion,depende_de\n"
        "abajo,Abajo,agencia,ejecutiva,medio\n"
        "medio,Medio,secretaria,ejecutiva,arriba\n"
        "arriba,Arriba,ministerio,ejecutiva,\n"
    )
    assert Institution.objects.filter(code="abajo", parent__parent__code="arriba").exists()


def test_a_row_that_depends_on_a_wrong_row_is_wrong_too():
    text = (
        "codigo,nombre,tipo,funcion,depende_de\n"
        "abajo,Abajo,agencia,ejecutiva,medio\n"
        "medio,Medio,secretaria,ejecutiva,arriba\n"
        "arriba,,ministerio,ejecutiva,\n"
    )
    assert problems(text) == [(2, "depende_de"), (3, "depende_de"), (4, "nombre")]


def test_a_file_cannot_close_a_circle_of_dependence():
    found("uno")
    text = "codigo,nombre,tipo,funcion,depende_de\nuno,Uno,ministerio,ejecutiva,dos\ndos,Dos,ministerio,ejecutiva,uno\n"
    assert {column for _line, column in problems(text)} == {"depende_de"}


def test_two_institutions_can_exchange_who_depends_on_whom():
    found("uno")
    found("dos", parent="uno")
    imported("codigo,depende_de\nuno,dos\ndos,\n")
    assert Institution.objects.filter(code="uno", parent__code="dos").exists()
    assert Institution.objects.get(code="dos").parent is None


def test_a_repeated_code_is_wrong_the_second_time():
    assert verdicts(GOOD + "msp,Otra,ministerio,ejecutiva\n") == [(2, "new"), (3, "wrong")]


def test_stays_in_registers_come_in_with_the_file():
    imported(
        "codigo,nombre,tipo,funcion,registros\n"
        "msp,Salud,ministerio,ejecutiva,apc 2018-01-01/2019-01-01; apc 1/6/2020/\n".replace(
            "1/6/2020/", "2020-06-01/"
        )
    )
    assert [len(members("apc", on=date(year, 7, 1))) for year in (2018, 2019, 2020)] == [1, 0, 1]


@pytest.mark.parametrize(
    "stays", ["apc", "apc 2018", "club 2018-01-01/", "apc 2018-01-01/x", "apc 2019-01-01/2018-01-01"]
)
def test_a_stay_that_cannot_be_read_is_named(stays):
    assert problems(f"codigo,nombre,tipo,funcion,registros\nmsp,Salud,ministerio,ejecutiva,{stays}\n") == [
        (2, "registros")
    ]


def test_dates_are_read_as_people_write_them_here():
    imported("codigo,nombre,tipo,funcion,existe_desde\nmsp,Salud,ministerio,ejecutiva,24/5/2018\n")
    assert Institution.objects.get().valid_from == date(2018, 5, 24)


def test_types_are_known_by_their_words_too():
    imported("Código,Nombre,Tipo,Función\nmsp,Salud,Empresa pública,Función Ejecutiva\n")
    assert Institution.objects.get().type == "empresa_publica"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "nombre\nx\n",
        "codigo,inventada\nx,y\n",
        "codigo,codigo\nx,y\n",
        "codigo\n",
        "codigo\n\x00\n",
        'codigo,nombre\nx,"' + "y" * 200_000,
        "codigo\n" + "x\n" * 2_001,
    ],
)
def test_what_is_no_table_of_institutions_is_refused_at_the_door(text):
    with pytest.raises(Invalid) as refusal:
        upload_institutions(content=text.encode(), file_name="x.csv", actor=STEWARD)
    assert refusal.value.message
    assert not ImportDraft.objects.exists()


def test_a_huge_file_is_refused_before_it_is_read():
    with pytest.raises(Invalid):
        upload_institutions(content=b"x" * 1_000_001, file_name="x.csv", actor=STEWARD)


def test_what_is_confirmed_is_exactly_what_was_reviewed():
    found("msp", name="Ministerio de Salud")
    content = GOOD.encode()
    draft = upload_institutions(content=content, file_name="a.csv", actor=STEWARD)
    digest = review_institutions(content=content).digest
    ministry = Institution.objects.get()
    change_details(
        id=ministry.pk, details=details(name="Ministerio de Salud Pública"), version=1, actor=STEWARD
    )
    with pytest.raises(Conflict):
        import_institutions(id=draft.pk, digest=digest, only_good=False, actor=STEWARD)
    assert ImportDraft.objects.exists()


def test_an_upload_is_imported_once():
    draft = upload_institutions(content=GOOD.encode(), file_name="a.csv", actor=STEWARD)
    digest = review(GOOD).digest
    import_institutions(id=draft.pk, digest=digest, only_good=False, actor=STEWARD)
    with pytest.raises(NotFound):
        import_institutions(id=draft.pk, digest=digest, only_good=False, actor=STEWARD)


def test_a_second_confirmation_waits_for_the_first():
    draft = upload_institutions(content=GOOD.encode(), file_name="a.csv", actor=STEWARD)
    with CaptureQueriesContext(connection) as queries:
        import_institutions(id=draft.pk, digest=review(GOOD).digest, only_good=False, actor=STEWARD)
    reads = [query["sql"] for query in queries if 'FROM "directory_importdraft"' in query["sql"]]
    assert reads[0].endswith("FOR UPDATE")


def test_an_upload_belongs_to_whoever_made_it():
    draft = upload_institutions(content=GOOD.encode(), file_name="a.csv", actor=STEWARD)
    other = Actor(
        reference=Reference.of("account", "another"),
        posts=(Post(Role.STEWARD, Reference.of("institution", "x"), "mintel"),),
    )
    with pytest.raises(NotFound):
        open_draft(id=draft.pk, actor=other)


def test_forgotten_uploads_go_after_a_day():
    with frozen(now() - timedelta(days=2)):
        upload_institutions(content=GOOD.encode(), file_name="old.csv", actor=STEWARD)
    upload_institutions(content=GOOD.encode(), file_name="new.csv", actor=STEWARD)
    assert [draft.file_name for draft in ImportDraft.objects.all()] == ["new.csv"]


def exported() -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in table(filters=Filters()):
        writer.writerow([f"'{cell}" if cell[:1] in tuple("=+-@") else cell for cell in row])
    return text.getvalue()


def test_what_was_exported_changes_nothing_when_it_comes_back():
    found("arriba", phone="+593 2 111", websites=("a.gob.ec", "b.gob.ec"), created_by="=1+1")
    ministry = found("msp", name='Ministerio, "entre comillas"', parent="arriba", valid_from=date(2000, 1, 1))
    declare_population(
        id=ministry.pk,
        register="apc",
        periods=[Period(valid_from=date(2018, 1, 1), norm="Decreto 1", status="confirmado")],
        version=1,
        actor=STEWARD,
    )
    assert [line.verdict for line in review(exported()).lines] == ["same", "same"]


def test_what_was_exported_rebuilds_an_empty_register():
    found("arriba", name="Arriba", phone="+593 2 111")
    ministry = found("msp", parent="arriba", acronym="-MSP", websites=("a.gob.ec",), ruc="1760000310001")
    declare_population(
        id=ministry.pk,
        register="apc",
        periods=[Period(valid_from=date(2018, 1, 1))],
        version=1,
        actor=STEWARD,
    )
    text = exported()
    Institution.objects.update(parent=None)
    Institution.objects.all().delete()
    imported(text)
    assert exported() == text


cells = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "msp",
            "ministerio",
            "ejecutiva",
            "apc 2018-01-01/",
            "=1+1",
            "'",
            '"',
            "\ufeff",
            "٣/٥/٢٠١٨",
            "0/0/0000",
        ]
    ),
)
headers = st.lists(st.sampled_from([*COLUMNS, "otra", "", "Código"]), min_size=1, max_size=8)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    header=headers, rows=st.lists(st.lists(cells, max_size=9), max_size=5), separator=st.sampled_from(",;\t|")
)
def test_no_table_however_odd_breaks_the_review(header, rows, separator):
    content = "\n".join(separator.join(row) for row in [header, *rows]).encode("utf-8", "surrogatepass")
    with suppress(Invalid):
        assert all(line.problems for line in review(content).wrong)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(st.binary(max_size=300), st.binary(max_size=200).map(lambda tail: GOOD.encode() + tail))
)
def test_no_bytes_however_hostile_get_half_imported(content):
    before = Institution.objects.count()
    try:
        done = imported(content)
    except Invalid:
        assert Institution.objects.count() == before
    else:
        assert not done.wrong
        Institution.objects.all().delete()


def test_no_encoding_of_the_same_mark_order_breaks_the_review():
    for content in (b"\xff\xfe", b"\xfe\xff\xd8", b"\xef\xbb\xbf", b"\xff\xfea"):
        with pytest.raises(Invalid):
            review(content)
