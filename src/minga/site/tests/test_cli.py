"""The command line: small acts, and words for what goes wrong."""

import json
import os
import socket
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread
from typing import Any

import pytest

from minga.site.cli import children, main, parser, prepare, running, up
from minga.site.cli.console import Progress


def test_the_help_names_every_command_and_the_rooms_own(capsys):
    text = parser(light=False).format_help()
    for name in (
        "up",
        "serve",
        "worker",
        "migrate",
        "seed",
        "doctor",
        "backup",
        "restore",
        "ledger",
        "facts",
        "plan",
    ):
        assert f"    {name} " in text


def test_a_command_that_does_not_exist_is_misuse():
    with pytest.raises(SystemExit) as ended:
        main(["volar"])
    assert ended.value.code == 2


def test_up_needs_no_django():
    code = (
        "import sys; from minga.site.cli import parser; parser(light=True).parse_args(['up']);"
        "sys.exit('django.db' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_only_one_may_run_an_instance(tmp_path):
    with running.alone(tmp_path, "http://127.0.0.1:9"), pytest.raises(running.AlreadyRunning) as met:
        with running.alone(tmp_path, "http://127.0.0.1:8"):
            pass
    assert met.value.running == {"process": os.getpid(), "address": "http://127.0.0.1:9"}
    assert "http://127.0.0.1:9" in str(met.value)
    with running.alone(tmp_path, "http://127.0.0.1:8"):
        pass


def test_a_port_in_use_is_named_with_a_way_out():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(running.PortTaken, match=f"--port {port + 1}"):
            running.check_port("127.0.0.1", port)


def test_progress_ends_in_one_line(capsys):
    progress = Progress("Contando")
    progress(1, 2)
    progress.end("2 cosas")
    assert capsys.readouterr().out.startswith("Contando: 2 cosas (0.0 s)")


def test_a_log_that_grew_too_large_is_moved_aside(tmp_path):
    log = tmp_path / "server.log"
    children.turn_log(log)
    log.write_text("x" * 100)
    children.turn_log(log, largest=1000)
    assert log.stat().st_size == 100
    children.turn_log(log, largest=50)
    assert log.stat().st_size == 0
    assert (tmp_path / "server.log.1").stat().st_size == 100


def test_a_process_that_ends_by_itself_is_started_again_later_and_later(tmp_path, monkeypatch, capsys):
    child: Any = children.Child("El servidor", [], {}, tmp_path / "log")
    child._command = [sys.executable, "-c", "raise SystemExit(3)"]
    moment = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: moment[0])
    pauses = []
    child.start()
    for _ in range(3):
        child._process.wait()
        child.look_after()
        pauses.append(child._again_at - moment[0])
        moment[0] = child._again_at
        child.look_after()
    child._process.wait()
    assert pauses == [2.0, 4.0, 8.0]
    assert "código 3" in capsys.readouterr().out


def test_a_process_that_does_not_listen_is_ended_by_force(tmp_path):
    child: Any = children.Child("El servidor", [], {}, tmp_path / "log")
    deaf = "import signal,time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
    child._command = [sys.executable, "-c", deaf]
    child.start()
    while not (tmp_path / "log").read_text():
        pass
    child.ask_to_end()
    child.end(patience=0.2)
    assert child._process.returncode == -9


def test_the_fingerprint_knows_every_change_of_code_and_data(tmp_path, monkeypatch):
    monkeypatch.setattr(prepare, "PACKAGE", tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.csv").write_text("1")
    (tmp_path / "tests").mkdir()
    first = prepare.fingerprint()
    (tmp_path / "tests/test_a.py").write_text("x")
    assert prepare.fingerprint() == first
    (tmp_path / "data/a.csv").write_text("2")
    assert prepare.fingerprint() != first


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("::1", "http://[::1]:8000"),
        ("192.0.2.7", "http://192.0.2.7:8000"),
    ],
)
def test_up_asks_itself_where_this_machine_can_reach_it(host, address):
    assert running.url(host, 8000) == address


def test_up_asks_by_a_name_that_the_site_answers_to():
    asked = []

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.headers["Host"])
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_words):
            pass

    with HTTPServer(("127.0.0.1", 0), Site) as site:
        Thread(target=site.handle_request, daemon=True).start()
        ready = running.url("0.0.0.0", site.server_port)
        assert up._first_page(ready, [".minga.example.gob.ec"], [], Event())
    assert asked == ["minga.example.gob.ec"]


@pytest.mark.parametrize(
    ("host", "told"), [("127.0.0.1", False), ("::1", False), ("0.0.0.0", True), ("minga.local", False)]
)
def test_up_says_which_names_it_answers_to_when_others_may_ask(capsys, host, told):
    up._tell_who_may_ask(host, ["127.0.0.1", "minga.local"])
    assert ("MINGA_HOSTS" in capsys.readouterr().out) == told


@pytest.mark.django_db
def test_a_ledger_that_is_sound_is_said_to_be(capsys, settings, tmp_path):
    settings.MINGA_HOME = tmp_path
    assert main(["ledger", "verify"]) == 0
    assert "íntegro" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_ledger_that_was_touched_ends_with_an_error(capsys, settings, tmp_path):
    settings.MINGA_HOME = tmp_path
    (tmp_path / "ledger-anchor.json").write_text(json.dumps({"number": 999_999, "digest": "00"}))
    assert main(["ledger", "verify"]) == 1
    assert "NO está íntegro" in capsys.readouterr().out
    assert main(["ledger", "anchor"]) == 0
    assert main(["ledger", "verify"]) == 0


def test_the_facts_are_listed_by_name_and_version(capsys):
    assert main(["facts"]) == 0
    assert "calendars.day.declared.v1" in capsys.readouterr().out
