"""The cartera: who keeps it and what people see of it."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_page_says_when_a_family_has_no_service(client):
    assert "Todavía no hay servicios" in client.get(reverse("cloud:index")).content.decode()
