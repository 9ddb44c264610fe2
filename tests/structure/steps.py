"""What the database would have to do for each migration, and which of it would stop people while it is done.

squawk reads the SQL; which of its findings count here is decided below, once, with reasons. The policy behind it is
docs/explanation/migrations.md.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

OLDEST_POSTGRESQL = "15"
LEFT_OUT = {
    "prefer-text-field": "a length is a rule of the domain; changing one is a step that squawk judges by itself",
    "prefer-bigint-over-int": "keys are bigint (DEFAULT_AUTO_FIELD); other numbers are small by nature",
    "prefer-bigint-over-smallint": "the same",
    "require-lock-timeout": "`minga migrate` sets it for all steps (site/upgrades.py)",
    "prefer-robust-stmts": "`IF NOT EXISTS` would hide the invalid index that a broken attempt leaves behind",
    "require-statement-timeout": "an index built concurrently may take hours and stops nobody",
}
_UNRELEASED = "it only makes tables of its own, before the first release: no instance in use meets it"
ACCEPTED: dict[str, str] = {
    "cloud.0002_monitoring": _UNRELEASED,
    "plan.0003_progress": _UNRELEASED,
}
"""Steps, as `app.name`, in which people may be stopped, each with its reason; a reader should find it convincing."""


def ours() -> dict[str, Migration]:
    """Every step of our own apps that may meet tables in use; an app's first step makes tables nobody uses yet."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return {
        f"{app}.{name}": step
        for (app, name), step in sorted(loader.disk_migrations.items())
        if step.__module__.startswith("minga.") and not step.initial
    }


def sql_of(step: Migration) -> str:
    """The SQL of one step, as `sqlmigrate` writes it; of a planted one too."""
    loader = MigrationLoader(connection, replace_migrations=False)
    key = (step.app_label, step.name)
    if key not in loader.graph.nodes:
        loader.graph.add_node(key, step)
        for parent in step.dependencies:
            loader.graph.add_dependency(step, key, parent)
    return "\n".join(loader.collect_sql([(step, False)]))


def findings(sql: str, *, atomic: bool = True) -> Iterator[str]:
    """What squawk finds in the SQL of one step, by rule and line."""
    squawk = Path(sys.executable).with_name("squawk")
    command = [str(squawk), "--reporter", "json", "--pg-version", OLDEST_POSTGRESQL]
    command += [f"--exclude={rule}" for rule in LEFT_OUT] + (["--assume-in-transaction"] if atomic else [])
    answer = subprocess.run(command, input=sql, capture_output=True, text=True, check=False)
    assert answer.stdout, answer.stderr
    for found in json.loads(answer.stdout):
        yield f"{found['rule_name']}, line {found['line'] + 1}: {found['message']}"
