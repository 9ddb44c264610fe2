"""What is read from a request about where somebody is."""

import pytest

from minga.modules.identity.models import Device

CASES = [
    ("198.51.100.7", "198.51.100.7/32", "198.51.100.0/24"),
    ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"),
    ("::ffff:198.51.100.7", "198.51.100.7/32", "198.51.100.0/24"),
    ("", "", ""),
    ("no-es-una-direccion", "", ""),
]


@pytest.mark.parametrize(("remote", "address", "network"), CASES)
def test_an_address_counts_attempts_and_a_coarser_network_is_kept(settings, remote, address, network):
    settings.SECURE_PROXY_SSL_HEADER = None
    device = Device.from_meta({"REMOTE_ADDR": remote, "HTTP_X_FORWARDED_FOR": "203.0.113.9"})
    assert (device.address, device.network) == (address, network)


def test_behind_our_proxy_only_the_address_that_it_saw_counts(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    meta = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "1.2.3.4, 203.0.113.9"}
    assert Device.from_meta(meta).address == "203.0.113.9/32"
    assert Device.from_meta({"REMOTE_ADDR": "10.0.0.1"}).address == "10.0.0.1/32"


@pytest.mark.parametrize(
    ("user_agent", "shown"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537 Chrome/130 Safari/537 Edg/130",
            "Edge · Windows",
        ),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537 Chrome/130 Mobile Safari/537", "Chrome · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17 Safari/604", "Safari · iPhone"),
        ("curl/8.0", ""),
        ("<script>" * 500, ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_by_its_family_only(user_agent, shown):
    assert Device.from_meta({"HTTP_USER_AGENT": user_agent}).browser == shown
