"""The card of identity: what it offers to the rest of the house."""

from minga.kernel.actors import Role
from minga.kernel.cards import NavigationEntry, Room, Seed
from minga.kernel.text import N_
from minga.modules.identity import cli, facts, queries
from minga.modules.identity.actions.demonstration import seed_demonstration

card = Room(
    name="identity",
    title=N_("Identidad"),
    level=1,
    serves=("E4",),
    urls=(("", "minga.modules.identity.urls"),),
    workplace=(
        NavigationEntry(
            title=N_("Personas"),
            url_name="identity:officials",
            order=60,
            description=N_("Quién trabaja con Minga en su institución, desde cuándo y para qué."),
            roles=(Role.HEAD, Role.STEWARD, Role.ADMINISTRATOR),
        ),
        NavigationEntry(
            title=N_("Claves de la API"),
            url_name="identity:tokens",
            order=65,
            description=N_("Con qué claves leen los datos los programas de su institución."),
            roles=(Role.HEAD, Role.APPROVER, Role.STEWARD, Role.ADMINISTRATOR),
        ),
        NavigationEntry(
            title=N_("Su cuenta"),
            url_name="identity:account",
            order=95,
            description=N_("Su contraseña, sus sesiones abiertas y su idioma."),
            roles=tuple(Role),
        ),
    ),
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
        facts.TokenIssued,
        facts.TokenRevoked,
    ),
    labels={"account": queries.labels},
    institution_panel=queries.institution_panel,
    tasks=queries.tasks,
    check_config=queries.check_config,
    seeds=(
        Seed(100, N_("Personas inventadas para la demostración"), seed_demonstration, demonstration=True),
    ),
    commands=(cli.add_account_open,),
)
