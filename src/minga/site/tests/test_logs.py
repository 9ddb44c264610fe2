"""Log lines never stand in the way of whoever is being served."""

import sys
from pathlib import Path
from subprocess import PIPE, run

import pytest

import minga

SOURCE = str(Path(minga.__file__).parents[1])

_SAYING = """
import logging, sys
import structlog
from minga.site import logs
logs.configure({"json": True})
for _ in range(3):
    structlog.get_logger("minga.test").info("a line")
    logging.getLogger("minga.test").warning("another")
print("served")
"""


@pytest.mark.parametrize("place", ["/dev/full", "closed"])
def test_lines_that_find_no_room_are_lost_and_nobody_notices(place):
    to = "2>&-" if place == "closed" else f"2>{place}"
    done = run(
        ["/bin/sh", "-c", f'"$0" -c "$1" {to}', sys.executable, _SAYING],
        stdout=PIPE,
        env={"PYTHONPATH": SOURCE},
        check=False,
    )
    assert done.stdout == b"served\n"
