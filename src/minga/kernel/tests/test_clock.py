import subprocess
import sys
import threading
from datetime import UTC, date, datetime

import pytest

from minga.kernel import clock

LATE = datetime(2026, 3, 5, 5, 30, tzinfo=UTC)


def test_now_knows_that_it_is_in_utc():
    assert clock.now().tzinfo is UTC


def test_a_fixed_moment_holds_inside_and_is_gone_outside():
    with clock.frozen(LATE):
        assert clock.now() == LATE
        with clock.frozen(datetime(2020, 1, 1, tzinfo=clock.GUAYAQUIL)):
            assert clock.now() == datetime(2020, 1, 1, 5, tzinfo=UTC)
        assert clock.now() == LATE
    assert clock.now() > LATE or clock.now() != LATE


def test_the_fixed_moment_does_not_reach_other_threads():
    seen: list[datetime] = []
    with clock.frozen(LATE):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0] != LATE


def test_the_two_zones_are_on_different_dates_for_one_hour():
    with clock.frozen(LATE):
        assert clock.today() == date(2026, 3, 5)
        assert clock.today(clock.GALAPAGOS) == date(2026, 3, 4)


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="time zone"), clock.frozen(datetime(2026, 1, 1)):
        pass


def test_the_zones_load_on_a_system_without_a_time_zone_database():
    program = "from minga.kernel.clock import GALAPAGOS, GUAYAQUIL; print(GALAPAGOS, GUAYAQUIL)"
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONTZPATH": "", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout.split() == ["Pacific/Galapagos", "America/Guayaquil"], run.stderr


def test_a_day_begins_at_midnight_of_its_own_clocks():
    assert clock.start_of(date(2026, 3, 5)) == datetime(2026, 3, 5, 5, tzinfo=UTC)
    assert clock.start_of(date(2026, 3, 5), clock.GALAPAGOS) == datetime(2026, 3, 5, 6, tzinfo=UTC)
