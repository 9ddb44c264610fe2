"""What a steward writes about an institution, and the rules it must keep."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from minga.kernel.errors import Invalid
from minga.kernel.identifiers import check_ruc
from minga.kernel.text import BadText, clean_line, sort_key
from minga.modules.directory.models import (
    FormerCode,
    Institution,
    InstitutionFunction,
    InstitutionType,
    Place,
    PriorityGroup,
    Sector,
    Status,
)

RESERVED_CODES = frozenset({"poblacion", "nueva", "importar"})
"""Words of our own addresses, which no institution can take as its code."""

MAX_WEBSITES = 10
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_LENGTHS = {
    "name": 300,
    "acronym": 40,
    "ruc": 13,
    "email": 254,
    "phone": 60,
    "address": 300,
    "gobec_id": 20,
    "created_by": 300,
    "closed_by": 300,
    "source": 300,
}
_web_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, kw_only=True)
class Details:
    """Everything about an institution but its code and its history; other things are named by their codes."""

    name: str
    acronym: str = ""
    type: str
    function: str
    sector: str = ""
    parent: str = ""
    place: str = ""
    priority_groups: tuple[str, ...] = ()
    ruc: str = ""
    websites: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    address: str = ""
    gobec_id: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    created_by: str = ""
    closed_by: str = ""
    source: str = ""
    status: str = Status.UNVERIFIED


@dataclass
class Lookups:
    """The codes that details may name, read once for a form or a whole file."""

    sectors: frozenset[str]
    places: frozenset[str]
    groups: frozenset[str]
    ids: dict[str, UUID]
    parents: dict[UUID, UUID | None]
    former_codes: dict[str, UUID] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Lookups":
        """All of them, in five queries."""
        rows = list(Institution.objects.order_by().values_list("code", "id", "parent_id"))
        return cls(
            sectors=frozenset(Sector.objects.order_by().values_list("code", flat=True)),
            places=frozenset(Place.objects.order_by().values_list("code", flat=True)),
            groups=frozenset(PriorityGroup.objects.order_by().values_list("code", flat=True)),
            ids={code: key for code, key, _parent in rows},
            parents={key: parent for _code, key, parent in rows},
            former_codes=dict(FormerCode.objects.values_list("code", "institution_id")),
        )

    def learn(self, institution: Institution) -> None:
        """Know an institution that was registered meanwhile."""
        self.ids[institution.code] = institution.pk
        self.parents[institution.pk] = institution.parent_id

    def descends(self, key: UUID, ancestor: UUID) -> bool:
        """Whether `key` is `ancestor` or depends on it, at any distance."""
        seen: set[UUID] = set()
        step: UUID | None = key
        while step is not None and step not in seen:
            if step == ancestor:
                return True
            seen.add(step)
            step = self.parents.get(step)
        return False


Problems = dict[str, list[str]]


def details_of(institution: Institution) -> Details:
    """What is written about an institution now, to be edited."""
    values = {
        item.name: getattr(institution, item.name)
        for item in fields(Details)
        if item.name not in {"sector", "parent", "place", "priority_groups", "websites"}
    }
    return Details(
        sector=institution.sector_id or "",
        parent=institution.parent.code if institution.parent else "",
        place=institution.place_id or "",
        priority_groups=tuple(sorted(group.code for group in institution.priority_groups.all())),
        websites=tuple(institution.websites),
        **values,
    )


def settle_code(code: str, lookups: Lookups, *, of: UUID | None = None) -> str:
    """The code, or Invalid: badly written, reserved, or the present or former code of another."""
    if not _CODE.fullmatch(code):
        message = _(
            "El código lleva solo letras minúsculas sin tilde, números y guiones. Por ejemplo: mintel."
        )
    elif code in RESERVED_CODES:
        message = _("«%(code)s» es parte de una dirección del portal. Escriba otro código.") % {"code": code}
    elif lookups.ids.get(code, of) != of or lookups.former_codes.get(code, of) != of:
        message = _("El código «%(code)s» es o fue de otra institución. Escriba otro.") % {"code": code}
    else:
        return code
    raise Invalid(message, {"code": [message]})


def settle(details: Details, lookups: Lookups, *, of: UUID | None = None) -> Details:
    """The details cleaned of stray spaces and checked; Invalid names every field that breaks a rule."""
    clean, problems = _cleaned(details)
    for check in (_name_problems, _class_problems, _date_problems, _contact_problems):
        _merge(problems, check(clean))
    _merge(problems, _reference_problems(clean, lookups, of))
    if problems:
        raise Invalid(_("Revise los datos marcados."), problems)
    return clean


def settle_line(name: str, text: str, *, required: bool = False) -> str:
    """One line of text for the field `name`, cleaned; Invalid when it is missing, too long or deceptive."""
    try:
        line = clean_line(text)
    except BadText as error:
        raise Invalid(str(error), {name: [_(str(error))]}) from error
    limit = _LENGTHS.get(name, 300)
    if required and not line:
        message = _("Escriba este dato.")
    elif len(line) > limit:
        message = _("Escriba como máximo %(limit)s caracteres.") % {"limit": limit}
    else:
        return line
    raise Invalid(message, {name: [message]})


def settle_contacts(*, websites: Iterable[str], email: str, phone: str, address: str) -> dict[str, Any]:
    """The contacts as values of the Institution model; Invalid names every field that breaks a rule."""
    given = Details(
        name="-",
        type=InstitutionType.BODY,
        function=InstitutionFunction.OTHER,
        websites=tuple(websites),
        email=email,
        phone=phone,
        address=address,
    )
    clean, problems = _cleaned(given)
    _merge(problems, _name_problems(clean))
    _merge(problems, _contact_problems(clean))
    if problems:
        raise Invalid(_("Revise los datos marcados."), problems)
    return {
        "websites": list(clean.websites),
        "email": clean.email,
        "phone": clean.phone,
        "address": clean.address,
    }


def model_values(details: Details, lookups: Lookups) -> dict[str, Any]:
    """The settled details as values of the Institution model, without priority groups."""
    values: dict[str, Any] = {item.name: getattr(details, item.name) for item in fields(details)}
    del values["priority_groups"]
    values |= {
        "sector_id": values.pop("sector") or None,
        "place_id": values.pop("place") or None,
        "parent_id": lookups.ids.get(values.pop("parent")),
        "websites": list(details.websites),
        "sort_key": sort_key(details.name)[:400],
    }
    return values


def ruc_warning(ruc: str) -> str:
    """Words for a RUC that looks wrong, empty when it looks right; it never keeps anything from being saved."""
    if not ruc:
        return ""
    verdict = check_ruc(ruc)
    if not verdict.ok:
        return _("El RUC %(ruc)s no parece correcto: revise que tenga 13 dígitos y estén bien escritos.") % {
            "ruc": ruc
        }
    if verdict.warnings:
        return _("El RUC %(ruc)s es poco común: compruebe su dígito verificador y su establecimiento.") % {
            "ruc": ruc
        }
    return ""


def _cleaned(details: Details) -> tuple[Details, Problems]:
    problems: Problems = {}

    def line(name: str, value: str) -> str:
        try:
            return clean_line(value)
        except BadText as error:
            problems.setdefault(name, []).append(_(str(error)))
            return ""

    changes: dict[str, Any] = {
        item.name: line(item.name, value)
        for item in fields(details)
        if isinstance(value := getattr(details, item.name), str)
    }
    changes["websites"] = _unique(_web(line("websites", address)) for address in details.websites)
    changes["priority_groups"] = _unique(sorted(details.priority_groups))
    return replace(details, **changes), problems


def _web(address: str) -> str:
    """A bare host name, as people write it, is taken as an https address."""
    return f"https://{address}" if address and "://" not in address else address


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _merge(into: Problems, more: Mapping[str, list[str]]) -> None:
    for name, messages in more.items():
        into.setdefault(name, []).extend(messages)


def _name_problems(details: Details) -> Problems:
    problems: Problems = {}
    if not details.name:
        problems["name"] = [_("Escriba el nombre oficial de la institución.")]
    for name, limit in _LENGTHS.items():
        if len(getattr(details, name)) > limit:
            message = _("Escriba como máximo %(limit)s caracteres.") % {"limit": limit}
            problems.setdefault(name, []).append(message)
    return problems


def _class_problems(details: Details) -> Problems:
    problems: Problems = {}
    for name, choices in (("type", InstitutionType), ("function", InstitutionFunction), ("status", Status)):
        value = getattr(details, name)
        if value not in choices.values:
            words = {"value": value[:40], "allowed": ", ".join(choices.values)}
            problems[name] = [_("«%(value)s» no está en la lista: %(allowed)s.") % words]
    return problems


def _date_problems(details: Details) -> Problems:
    if details.valid_from and details.valid_until and details.valid_until <= details.valid_from:
        return {"valid_until": [_("La institución debe terminar después de haber empezado.")]}
    return {}


def _passes(check: Callable[[str], None], value: str) -> bool:
    try:
        check(value)
    except ValidationError:
        return False
    return True


def _contact_problems(details: Details) -> Problems:
    problems: Problems = {}
    if details.email and not _passes(validate_email, details.email):
        problems["email"] = [_("Escriba un correo completo, como atencion@institucion.gob.ec.")]
    wrong = [address for address in details.websites if not _passes(_web_address, address)]
    if wrong:
        problems["websites"] = [
            _("«%(value)s» no es una dirección web completa, como https://www.institucion.gob.ec.")
            % {"value": address[:80]}
            for address in wrong[:3]
        ]
    elif len(details.websites) > MAX_WEBSITES:
        problems["websites"] = [_("Escriba como máximo %(limit)s sitios.") % {"limit": MAX_WEBSITES}]
    return problems


def _reference_problems(details: Details, lookups: Lookups, of: UUID | None) -> Problems:
    problems: Problems = {}
    named = (
        ("sector", lookups.sectors, _("No existe el sector «%(code)s».")),
        ("place", lookups.places, _("No existe el lugar con código «%(code)s».")),
        ("parent", lookups.ids, _("No existe la institución «%(code)s».")),
    )
    for name, known, message in named:
        code = getattr(details, name)
        if code and code not in known:
            problems[name] = [message % {"code": code[:64]}]
    unknown = [code for code in details.priority_groups if code not in lookups.groups]
    if unknown:
        message = _("No existe el grupo prioritario «%(code)s».") % {"code": unknown[0][:64]}
        problems["priority_groups"] = [message]
    parent = lookups.ids.get(details.parent)
    if parent and of and lookups.descends(parent, of):
        problems["parent"] = [
            _("Una institución no puede depender de sí misma ni de una que depende de ella.")
        ]
    return problems
