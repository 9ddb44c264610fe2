"""Officials who have signed in; imported late, because Django is not ready when pytest reads this file."""

import pytest


@pytest.fixture
def person_with(db):
    """A function that gives a browser in which an invented official of MINTEL with one role has signed in."""
    from minga.kernel.errors import NotFound
    from minga.modules.directory.contracts import institution
    from minga.modules.identity.tests.cast import new_institution, new_person, signed_in

    try:
        mintel = institution("mintel")
    except NotFound:
        mintel = new_institution("mintel", "Ministerio de Telecomunicaciones")

    def make(role):
        return signed_in(new_person(role=role, at=mintel))

    return make
