"""No migration stops people for longer than a moment; the rule is shown to find those that would."""

from collections.abc import Iterator

import pytest
import pytest_django
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import connection, migrations, models
from django.db.migrations import Migration

from tests.structure import steps


@pytest.fixture(scope="module", autouse=True)
def _a_database_to_write_for(django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    """SQL is only written, never run; what is asked of the database is its version."""
    with django_db_blocker.unblock():
        yield
        connection.close()


@pytest.mark.parametrize("name", sorted(steps.ours().keys() - steps.ACCEPTED.keys()))
def test_a_step_stops_nobody(name: str) -> None:
    step = steps.ours()[name]

    assert list(steps.findings(steps.sql_of(step), atomic=step.atomic)) == []


def test_accepted_steps_exist_and_say_why() -> None:
    assert steps.ACCEPTED.keys() <= steps.ours().keys()
    assert all(len(reason) > 20 for reason in steps.ACCEPTED.values())


def planted(*operations: migrations.operations.base.Operation, atomic: bool = True) -> list[str]:
    """What is found in a step of the plan's room with these operations."""
    step = type("Step", (Migration,), {"operations": operations, "atomic": atomic})("0002_planted", "plan")
    step.dependencies = [("plan", "0001_initial")]
    return [found.split(",")[0] for found in steps.findings(steps.sql_of(step), atomic=atomic)]


INDEX = models.Index(fields=["title"], name="plan_norm_planted")


@pytest.mark.parametrize(
    ("operation", "rule"),
    [
        (migrations.AddIndex("norm", INDEX), "require-concurrent-index-creation"),
        (migrations.RenameField("norm", "title", "heading"), "renaming-column"),
        (migrations.RemoveField("norm", "title"), "ban-drop-column"),
        (migrations.DeleteModel("publication"), "ban-drop-table"),
        (migrations.AlterField("norm", "title", models.IntegerField()), "changing-column-type"),
        (
            migrations.AddConstraint(
                "norm", models.CheckConstraint(condition=~models.Q(title=""), name="plan_norm_titled")
            ),
            "constraint-missing-not-valid",
        ),
        (
            migrations.RunSQL("ALTER TABLE plan_norm ADD COLUMN new text NOT NULL", ""),
            "adding-required-field",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_step_that_would_stop_people_is_found(
    operation: migrations.operations.base.Operation, rule: str
) -> None:
    assert any(found.startswith(rule) for found in planted(operation))


def test_an_index_built_while_people_work_is_welcome() -> None:
    assert planted(AddIndexConcurrently("norm", INDEX), atomic=False) == []


def test_a_new_column_that_may_be_empty_is_welcome() -> None:
    assert planted(migrations.AddField("norm", "note", models.TextField(null=True))) == []
