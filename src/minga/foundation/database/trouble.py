"""What can go wrong with the database before a single query runs; every message says what to do next."""

from minga.kernel.errors import Unavailable


class DatabaseTrouble(Unavailable):
    """The database cannot be used as configured."""


class BinariesMissing(DatabaseTrouble):
    """No PostgreSQL that Minga can run was found on this machine."""


class OtherMajor(DatabaseTrouble):
    """The data were written by another major version of PostgreSQL than the one at hand."""


class DiskFull(DatabaseTrouble):
    """There is no space left for the data."""


class BadAddress(DatabaseTrouble):
    """A database address (URL) that cannot be understood; the message never repeats it, for its password."""
