"""How people write targets, and what is refused before any network is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minga.foundation.probing import Kind, Target
from minga.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("kind", "written", "canonical"),
    [
        (Kind.HTTP, "https://Servicio.GOB.ec", "https://servicio.gob.ec/"),
        (Kind.HTTP, "servicio.gob.ec/salud?modo=corto", "https://servicio.gob.ec/salud?modo=corto"),
        (Kind.HTTP, "http://servicio.gob.ec:80/a", "http://servicio.gob.ec/a"),
        (Kind.HTTP, "http://servicio.gob.ec:8080", "http://servicio.gob.ec:8080/"),
        (Kind.HTTP, "https://[2800:68::1]/", "https://[2800:68::1]/"),
        (Kind.HTTP, "https://servicio.gob.ec./trámite", "https://servicio.gob.ec/tr%C3%A1mite"),
        (Kind.HTTP, "https://año.gob.ec/", "https://xn--ao-zja.gob.ec/"),
        (Kind.TCP, "servidor.gob.ec:5432", "tcp://servidor.gob.ec:5432"),
        (Kind.TLS, "servicio.gob.ec", "tls://servicio.gob.ec"),
        (Kind.TLS, "tls://servicio.gob.ec:8443", "tls://servicio.gob.ec:8443"),
        (Kind.DNS, "190.15.128.1/www.gob.ec", "dns://190.15.128.1/www.gob.ec"),
    ],
)  # fmt: skip
def test_a_target_has_one_way_to_be_written(kind, written, canonical):
    target = Target.parse(kind, written)
    assert str(target) == canonical
    assert Target.parse(kind, canonical) == target


@pytest.mark.parametrize(
    "written",
    [
        "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "127.0.0.256", "1.2.3.4.5", "017700000001",
        "http://2130706433/", "http://0x7f.0x0.0x0.0x1/", "http://0177.0.0.01/",
    ],
)  # fmt: skip
def test_addresses_in_decimal_octal_or_hexadecimal_are_refused(written):
    with pytest.raises(Invalid):
        Target.parse(Kind.HTTP, written)


@pytest.mark.parametrize("written", ["http://１２７.０.０.１/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/"])
def test_digits_of_other_alphabets_are_the_address_they_look_like(written):
    assert Target.parse(Kind.HTTP, written).host == "127.0.0.1"


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (Kind.HTTP, "ftp://servicio.gob.ec/"),
        (Kind.HTTP, "file:///etc/passwd"),
        (Kind.HTTP, "gopher://servicio.gob.ec/"),
        (Kind.HTTP, "https://usuario:clave@servicio.gob.ec/"),
        (Kind.HTTP, "https://servicio.gob.ec@127.0.0.1/"),
        (Kind.HTTP, "https://servicio.gob.ec\\@127.0.0.1/"),
        (Kind.HTTP, "https://servicio.gob.ec/\r\nHost: otro"),
        (Kind.HTTP, "https://servicio.gob.ec/ a"),
        (Kind.HTTP, "https://servicio.gob.ec:99999/"),
        (Kind.HTTP, "https://servicio.gob.ec:0/"),
        (Kind.HTTP, "https://localhost/"),
        (Kind.HTTP, "https:///salud"),
        (Kind.HTTP, "https://-malo.gob.ec/"),
        (Kind.HTTP, "https://a..gob.ec/"),
        (Kind.HTTP, "https://servicio.gob.ec/#parte"),
        (Kind.HTTP, "https://[fe80::1%25eth0]/"),
        (Kind.HTTP, "https://" + "a" * 600 + ".ec/"),
        (Kind.HTTP, "https://servicio.gob.ec/" + "ñ" * 100),
        (Kind.HTTP, ""),
        (Kind.TCP, "servidor.gob.ec"),
        (Kind.TCP, "servidor.gob.ec:22/raiz"),
        (Kind.TLS, "https://servicio.gob.ec"),
        (Kind.DNS, "190.15.128.1"),
        (Kind.DNS, "190.15.128.1/127.0.0.1"),
    ],
)  # fmt: skip
def test_what_is_no_target_is_refused_in_words(kind, written):
    with pytest.raises(Invalid) as refused:
        Target.parse(kind, written)
    assert str(refused.value)


@given(st.sampled_from(Kind), st.text(max_size=60))
def test_any_text_is_a_target_that_reads_back_or_is_refused(kind, written):
    try:
        target = Target.parse(kind, written)
    except Invalid:
        return
    assert Target.parse(kind, str(target)) == target
    assert str(target).isascii()
    assert not set(target.host) & set("@/\\ %\r\n")
    assert not set(target.path) & set(" \r\n")


@given(st.sampled_from(["http", "https"]), st.text(alphabet="a1.-@:/?#[]%\\ñ０。_", max_size=40))
def test_odd_addresses_never_smuggle_a_second_line_or_host(scheme, rest):
    try:
        target = Target.parse(Kind.HTTP, f"{scheme}://{rest}")
    except Invalid:
        return
    assert target.path.startswith("/")
    assert Target.parse(Kind.HTTP, str(target)) == target
