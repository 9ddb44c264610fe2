"""Where probes may go: nowhere by default, into one's own networks only by name, and to some places never."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minga.foundation.probing.guard import NEVER, SPECIAL, Guard, carried

EVERYTHING = Guard.of(["0.0.0.0/0", "::/0"])
V4 = st.ip_addresses(v=4)
V6 = st.ip_addresses(v=6)


def wrap(prefix: str, inner: IPv4Address, shift: int = 0) -> IPv6Address:
    return IPv6Address(int(IPv6Address(prefix)) | (int(inner) << shift))


@given(st.ip_addresses())
def test_without_a_list_nothing_is_allowed(address):
    assert not Guard().allows(address)


@given(st.ip_addresses())
def test_the_whole_internet_is_never_more_than_what_is_public(address):
    if EVERYTHING.allows(address):
        assert address.is_global
        assert not address.is_multicast


@pytest.mark.parametrize("text", ["190.15.128.10", "8.8.8.8", "2800:68:0:bebe::1"])
def test_public_addresses_are_allowed_when_listed(text):
    assert EVERYTHING.allows(ip_address(text))
    assert Guard.of([text]).allows(ip_address(text))
    assert not Guard.of(["203.0.112.0/24", "2001:470::/32"]).allows(ip_address(text))


@pytest.mark.parametrize(
    "text",
    [
        "10.0.0.1", "172.16.5.4", "192.168.1.1", "127.0.0.1", "100.64.1.1", "198.18.0.1", "192.0.2.7",
        "::1", "fd12:3456::1", "2001:db8::1",
        "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::10.0.0.1", "2002:0a00:0001::1",
    ],
)  # fmt: skip
def test_private_addresses_need_a_network_of_their_own_block(text):
    assert not EVERYTHING.allows(ip_address(text))
    assert not Guard.of(["0.0.0.0/1", "8000::/1", "::/3", "128.0.0.0/1"]).allows(ip_address(text))


@pytest.mark.parametrize(
    ("network", "text"),
    [
        ("10.20.0.0/16", "10.20.3.4"),
        ("127.0.0.1/32", "127.0.0.1"),
        ("fd12:3456::/32", "fd12:3456::1"),
        ("::1/128", "::1"),
    ],
)
def test_a_private_network_opens_when_it_is_named(network, text):
    assert Guard.of([network]).allows(ip_address(text))


@given(st.sampled_from(NEVER), st.data())
def test_nothing_opens_what_is_never_probed(block, data):
    address = data.draw(st.ip_addresses(network=str(block)))
    own = Guard.of(["0.0.0.0/0", "::/0", str(block), str(address), *map(str, SPECIAL)])
    assert not own.allows(address)


@pytest.mark.parametrize(
    "text",
    [
        "169.254.169.254", "169.254.0.1", "fe80::1", "224.0.0.1", "255.255.255.255", "0.0.0.0", "0.1.2.3",
        "::", "ff02::1", "fd00:ec2::254", "100.100.100.200", "::ffff:169.254.169.254", "::ffff:0.0.0.0",
        "64:ff9b::169.254.169.254", "2002:a9fe:a9fe::1", "64:ff9b:1::1",
    ],
)  # fmt: skip
def test_metadata_link_local_multicast_and_unspecified_stay_closed(text):
    address = ip_address(text)
    assert not Guard.of(["0.0.0.0/0", "::/0", text, *map(str, SPECIAL)]).allows(address)


WRAPPINGS = st.sampled_from(
    [("::ffff:0:0", "::ffff:0:0/96", 0), ("64:ff9b::", "64:ff9b::/96", 0), ("2002::", "2002::/16", 80)]
)


@given(WRAPPINGS, V4)
def test_an_address_inside_another_needs_both_to_be_open(wrapping, inner):
    prefix, block, shift = wrapping
    outer = wrap(prefix, inner, shift)
    assert inner in carried(outer)
    assert not Guard.of(["::/0", "0.0.0.0/0"]).allows(outer)
    assert not Guard.of([block]).allows(outer)
    both = Guard.of([block, "0.0.0.0/0"])
    assert both.allows(outer) == EVERYTHING.allows(inner)


def test_a_mapped_loopback_carries_it_whatever_python_says_of_it():
    class Newer(IPv6Address):
        is_loopback = True

    assert carried(Newer("::ffff:127.0.0.1")) == (IPv4Address("127.0.0.1"),)
    assert carried(IPv6Address("::1")) == ()


@given(V4, V4)
def test_both_addresses_inside_teredo_must_be_open(server, client):
    packed = (0x20010000 << 96) | (int(server) << 64) | (int(client) ^ 0xFFFFFFFF)
    outer = IPv6Address(packed)
    assert carried(outer) == (server, client)
    open_to_all = Guard.of(["2001::/32", "0.0.0.0/0"])
    assert open_to_all.allows(outer) == (EVERYTHING.allows(server) and EVERYTHING.allows(client))


@given(V4)
def test_an_isatap_interface_is_its_ipv4_address(inner):
    for interface in (0x5EFE, 0x0200_5EFE):
        outer = IPv6Address((int(IPv6Address("2800:68::")) | (interface << 32)) | int(inner))
        assert Guard.of(["2800::/12", "0.0.0.0/0"]).allows(outer) == EVERYTHING.allows(inner)


@given(V4 | V6, st.integers(0, 32))
def test_an_allowed_address_always_lies_in_a_listed_network(address, bits):
    network = ip_network(f"{address}/{bits}", strict=False)
    guard = Guard.of([str(network)])
    outside = ip_address(int(network.network_address) ^ (1 << (network.max_prefixlen - 1)))
    if bits and outside.version == address.version:
        assert not guard.allows(outside)


@pytest.mark.parametrize("text", ["10.0.0.1/8", "everything", "10.0.0.0/33", ""])
def test_a_list_with_a_mistake_is_refused_and_opens_nothing(text):
    with pytest.raises(ValueError, match=r".+"):
        Guard.of([text])
