"""PostgreSQL for Minga: an embedded server in Minga's data folder, or the address of an external one.

    found = binaries("auto")
    with EmbeddedServer(data_directory(home, found), found) as server:
        server.dsn("minga_app")

Plain Python, to be used before Django is set up. Messages for people go to the logger `minga.database`.
"""

from .addresses import django_database
from .places import data_directory
from .programs import Binaries, Preference, binaries, every_binaries
from .server import DatabaseRole, EmbeddedServer, Endpoint
from .trouble import BadAddress, BinariesMissing, DatabaseTrouble, DiskFull, OtherMajor

__all__ = [
    "BadAddress",
    "Binaries",
    "BinariesMissing",
    "DatabaseRole",
    "DatabaseTrouble",
    "DiskFull",
    "EmbeddedServer",
    "Endpoint",
    "OtherMajor",
    "Preference",
    "binaries",
    "data_directory",
    "django_database",
    "every_binaries",
]
