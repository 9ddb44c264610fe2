"""What a probe finds on real servers of this machine, and that it never takes longer than it may."""

import asyncio
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import dns.rcode
import pytest
import trustme

from minga.foundation.probing import Kind, Outcome, Reason, Target, probe, probe_all
from minga.foundation.probing.tests.peers import HERE, closed_port, name_server, speaker, website


def http(port: int, path: str = "/", *, host: str = HERE, scheme: str = "http", status: int = 200) -> Target:
    return Target.parse(Kind.HTTP, f"{scheme}://{host}:{port}{path}", status=status)


def tcp(port: int) -> Target:
    return Target.parse(Kind.TCP, f"{HERE}:{port}")


def test_a_site_that_answers_as_expected_is_up(means):
    with website() as (port, asked):
        found = probe(http(port), means=means())
    assert found.ok
    assert found.measured
    assert found.status == 200
    assert found.milliseconds in range(500)
    assert asked == [(f"{HERE}:{port}", "/")]


def test_another_status_than_expected_is_down(means):
    with website() as (port, _asked):
        assert probe(http(port, "/missing"), means=means()).reason is Reason.WRONG_STATUS
        assert probe(http(port, "/missing", status=404), means=means()).ok


def test_a_redirection_is_an_answer_and_is_never_followed(means):
    with website() as (port, asked):
        assert probe(http(port, "/away", status=302), means=means()).ok
        assert probe(http(port, "/away"), means=means()).reason is Reason.WRONG_STATUS
    assert {path for _host, path in asked} == {"/away"}


def test_an_open_port_is_up_and_a_closed_one_refuses(means):
    with speaker(lambda link: None) as port:
        assert probe(tcp(port), means=means()).ok
    assert probe(tcp(closed_port()), means=means()).reason is Reason.REFUSED


@pytest.mark.parametrize(
    ("say", "reason"),
    [
        (lambda link: link.sendall(b"SSH-2.0-OpenSSH\r\n"), Reason.NOT_HTTP),
        (lambda link: link.sendall(b"HTTP/1.1 999999 x\r\n"), Reason.NOT_HTTP),
        (lambda link: link.sendall(b"\xff" * 100_000), Reason.NOT_HTTP),
        (lambda link: link.recv(100), Reason.DISCONNECTED),
        (lambda link: link.sendall(b"HTTP/1.1 200"), Reason.DISCONNECTED),
        (lambda link: time.sleep(2), Reason.TIMEOUT),
    ],
)
def test_what_is_no_answer_is_told_apart(means, say, reason):
    with speaker(say) as port:
        assert probe(http(port), means=means()).reason is reason


def test_a_server_that_sends_a_letter_now_and_then_is_cut_off(means):
    def drip(link):
        for _letter in range(40):
            link.sendall(b"H")
            time.sleep(0.1)

    began = time.monotonic()
    with speaker(drip) as port:
        assert probe(http(port), means=means()).reason is Reason.TIMEOUT
        assert time.monotonic() - began < 1.5


def test_an_endless_answer_is_not_read(means):
    sent = []

    def flood(link):
        link.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65536)
        link.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            sent.append(link.send(b"x" * 65536))

    with speaker(flood) as port:
        assert probe(http(port), means=means()).ok
    assert 0 < sum(sent) < 1_000_000, "what the two systems hold between them, and no more"


def test_a_sound_certificate_says_when_it_ends(means, secured):
    with website(secured(HERE, days=20)) as (port, _asked):
        found = probe(http(port, scheme="https"), means=means())
        bare = probe(Target.parse(Kind.TLS, f"{HERE}:{port}"), means=means())
    assert found.ok
    assert bare.ok
    assert found.expires_at == bare.expires_at
    assert found.expires_at
    assert (found.expires_at - datetime.now(UTC)).days == 19


def test_an_expired_certificate_is_told_with_its_date(means, secured):
    with website(secured(HERE, days=-3)) as (port, _asked):
        found = probe(Target.parse(Kind.TLS, f"{HERE}:{port}"), means=means())
    assert found.reason is Reason.CERTIFICATE_EXPIRED
    assert found.expires_at
    assert (datetime.now(UTC) - found.expires_at).days == 3


def test_the_certificate_of_another_name_or_authority_is_refused(means, secured):
    with website(secured("otro.example.org")) as (port, _asked):
        assert probe(http(port, scheme="https"), means=means()).reason is Reason.CERTIFICATE_WRONG_HOST
    with website(secured(HERE, by=trustme.CA())) as (port, asked):
        found = probe(http(port, scheme="https"), means=means())
    assert found.reason is Reason.CERTIFICATE_UNTRUSTED
    assert found.expires_at is not None
    assert asked == []


def test_plain_words_on_a_secure_port_fail(means):
    with speaker(lambda link: link.sendall(b"hello there, this is no handshake\r\n")) as port:
        found = probe(Target.parse(Kind.TLS, f"{HERE}:{port}"), means=means())
    assert found.reason is Reason.TLS_FAILED


def test_a_handshake_that_never_comes_is_given_up(means):
    with speaker(lambda link: time.sleep(2)) as port:
        found = probe(Target.parse(Kind.TLS, f"{HERE}:{port}"), means=means())
    assert found.reason is Reason.TIMEOUT


def ask(port: int, name: str) -> Target:
    return Target.parse(Kind.DNS, f"{HERE}:{port}/{name}")


def test_a_name_server_that_knows_the_name_is_up(means):
    with name_server({"www.example.org": ["190.15.128.10"], "solo6.example.org": ["2800:68::1"]}) as server:
        assert probe(ask(server.port, "www.example.org"), means=means()).ok
        assert probe(ask(server.port, "no.example.org"), means=means()).reason is Reason.NAME_NOT_FOUND
        assert probe(ask(server.port, "solo6.example.org"), means=means()).reason is Reason.NAME_NOT_FOUND


def test_a_name_server_that_fails_or_keeps_silent_is_down(means):
    with name_server(rcode=dns.rcode.SERVFAIL) as server:
        found = probe(ask(server.port, "www.example.org"), means=means())
        assert found.reason is Reason.NAME_SERVER_FAILED
    silent = probe(ask(closed_port(), "www.example.org"), means=means())
    assert silent.reason in {Reason.TIMEOUT, Reason.REFUSED}


def test_what_is_our_own_fault_is_no_measurement(means):
    named = Target.parse(Kind.TCP, "servicio.example.org:80")
    assert probe(named, means=means(resolver=None)) == Outcome(reason=Reason.UNRESOLVED)
    assert not Outcome(reason=Reason.UNRESOLVED).measured
    assert not Outcome(reason=Reason.NO_NETWORK).measured
    assert Outcome(reason=Reason.TIMEOUT).measured


def test_slow_targets_do_not_hold_up_the_others(means):
    with speaker(lambda link: time.sleep(3)) as slow, website() as (quick, _asked):
        began = time.monotonic()
        found = probe_all([http(slow)] * 20 + [http(quick)] * 20, means=means(), at_once=40)
        assert time.monotonic() - began < 2
    assert [outcome.reason for outcome in found] == [Reason.TIMEOUT] * 20 + [None] * 20


def test_what_does_not_fit_into_the_round_is_left_for_the_next(means):
    with speaker(lambda link: time.sleep(1)) as slow:
        found = probe_all([http(slow)] * 6, means=means(step_seconds=0.3), at_once=1, seconds=0.5)
    assert [outcome.reason for outcome in found] == [Reason.TIMEOUT] * 2 + [Reason.NOT_ASKED] * 4
    assert not found[-1].measured


def test_no_targets_are_no_work(means):
    assert probe_all([], means=means()) == []


def test_whoever_is_inside_an_event_loop_may_probe_too(means):
    async def caller() -> Outcome:
        return probe(http(port), means=means())

    with website() as (port, _asked), ThreadPoolExecutor(max_workers=1) as thread:
        assert thread.submit(asyncio.run, caller()).result().ok
