"""The address of a mail server, in one setting."""

import pytest

from minga.foundation.outbox.server import BadServer, MailServer, mail_server


def test_no_address_means_a_folder():
    assert mail_server("") == MailServer()
    assert mail_server("").backend.endswith("filebased.EmailBackend")


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtps://mail.example", MailServer("mail.example", 465, tls=True)),
        ("smtp://mail.example/", MailServer("mail.example", 587, starttls=True)),
        ("smtp+plain://localhost", MailServer("localhost", 25)),
        ("smtp://[::1]:2525", MailServer("::1", 2525, starttls=True)),
        (
            "smtps://minga%40example.org:a%2Fb%3Ac@mail.example:8465",
            MailServer("mail.example", 8465, "minga@example.org", "a/b:c", tls=True),
        ),
    ],
)
def test_the_scheme_says_how_it_is_encrypted(url, server):
    assert mail_server(url) == server
    assert server.backend.endswith("smtp.EmailBackend")


@pytest.mark.parametrize(
    "url",
    ["mail.example", "http://mail.example", "smtp://", "smtp://a:secreto@mail.example:x", "smtp://a/secreto"],
)
def test_any_other_address_is_refused_without_repeating_it(url):
    with pytest.raises(BadServer, match="MINGA_EMAIL_URL") as met:
        mail_server(url)
    assert "secreto" not in str(met.value)
