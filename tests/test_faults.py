"""What a running Minga does when something goes wrong around it."""

import os
import signal
import subprocess
import time

import pytest

from tests.instance import Browser
from tests.test_up import database

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("instance")]


def postmaster(instance):
    """The number of the database's main process."""
    (pid_file,) = instance.home.glob("postgres-*/postmaster.pid")
    return int(pid_file.read_text().split("\n")[0])


def test_a_database_that_is_away_means_a_clear_page_and_no_restart_when_it_is_back(running):
    server = subprocess.run(
        ["pgrep", "-P", str(running.process.pid), "-f", "cli serve"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    os.kill(running.process.pid, signal.SIGSTOP)  # nobody looks after the database now
    try:
        os.kill(postmaster(running), signal.SIGQUIT)
        browser = Browser(running.base)
        running.wait(lambda: browser.get("/salud/listo")[0] == 503)
        status, text = browser.get("/instituciones/?tipo=ministerio")
        assert status == 503
        assert "no está disponible" in text
        assert browser.get("/salud/vivo")[0] == 200
    finally:
        os.kill(running.process.pid, signal.SIGCONT)
    running.wait(lambda: browser.get("/instituciones/?tipo=ministerio")[0] == 200)
    assert "La base de datos se detuvo" in running.told()
    again = subprocess.run(
        ["pgrep", "-P", str(running.process.pid), "-f", "cli serve"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert again == server


def test_after_kill_9_of_everything_nothing_is_lost(running):
    browser = running.signed_in("steward")
    with database(running, "minga_app") as connection:
        before = connection.execute("SELECT max(position) FROM ledger_fact").fetchone()[0]
    for pid in running.processes():
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    running.process.wait(20)
    running.start()
    with database(running, "minga_app") as connection:
        after = connection.execute("SELECT max(position) FROM ledger_fact").fetchone()[0]
    assert after >= before
    assert browser.get("/escritorio/")[0] == 200
    assert running.run("ledger", "verify").returncode == 0


def test_nothing_outlives_a_supervisor_that_was_killed(running):
    running.process.kill()
    running.process.wait(20)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        left = [pid for pid in running.processes() if b"minga.site.cli" in command_line(pid)]
        if not left:
            break
        time.sleep(0.1)
    assert left == []
    running.start()


def command_line(pid):
    """What a process was started with; empty when it is gone."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read()
    except OSError:
        return b""


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\xff\xfe garbage\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /%ff%fe HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"POST /ingresar/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\nabcde",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: minga_sesion=\xff\xfe; minga_idioma=%00\r\n\r\n",
    ],
)
def test_bytes_that_no_browser_sends_never_cost_more_than_their_answer(running, data):
    answer = running.raw(data)
    assert not answer.startswith(b"HTTP/1.1 5")
    assert Browser(running.base).get("/salud/listo")[0] == 200


def test_a_body_announced_as_huge_is_refused_before_it_is_sent(running):
    assert running.status_of("POST", "/ingresar/", {"Content-Length": str(10**12)}) == 413


@pytest.mark.parametrize("cookie", ["minga_sesion=" + "a" * 32, "minga_sesion=%27", "minga_idioma=../../etc"])
def test_invented_cookies_open_nothing(running, cookie):
    assert running.status_of("GET", "/escritorio/", {"Cookie": cookie}) == 302
