"""Giving files back."""

from pathlib import Path

import pytest
from django.test import RequestFactory

from minga.foundation.files.formats import accept, titles
from minga.foundation.files.serving import file_response
from minga.foundation.files.storing import store
from minga.foundation.files.tests.samples import A_PDF, CLERK, JPEG, PDF, PNG, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(settings, tmp_path: Path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files"), "base_url": None},
        },
    }
    settings.MINGA_CLAMAV_SOCKET = ""
    return store(upload(A_PDF), actor=CLERK, allowed=[PDF])


def test_a_browser_saves_it_and_runs_nothing(stored):
    response = file_response(stored, filename="Acuerdo n.º 1 «año».pdf")
    assert b"".join(response) == A_PDF
    assert response["Content-Type"] == PDF
    assert response["Content-Length"] == str(len(A_PDF))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Acuerdo%20n.")


def test_a_name_cannot_add_headers(stored):
    response = file_response(stored, filename='a"\r\nSet-Cookie: b=c\r\n.pdf')
    assert "Set-Cookie" not in response
    assert "\n" not in response["Content-Disposition"]
    assert b"".join(response) == A_PDF


def test_a_browser_that_has_it_is_not_sent_it_again(stored):
    etag = f'"{stored.sha256}"'
    for header, status in ((etag, 304), (f'W/{etag}, "x"', 304), ("*", 304), ('"x"', 200), ("", 200)):
        request = RequestFactory().get("/", headers={"If-None-Match": header})
        response = file_response(stored, request=request)
        assert response.status_code == status
        assert response["ETag"] == etag
        assert b"".join(response) == (A_PDF if status == 200 else b"")


def test_forms_can_say_what_they_take():
    assert accept([PDF, JPEG]) == ".pdf,.jpg,.jpeg"
    assert titles([PDF, PNG, JPEG]) == "PDF, JPG o PNG"
    assert titles([PDF]) == "PDF"
