"""Structured logs: one JSON object a line, without anything personal.

An exception is told by its class and the lines of code it passed, never by its message: the words of a
database error can repeat what a person wrote.
"""

import logging
import sys
import traceback
from contextlib import suppress
from typing import Any, TextIO, cast

import orjson
import structlog
from structlog.types import EventDict, Processor, WrappedLogger

from minga.kernel.errors import MingaError

_LONGEST_TRACE = 12


class Patient:
    """Where log lines go: a line that cannot be written (the disk is full, nobody listens) is lost.

    Whoever is being served must not pay for it with an error.
    """

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, or let go."""
        with suppress(OSError):
            if self._stream is not None:
                self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Hand over what was written, or let go."""
        with suppress(OSError):
            if self._stream is not None:
                self._stream.flush()


def configure(options: dict[str, Any]) -> None:
    """Set up logging for the process; `options["json"]` false gives lines for a person's terminal instead.

    Django calls this once with the setting LOGGING.
    """
    stream = cast("TextIO", Patient(sys.__stderr__))
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.add_log_level,
    ]
    if options.get("json", True):
        last: list[Processor] = [trace_without_words, structlog.processors.JSONRenderer(serializer=_json)]
    else:
        last = [structlog.dev.ConsoleRenderer()]
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(file=stream),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("minga").setLevel(logging.INFO)
    logging.getLogger("django.request").addFilter(_known)
    logging.getLogger("django.security").addFilter(_known)
    logging.captureWarnings(True)


def trace_without_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace an exception by its class and the code it passed through, innermost last."""
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    error = found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)[-_LONGEST_TRACE:]
        event["error"] = f"{type(error).__module__}.{type(error).__qualname__}"
        event["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def _known(record: logging.LogRecord) -> bool:
    """Leave out Django's own line (with the path) for what `middleware.observe` already tells."""
    error = record.exc_info[1] if record.exc_info else None
    if error is None or isinstance(error, MingaError):
        return False
    record.msg, record.args = "unexpected error", ()
    return True


def _json(event: EventDict, **_options: Any) -> str:
    return orjson.dumps(event, default=str).decode()
