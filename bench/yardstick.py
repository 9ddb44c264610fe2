"""Serves the bare Django page with the same server settings as `minga serve --workers 1`."""

import argparse

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from minga.site.cli.serve import THREADS, WAITING

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    Granian(
        "bench.bare:application",
        address="127.0.0.1",
        port=parser.parse_args().port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        backpressure=WAITING,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
