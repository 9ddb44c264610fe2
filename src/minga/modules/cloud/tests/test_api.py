"""The cloud for programs: what the public pages say, and nothing more."""

import json

import pytest

from minga.modules.cloud.models import Service
from minga.modules.cloud.tests.cast import CLOUD, confirmed, drafted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def _get(client, path):
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def test_the_cartera_holds_what_is_offered_or_was_and_no_drafts(client):
    listed = {entry["code"] for entry in _get(client, "cloud-services")["items"]}
    assert listed == set(Service.objects.exclude(state="draft").values_list("code", flat=True))
    draft = Service.objects.filter(state="draft")[0]
    assert client.get(f"/api/v1/cloud-services/{draft.code}").status_code == 404
    only = _get(client, "cloud-services?family=network")["items"]
    assert only
    assert {entry["family"] for entry in only} == {"network"}
    assert client.get("/api/v1/cloud-services?family=moon").status_code == 422


def test_a_contract_is_told_once_the_provider_confirmed_it(client):
    drafted("mies")
    assert _get(client, "cloud-uses")["items"] == []
    use = confirmed("mdt")
    [told] = _get(client, f"cloud-uses?service={CLOUD}")["items"]
    assert told["urn"] == use.reference
    assert told["institution"]["code"] == "mdt"
    assert _get(client, "cloud-uses?institution=mies")["items"] == []


def test_a_service_that_nobody_measures_is_not_in_the_quality_list(client):
    assert _get(client, "cloud-quality")["items"] == []
    assert _get(client, f"cloud-services/{CLOUD}")["tariffs"] == []
