"""The cast as fixtures; imported late, because Django is not ready when pytest reads this file."""

from typing import Any

import pytest


@pytest.fixture
def mdt(db: None) -> Any:
    from minga.modules.identity.tests.cast import new_institution

    return new_institution("mdt", "Ministerio del Trabajo")


@pytest.fixture
def mintel(db: None) -> Any:
    from minga.modules.identity.tests.cast import new_institution

    return new_institution("mintel", "Ministerio de Telecomunicaciones")


@pytest.fixture
def person(db: None) -> Any:
    from minga.modules.identity.tests.cast import new_person

    return new_person


@pytest.fixture
def enter(db: None) -> Any:
    from minga.modules.identity.tests.cast import signed_in

    return signed_in
