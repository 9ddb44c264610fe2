"""The state of the plan: published once a quarter, by itself, and never changed."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from minga.foundation.files.storing import open_stored
from minga.foundation.ledger.models import LedgerFact
from minga.kernel.clock import GUAYAQUIL, frozen
from minga.modules.plan import actions, queries
from minga.modules.plan.actions.state import due_quarter
from minga.modules.plan.models import StateReport
from minga.modules.plan.models.periods import Quarter

pytestmark = pytest.mark.django_db


def _at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, tzinfo=GUAYAQUIL)


def test_it_appears_by_itself_on_the_day_after_the_reports_were_due(roadmap):
    with frozen(_at(2026, 5, 4)):
        roadmap()
        assert actions.publish_state() is None, "nobody had to report on the quarter before"
    with frozen(_at(2026, 7, 14)):
        assert actions.publish_state() is None
    with frozen(_at(2026, 7, 15)):
        made = actions.publish_state()
        assert made
        assert made.period == "2026-t2"
        assert made.content["totals"] | {"roadmaps": 1, "asked": 1, "filed": 0} == made.content["totals"]
        assert made.content["overdue"][0]["initiative"] == "1.1"
        assert actions.publish_state() is None
    assert LedgerFact.objects.filter(name="plan.state.published").count() == 1


def test_it_reads_in_the_readers_language_and_prints_as_a_tagged_document(roadmap, client):
    with frozen(_at(2026, 5, 4)):
        roadmap()
    made = actions.publish_state()
    assert made
    page = client.get(f"/plan/estado/{made.period}/")
    assert "se miden" in page.content.decode()
    assert "1.1 Norma de instrumentos" in page.content.decode()
    paper = client.get(f"/plan/estado/{made.period}/es.pdf")
    assert paper.headers["Content-Type"] == "application/pdf"
    documents = {row.language: row.file for row in made.documents.all()}
    assert set(documents) == {"es", "en"}
    reader = PdfReader(open_stored(documents["es"]))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("es")
    text = " ".join("".join(each.extract_text() for each in reader.pages).split())
    assert "Ministerio del Trabajo (MDT)" in text
    assert client.get(f"/plan/estado/{made.period}/qu.pdf").status_code == 404
    assert client.get("/plan/estado/2019-t1/").status_code == 404
    assert made.quarter.title in client.get("/plan/estado/").content.decode()


def test_before_the_first_one_the_page_says_when_it_comes(client):
    assert "Todavía no hay un informe publicado" in client.get("/plan/estado/").content.decode()


def test_what_was_published_never_changes(roadmap):
    with frozen(_at(2026, 5, 4)):
        roadmap()
    made = actions.publish_state()
    assert made
    with pytest.raises(DatabaseError), transaction.atomic():
        StateReport.objects.filter(pk=made.pk).update(content={})
    roadmap("1.2")
    assert queries.state_report(made.period).content == made.content


def test_a_report_that_says_something_else_than_was_published_is_found(roadmap):
    with frozen(_at(2026, 5, 4)):
        roadmap()
    made = actions.publish_state()
    assert made
    assert list(actions.altered_states()) == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE plan_statereport DISABLE TRIGGER plan_statereport_append_only")
        cursor.execute("UPDATE plan_statereport SET content = jsonb_set(content, '{totals,late}', '0')")
    [told] = actions.altered_states()
    assert made.period in told


@given(on=st.dates(date(2019, 1, 1), date(2030, 1, 1)))
def test_the_quarter_that_is_due_is_always_over(on):
    quarter = due_quarter(on)
    assert quarter.end < on
    assert quarter >= Quarter.of(on).previous.previous
