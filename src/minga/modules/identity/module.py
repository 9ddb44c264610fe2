"""The card of identity: what it offers to the rest of the house."""

from minga.kernel.cards import Room, Seed
from minga.kernel.text import N_
from minga.modules.identity import facts, queries
from minga.modules.identity.actions.demonstration import seed_demonstration

card = Room(
    name="identity",
    title=N_("Identidad"),
    level=1,
    serves=("E4",),
    urls=(("", "minga.modules.identity.urls"),),
    facts=(
        facts.AccountOpened,
        facts.AccountSuspended,
        facts.AccountReinstated,
        facts.PasswordChanged,
        facts.PostStarted,
        facts.PostEnded,
        facts.SessionOpened,
        facts.SessionClosed,
        facts.SignInRefused,
    ),
    labels={"account": queries.labels},
    institution_panel=queries.institution_panel,
    check_config=queries.check_config,
    seeds=(
        Seed(100, N_("Personas inventadas para la demostración"), seed_demonstration, demonstration=True),
    ),
)
