"""Search's work in the background."""

from minga.foundation.jobs import job
from minga.foundation.search import counting, vocabulary


@job("search.vocabulary", every="*/10 * * * *")
def refresh_vocabulary(timestamp: int) -> None:
    """Count the words of the titles again, so that new ones are known and mended to."""
    vocabulary.refresh()


@job("search.forget", every="40 8 * * *")
def forget_questions(timestamp: int) -> None:
    """Drop the counts of questions that are old or rare."""
    counting.forget()
