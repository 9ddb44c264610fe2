"""Who acts, and with which powers: what every action asks before it changes anything."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from uuid import UUID

from minga.kernel.errors import Forbidden
from minga.kernel.references import Reference


class Role(StrEnum):
    """What a post lets an official do in one institution."""

    EDITOR = "editor"
    APPROVER = "approver"
    HEAD = "head"
    STEWARD = "steward"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Post:
    """A role held in an institution today."""

    role: Role
    institution: Reference
    institution_code: str


@dataclass(frozen=True)
class Actor:
    """A person or a part of the system that acts; `reference` is all the ledger keeps of them."""

    reference: Reference
    posts: tuple[Post, ...] = ()
    name: str = ""
    omnipotent: bool = False

    @classmethod
    def system(cls, part: str) -> Self:
        """A part of Minga acting on its own (a job, the seed): allowed everything, named in every fact."""
        return cls(reference=Reference.of("system", part), name=part, omnipotent=True)

    @property
    def known(self) -> bool:
        """Whether somebody has signed in."""
        return self.reference != _NOBODY

    def holds(self, *roles: Role, institution: Reference | None = None) -> bool:
        """Whether one of `roles` is held: in `institution`, or in any when none is given."""
        if self.omnipotent:
            return True
        return any(
            post.role in roles and (institution is None or post.institution == institution)
            for post in self.posts
        )

    def institutions(self, *roles: Role) -> list[UUID]:
        """Keys of the institutions in which one of `roles` is held, each once, in the order of the posts."""
        return list(dict.fromkeys(UUID(post.institution.id) for post in self.posts if post.role in roles))

    def require(self, *roles: Role, institution: Reference | None = None) -> None:
        """Raise Forbidden unless one of `roles` is held (see `holds`)."""
        if not self.holds(*roles, institution=institution):
            raise Forbidden()


_NOBODY = Reference.of("system", "anonymous")
ANONYMOUS = Actor(reference=_NOBODY)
