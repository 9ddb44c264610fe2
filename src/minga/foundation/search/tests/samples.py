"""A small index of invented procedures, and what tests need to put it there."""

from minga.foundation.search import Document, index, vocabulary
from minga.kernel.references import Reference

TITLES = (
    "Emisión de cédula de identidad por primera vez",
    "Duplicado de la cédula de identidad",
    "Renovación de la licencia de conducir",
    "Habilitación de conductores profesionales",
    "Inscripción de nacimiento",
    "Certificado de defunción",
    "Certificado de no adeudar al municipio",
    "Permiso de funcionamiento de establecimientos turísticos",
    "Matrícula de vehículos nuevos",
    "Exoneración del impuesto predial para adultos mayores",
    "Reconocimiento de títulos obtenidos en el exterior",
    "Aprobación de planos para construcción de vivienda",
)


def document(number: int, title: str, **others: object) -> Document:
    """A document of kind `tramite`, unless told otherwise."""
    values: dict[str, object] = {
        "kind": "tramite",
        "reference": Reference.of("procedure", number),
        "title": title,
        "url": f"/tramites/{number}/",
    }
    return Document(**{**values, **others})  # type: ignore[arg-type]


def fill(*documents: Document) -> None:
    """Put these in the index, or all the titles above, and learn their words."""
    index(documents or [document(number, title) for number, title in enumerate(TITLES, 1)])
    vocabulary.refresh()
