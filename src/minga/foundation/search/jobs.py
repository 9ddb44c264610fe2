"""Search's work in the background."""

from minga.foundation.jobs import job
from minga.foundation.search import counting, vocabulary
from minga.kernel.text import N_


@job("search.vocabulary", title=N_("Aprende palabras nuevas para el buscador"), every="*/10 * * * *")
def refresh_vocabulary(timestamp: int) -> None:
    """Count the words of the titles again, so that new ones are known and mended to."""
    vocabulary.refresh()


@job("search.forget", title=N_("Borra preguntas antiguas del buscador"), every="40 8 * * *")
def forget_questions(timestamp: int) -> None:
    """Drop the counts of questions that are old or rare."""
    counting.forget()
