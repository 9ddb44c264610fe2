"""Counting what people ask, to learn which words the index lacks. Nothing about who asked is kept."""

import re
from datetime import timedelta

from django.db import connection

from minga.foundation.search.reading import folded
from minga.kernel.clock import today

LONGEST_KEPT = 80
KEPT_DAYS = 365
RARE_DAYS = 30
RARE = 3
_PERSONAL = re.compile(r"@|(?:\d[\s.\-/]{0,2}){6}")


def count(text: str, found: int) -> bool:
    """Add one to today's count of a question that found this many; says whether it was kept.

    Kept are the folded words only. A question with an «@» or six digits nearly together is not kept: it may
    hold an address, an identity card or a telephone number.
    """
    words = folded(text[:LONGEST_KEPT])
    if not words or _PERSONAL.search(text):
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO search_count (day, words, times, found) VALUES (%s, %s, 1, %s)
            ON CONFLICT (day, words) DO UPDATE
            SET times = search_count.times + 1, found = greatest(search_count.found, EXCLUDED.found)
            """,
            [today(), words, found],
        )
    return True


def forget() -> int:
    """Drop counts older than a year, and after a month those of questions asked fewer than three times."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM search_count WHERE day < %(old)s OR (day < %(recent)s AND words IN (
                SELECT words FROM search_count GROUP BY words HAVING sum(times) < %(rare)s))
            """,
            {
                "old": today() - timedelta(days=KEPT_DAYS),
                "recent": today() - timedelta(days=RARE_DAYS),
                "rare": RARE,
            },
        )
        return int(cursor.rowcount)
