"""How long a new instance waits for its register."""

import time

import pytest

from minga.modules.directory.module import card

pytestmark = pytest.mark.django_db


def test_the_whole_seed_takes_less_than_two_seconds_of_this_process():
    began = time.process_time()
    for seed in card.seeds:
        seed.load()
    assert time.process_time() - began < 2
