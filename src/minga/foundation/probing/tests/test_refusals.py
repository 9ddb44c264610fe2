"""Forged requests: a probe is no way into networks that configuration does not open."""

import pytest

from minga.foundation.probing import Guard, Kind, Means, Reason, Target, probe, require_allowed
from minga.foundation.probing.tests.peers import HERE, name_server, website
from minga.kernel.errors import Invalid

NAME = "servicio.example.org"
REFUSED = [
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "0.0.0.0", "224.0.0.1",
    "100.64.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "fd00:ec2::254",
]  # fmt: skip


def site(host: str, port: int) -> Target:
    return Target.parse(Kind.HTTP, f"http://{f'[{host}]' if ':' in host else host}:{port}/")


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_outside_the_list_is_not_connected_to(means, address):
    public = means("0.0.0.0/0", "::/0")
    with website() as (port, asked):
        found = probe(site(address, port), means=public)
        with pytest.raises(Invalid, match="MINGA_PROBES_ALLOWED"):
            require_allowed(site(address, port), means=public)
    assert found.reason is Reason.NOT_ALLOWED
    assert not found.measured
    assert asked == []


@pytest.mark.parametrize("address", REFUSED)
def test_a_name_that_leads_outside_the_list_is_not_connected_to(means, address):
    with website() as (port, asked), name_server({NAME: [address]}) as names:
        public = means("0.0.0.0/0", "::/0", resolver=names.resolver)
        assert probe(site(NAME, port), means=public).reason is Reason.NOT_ALLOWED
        with pytest.raises(Invalid, match="MINGA_PROBES_ALLOWED"):
            require_allowed(site(NAME, port), means=public)
    assert asked == []


@pytest.mark.parametrize("others", [["10.0.0.1"], ["::1"], ["169.254.169.254", "8.8.8.8"]])
def test_one_forbidden_address_among_several_closes_the_name(means, others):
    with website() as (port, asked), name_server({NAME: [HERE, *others]}) as names:
        found = probe(site(NAME, port), means=means(resolver=names.resolver))
    assert found.reason is Reason.NOT_ALLOWED
    assert asked == []


def test_a_name_that_changes_after_the_check_gains_nothing(means):
    with website() as (port, asked), name_server(turns={NAME: [[HERE], ["10.0.0.1"]]}) as names:
        found = probe(site(NAME, port), means=means(resolver=names.resolver))
        assert found.ok
        assert names.asked == [NAME]
        again = probe(site(NAME, port), means=means(resolver=names.resolver))
    assert again.reason is Reason.NOT_ALLOWED
    assert asked == [(f"{NAME}:{port}", "/")]


def test_an_allowed_name_is_reached_at_the_address_that_was_checked(means, secured):
    with website(secured(NAME)) as (port, asked), name_server({NAME: [HERE]}) as names:
        secure = Target.parse(Kind.HTTP, f"https://{NAME}:{port}/")
        assert probe(secure, means=means(resolver=names.resolver)).ok
        require_allowed(secure, means=means(resolver=names.resolver))
    assert asked == [(f"{NAME}:{port}", "/")]


def test_a_name_that_does_not_exist_is_told_apart_from_one_nobody_can_look_up(means):
    with name_server() as names:
        assert probe(site(NAME, 80), means=means(resolver=names.resolver)).reason is Reason.NAME_NOT_FOUND
        with pytest.raises(Invalid, match="no existe"):
            require_allowed(site(NAME, 80), means=means(resolver=names.resolver))
    gone = probe(site(NAME, 80), means=means(resolver=names.resolver))
    assert gone.reason is Reason.UNRESOLVED


def test_the_name_server_to_be_probed_passes_the_guard_too(means):
    with name_server({"www.example.org": ["10.0.0.1"]}) as names:
        target = Target.parse(Kind.DNS, f"{HERE}:{names.port}/www.example.org")
        assert probe(target, means=means("8.8.8.0/24")).reason is Reason.NOT_ALLOWED
        assert names.asked == []
        assert probe(target, means=means()).ok


def test_without_a_list_no_name_is_even_asked_for(trust):
    with name_server({NAME: ["8.8.8.8"]}) as names:
        nothing = Means(guard=Guard(), trust=trust, resolver=names.resolver)
        assert probe(site(NAME, 80), means=nothing).reason is Reason.NOT_ALLOWED
        with pytest.raises(Invalid, match="no sondea ninguna"):
            require_allowed(site(NAME, 80), means=nothing)
        assert names.asked == []


def test_the_setting_decides_when_nobody_else_does(settings):
    settings.MINGA_PROBES_ALLOWED = ["127.0.0.1/32"]
    with website() as (port, _asked):
        assert probe(site(HERE, port)).ok
        settings.MINGA_PROBES_ALLOWED = []
        assert probe(site(HERE, port)).reason is Reason.NOT_ALLOWED
