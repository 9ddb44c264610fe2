"""Log lines never stand in the way of whoever is being served."""

import sys
from pathlib import Path
from subprocess import PIPE, run

import minga

SOURCE = str(Path(minga.__file__).parents[1])

_SAYING = """
import sys
from minga.site.logs import Patient
stream = Patient(sys.stderr)
for _ in range(3):
    stream.write("a line\\n")
    stream.flush()
print("served")
"""


def test_lines_that_find_no_room_are_lost_and_nobody_notices():
    with open("/dev/full", "w") as full:
        done = run(
            [sys.executable, "-c", _SAYING], stdout=PIPE, stderr=full, env={"PYTHONPATH": SOURCE}, check=False
        )
    assert done.stdout == b"served\n"
