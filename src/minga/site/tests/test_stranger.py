"""A program by somebody who read no documentation reads all of it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from minga.kernel.clock import today
from minga.modules.directory.contracts import choices
from minga.site.tests import published

PROGRAM = Path(__file__).with_name("stranger.py")


@pytest.mark.django_db(transaction=True)
def test_a_strangers_program_reads_every_institution_and_finds_the_act_behind_a_number(live_server):
    published.load()
    ran = subprocess.run(
        [sys.executable, "-I", PROGRAM, f"{live_server.url}/api/v1/"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    found = json.loads(ran.stdout)
    assert found["institutions"] == [code for code, _title in choices(today())]
    assert found["indicator"] == "15"
    assert found["fact"]["name"] == "plan.norm.issued"
    assert "Acuerdo 1-2019" in found["act"]
