"""`minga account-open`: the first accounts of an instance, opened by whoever runs the machine."""

import argparse
import sys
from getpass import getpass
from gettext import gettext as _
from typing import Any

from django.db import transaction

from minga.kernel.actors import Actor, Role
from minga.kernel.clock import today
from minga.kernel.errors import Invalid
from minga.modules.directory.contracts import institution
from minga.modules.identity.actions.accounts import open_account
from minga.modules.identity.actions.passwords import generated_password
from minga.modules.identity.actions.posts import appoint


def add_account_open(subparsers: Any) -> None:
    """Add the subcommand to `minga`."""
    parser = subparsers.add_parser(
        "account-open", help=_("abre la cuenta de un funcionario y le da un puesto")
    )
    parser.add_argument("--given-names", required=True, help=_("nombres"))
    parser.add_argument("--surnames", required=True, help=_("apellidos"))
    parser.add_argument("--email", default="", help=_("correo con el que ingresará"))
    parser.add_argument("--cedula", action="store_true", help=_("pregunta la cédula, sin mostrarla"))
    parser.add_argument("--role", required=True, choices=[role.value for role in Role], help=_("puesto"))
    parser.add_argument("--institution", required=True, help=_("código de la institución, como mintel"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Open the account with its post, and print its first password once; 1 when something is wrong with it."""
    cedula = getpass(_("Cédula: ")) if arguments.cedula else ""
    if not (cedula or arguments.email):
        print(
            _("Dé un correo (--email) o pida la cédula (--cedula): con uno de los dos ingresará."),
            file=sys.stderr,
        )
        return 1
    password = generated_password()
    operator = Actor.system("command-line")
    try:
        with transaction.atomic():
            employer = institution(arguments.institution)
            account = open_account(
                given_names=arguments.given_names,
                surnames=arguments.surnames,
                email=arguments.email,
                cedula=cedula,
                password=password,
                actor=operator,
            )
            appoint(
                account=account,
                institution=employer,
                role=Role(arguments.role),
                starts=today(),
                actor=operator,
            )
    except Invalid as error:
        for message in [error.message, *(text for texts in error.fields.values() for text in texts)]:
            if message:
                print(message, file=sys.stderr)
        return 1
    print(_("Cuenta abierta. Contraseña, que se muestra solo esta vez: {password}").format(password=password))
    print(_("Pida a la persona que la cambie en /cuenta/contrasena/."))
    return 0
