"""What search costs and how well it finds, over 5,000 documents.

With the folder `shared/data` beside the project (or in `MINGA_BENCH_DATA`) the titles are the 4,211 of the GOB.EC
index and 20 questions have graded answers; without it, titles are generated and only times are measured. Times are CPU.
"""

import csv
import json
import math
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.table import Row
from minga.kernel.references import Reference

DOCUMENTS, KNOWN, SENTENCES = 5_000, 288, 15
_DATA = Path(os.environ.get("MINGA_BENCH_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")
_ACTS = (
    "Emisión de certificado de",
    "Inscripción de",
    "Renovación del permiso de",
    "Registro de",
    "Autorización de",
    "Duplicado de",
    "Actualización de",
    "Exoneración de",
    "Aprobación de",
    "Consulta de",
    "Devolución de",
    "Cancelación de",
    "Inspección de",
)
_THINGS = (
    "vehículo",
    "licencia",
    "predio",
    "establecimiento turístico",
    "nacimiento",
    "defunción",
    "título profesional",
    "patente",
    "vivienda",
    "acometida de agua potable",
    "publicidad exterior",
    "importación de medicamentos",
    "embarcación",
    "concesión de riego",
    "evento público",
    "plaguicidas",
    "marca",
    "obra menor",
    "residuos peligrosos",
    "personal docente",
    "pensión",
    "cooperativa",
)
_TAILS = (
    "para personas naturales",
    "para personas jurídicas",
    "por primera vez",
    "en línea",
    "de menores de edad",
    "en el exterior",
    "con discapacidad",
    "de adultos mayores",
    "en zona rural",
    "en el casco histórico",
    "por pérdida",
    "de oficio",
    "con inspección",
)


@dataclass(frozen=True)
class Title:
    """One thing to find."""

    address: str
    title: str
    institution: str = ""
    body: str = ""


def measure(quick: bool) -> Iterator[Row]:
    """Index, ask and compare; everything that was in this instance's index before is taken out."""
    chance = random.Random(20181)  # noqa: S311 - a repeatable sample
    real = list(_real())
    if real:
        _fill(real)
        yield Row("search: nDCG@10 of 20 graded questions", "", _graded(), 0.786, at_least=True)
    titles = real + [_invented(number, chance) for number in range(DOCUMENTS - len(real))]
    sample = chance.sample(real or titles, KNOWN // 4 if quick else KNOWN)
    clean = [" ".join(chance.sample(_long(each.title), 3)) for each in sample]
    typos = [_with_typo(question, chance) for question in clean]
    if real:
        yield Row("search: known title found by three words", "", _found(sample, clean), 0.95, at_least=True)
        yield Row("search: the same with one typo", "", _found(sample, typos), 0.9, at_least=True)
    _fill([replace(each, body=_body(titles, chance)) for each in titles])
    times = sorted(_milliseconds([*clean, *typos, *[each["q"] for each in _questions()]]))
    yield Row(
        f"search over {DOCUMENTS:,} documents: half of the questions", "ms", statistics.median(times), 15
    )
    yield Row(f"search over {DOCUMENTS:,} documents: p95", "ms", times[int(len(times) * 0.95)], 20)
    times = sorted(_typing([each[:9] for each in clean]))
    yield Row("suggestions while typing: p95", "ms", times[int(len(times) * 0.95)], 20)


def _real() -> Iterator[Title]:
    index, names = _DATA / "gobec/tramites_indice.jsonl", _DATA / "gobec/instituciones.csv"
    if not index.exists():
        return
    with names.open(encoding="utf-8") as file:
        known = {row["slug"]: row["nombre_si_conocido"] for row in csv.DictReader(file)}
    with index.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            slug = row["institucion_slug"]
            yield Title(
                f"{slug}/tramites/{row['slug']}", row["titulo"], f"{known.get(slug) or ''} {slug}".strip()
            )


def _invented(number: int, chance: random.Random) -> Title:
    words = (chance.choice(_ACTS), chance.choice(_THINGS), chance.choice(_TAILS))
    return Title(f"inventado/tramites/{number}", " ".join(words), f"Institución {number % 97}")


def _body(titles: Sequence[Title], chance: random.Random) -> str:
    """Text with the words of titles, common ones as common as there."""
    return ". ".join(chance.choice(titles).title for _sentence in range(SENTENCES))


def _fill(titles: Sequence[Title]) -> None:
    from django.db import connection

    from minga.foundation.search import Document, index, vocabulary
    from minga.foundation.search.actions import load_synonyms
    from minga.foundation.search.models import SearchDocument

    SearchDocument.objects.all().delete()
    load_synonyms()
    index(
        Document(
            kind="tramite",
            reference=Reference.of("benchmark", number),
            title=each.title,
            url=f"/{each.address}",
            institution=each.institution,
            body=each.body,
        )
        for number, each in enumerate(titles)
    )
    vocabulary.refresh()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE search_document, search_word")


def _questions() -> list[dict[str, Any]]:
    path = _DATA / "search/consultas_desarrollo.json"
    if not path.exists():
        return []
    questions: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return questions


def _graded() -> float:
    """Mean nDCG@10 with linear gain and logarithmic discount (Järvelin and Kekäläinen 2002)."""
    from minga.foundation.search import search

    scores = []
    for question in _questions():
        grades = question["judgements"]
        found = [grades.get(hit.url[1:], 0) for hit in search(question["q"]).hits]
        scores.append(_gain(found) / _gain(sorted(grades.values(), reverse=True)[:10]))
    return statistics.mean(scores)


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(place + 2) for place, grade in enumerate(grades))


def _found(titles: Sequence[Title], questions: Sequence[str]) -> float:
    """Share of the titles that are among the first ten of their question."""
    from minga.foundation.search import search

    met = (
        any(hit.title == each.title for hit in search(question).hits)
        for each, question in zip(titles, questions, strict=True)
    )
    return sum(met) / len(titles)


def _long(title: str) -> list[str]:
    words = [word for word in title.split() if len(word) > 4 and word.isalpha()]
    return words if len(words) > 2 else title.split() * 3


def _with_typo(question: str, chance: random.Random) -> str:
    """The question with a letter lost, doubled, swapped or replaced inside its longest word."""
    word = max(question.split(), key=len)
    at = chance.randrange(1, max(2, len(word) - 1))
    wrong = chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at - 1] + word[at:],
            word[: at - 1] + word[at : at + 1] + word[at - 1] + word[at + 1 :],
            word[:at] + chance.choice("aeioubcdlmnprst") + word[at + 1 :],
        )
    )
    return question.replace(word, wrong, 1)


def _milliseconds(questions: Sequence[str]) -> Iterator[float]:
    """The best of three times for each question: what other programs take of the machine is left out."""
    from minga.foundation.search import search

    for question in questions:
        yield min(_took(search, question) for _again in range(3))


def _typing(beginnings: Sequence[str]) -> Iterator[float]:
    from minga.foundation.search import suggest

    for typed in beginnings:
        yield min(_took(suggest, typed) for _again in range(3))


def _took(ask: Callable[[str], object], text: str) -> float:
    """CPU milliseconds of this process and of the database's for us; by the clock where the latter is not told."""
    from django.db import connection

    connection.ensure_connection()
    database = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    local = database.exists()
    began = time.process_time_ns() + _running(database) if local else time.perf_counter_ns()
    ask(text)
    ended = time.process_time_ns() + _running(database) if local else time.perf_counter_ns()
    return (ended - began) / 1e6


def _running(schedule: Path) -> int:
    """Nanoseconds that a process has been running (first field of its `schedstat`)."""
    return int(schedule.read_text(encoding="ascii").split()[0])
