"""The catalogue of all facts as JSON Schema: what readers of the ledger can rely on."""

from typing import Any

import orjson

from minga.kernel import facts


def schemas() -> dict[str, Any]:
    """JSON Schema (2020-12) of every kind of fact, by `name.vN`."""
    return {f"{kind.name}.v{kind.version}": facts.json_schema(kind) for kind in facts.catalogue()}


def text() -> str:
    """The catalogue as the text of its snapshot: sorted, indented, with a line end."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(schemas(), option=options).decode()
