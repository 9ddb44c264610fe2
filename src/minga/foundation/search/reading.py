"""How a text becomes words: the same way for documents and questions, whatever the database's collation.

PostgreSQL's own parser depends on the locale (with C it neither lowers «Á» nor parts «¿» from a word) and
reads addresses, paths and hyphens in its own manner, so it is only ever given plain lower-case words.
"""

import re
import unicodedata

from minga.kernel.text import fold

LONGEST_WORD = 60
LONGEST_TEXT = 200_000
LONGEST_QUESTION = 500
MOST_WORDS = 32
FILLERS = frozenset(
    {
        "quiero",
        "queremos",
        "quisiera",
        "necesito",
        "necesitamos",
        "puedo",
        "podemos",
        "debo",
        "hago",
        "hacer",
        "hacen",
        "saber",
        "favor",
        "gracias",
        "cuanto",
        "cuesta",
        "pasos",
        "tramite",
        "tramites",
    }
)
"""folded words that people put around what they look for"""
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of a text in their order: lower case, with accents; letters and digits only."""
    composed = unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).lower()
    return [found[:LONGEST_WORD] for found in _WORD.findall(composed)]


def plain(text: str) -> str:
    """The words of a text with single spaces between them: all that PostgreSQL's parser is given."""
    return " ".join(words(text))


def folded(text: str) -> str:
    """Like `plain`, without accents."""
    return plain(fold(text[:LONGEST_TEXT]))


def question_words(text: str) -> list[str]:
    """The words of a question, each once, in their order; what exceeds a long question is left out.

    Words such as «quiero» go, unless there are no others.
    """
    every = list(dict.fromkeys(words(text[:LONGEST_QUESTION])))[:MOST_WORDS]
    return [word for word in every if fold(word) not in FILLERS] or every
