"""Forms that change one institution; whoever saves second is told, and keeps their text."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from minga.kernel.actors import Role
from minga.kernel.errors import Conflict, Invalid, NotFound
from minga.modules.directory import actions, queries
from minga.modules.directory.forms import (
    CloseForm,
    ContactForm,
    DetailsForm,
    Periods,
    RegisterForm,
    RenameForm,
    SuccessionForm,
    initial_periods,
)
from minga.modules.directory.models import Institution, Register
from minga.modules.directory.views.workplace import find, require_keeper
from minga.ui import formats
from minga.ui.forms import error_list
from minga.ui.http import EDIT_FIELD, actor_of, page, render, show_invalid

Form = forms.BaseForm | forms.BaseFormSet  # type: ignore[type-arg]


@page(queries=40)
def register(request: HttpRequest) -> HttpResponse:
    """Enter a new institution."""
    actor = actor_of(request)
    actor.require(Role.STEWARD)
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.register_institution(
                code=form.cleaned_data["code"], details=form.details(), actor=actor
            )
        except Invalid as error:
            show_invalid(form, error)
        else:
            return _done(request, made, _("La institución quedó registrada."))
    context = {"form": form, "title": _("Registrar una institución"), "profile": None}
    return render(request, "directory/edit.html", context, status=422 if form.errors else 200)


@page(queries=40)
def details(request: HttpRequest, code: str) -> HttpResponse:
    """Put an institution's details right."""
    profile = _for_steward(request, code)
    form = DetailsForm(request.POST or None, initial=vars(actions.details_of(profile.institution)))
    hint = _("Aquí se corrigen errores. Un cambio oficial de nombre o un cierre tienen su propia página.")

    def act(version: int) -> Institution:
        return actions.change_details(
            id=profile.institution.pk, details=form.details(), version=version, actor=actor_of(request)
        )

    return _edit(
        request,
        profile,
        form,
        act,
        title=_("Corregir los datos"),
        said=_("Los datos quedaron guardados."),
        hint=hint,
    )


@page(queries=30)
def contacts(request: HttpRequest, code: str) -> HttpResponse:
    """Bring an institution's contacts up to date."""
    profile = find(code)
    require_keeper(actor_of(request), profile)
    held = profile.institution
    initial = {name: getattr(held, name) for name in ContactForm.base_fields}
    form = ContactForm(request.POST or None, initial=initial)

    def act(version: int) -> Institution:
        return actions.change_contacts(
            id=held.pk, version=version, actor=actor_of(request), **form.cleaned_data
        )

    return _edit(
        request, profile, form, act, title=_("Datos de contacto"), said=_("Los contactos quedaron guardados.")
    )


@page(queries=40)
def rename(request: HttpRequest, code: str) -> HttpResponse:
    """Give an institution a new official name."""
    profile = _for_steward(request, code)
    form = RenameForm(request.POST or None, initial={"code": profile.institution.code})

    def act(version: int) -> Institution:
        return actions.rename_institution(
            id=profile.institution.pk, version=version, actor=actor_of(request), **form.cleaned_data
        )

    return _edit(
        request, profile, form, act, title=_("Cambiar de nombre"), said=_("El nombre nuevo quedó registrado.")
    )


@page(queries=40)
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Let an institution end."""
    profile = _for_steward(request, code)
    form = CloseForm(request.POST or None)

    def act(version: int) -> Institution:
        return actions.close_institution(
            id=profile.institution.pk, version=version, actor=actor_of(request), **form.cleaned_data
        )

    return _edit(
        request,
        profile,
        form,
        act,
        title=_("Registrar el cierre"),
        said=_("El cierre quedó registrado."),
        warning=True,
    )


@page(queries=40)
def succession(request: HttpRequest, code: str) -> HttpResponse:
    """Note which institution takes over from this one."""
    profile = _for_steward(request, code)
    form = SuccessionForm(request.POST or None, code=profile.institution.code)

    def act(version: int) -> Institution:
        return actions.succeed(
            id=profile.institution.pk, version=version, actor=actor_of(request), **form.cleaned_data
        )

    return _edit(
        request,
        profile,
        form,
        act,
        title=_("Pasar su trabajo a otra institución"),
        said=_("La sucesión quedó registrada."),
    )


@page(queries=40)
def periods(request: HttpRequest, code: str, register: str) -> HttpResponse:
    """State in which periods an institution belongs to a register."""
    if register not in actions.DECLARED:
        raise NotFound(_("Ese registro no existe o no se declara a mano."))
    profile = _for_steward(request, code)
    form: Any = Periods(request.POST or None, initial=initial_periods(profile.stays, register), prefix="p")

    def act(version: int) -> Institution:
        return actions.declare_population(
            id=profile.institution.pk,
            register=register,
            periods=form.periods(),
            version=version,
            actor=actor_of(request),
        )

    return _edit(
        request,
        profile,
        form,
        act,
        title=str(Register(register).label),
        said=_("Los períodos quedaron guardados."),
    )


def _for_steward(request: HttpRequest, code: str) -> queries.Profile:
    actor_of(request).require(Role.STEWARD)
    return find(code)


def _done(request: HttpRequest, institution: Institution, said: str) -> HttpResponse:
    messages.success(request, said)
    warning = actions.ruc_warning(institution.ruc)
    if warning:
        messages.warning(request, warning)
    return redirect("directory:work_institution", code=institution.code)


def _edit(
    request: HttpRequest,
    profile: queries.Profile,
    form: Form,
    act: Callable[[int], Institution],
    *,
    title: str,
    said: str,
    hint: str = "",
    warning: bool = False,
) -> HttpResponse:
    """Show the form, or act on it and go back; a refusal or a meeting edit keeps what was typed."""
    status, meanwhile, version = 200, None, profile.institution.version
    if request.method == "POST":
        status, version = 422, _version_read(request)
        if form.is_valid():
            try:
                return _done(request, act(version), said)
            except Invalid as error:
                _show(form, error)
            except Conflict as error:
                _show(form, error)
                status, profile = 409, find(profile.institution.code)
                version = profile.institution.version
                meanwhile = _meanwhile(profile, form)
    context = {
        "form": form,
        "formset": form if isinstance(form, forms.BaseFormSet) else None,
        "problems": _formset_problems(form) if isinstance(form, forms.BaseFormSet) else [],
        "meanwhile": meanwhile,
        "profile": profile,
        "version": version,
        "title": title,
        "hint": hint,
        "warning": warning,
    }
    return render(request, "directory/edit.html", context, status=status)


def _meanwhile(profile: queries.Profile, form: Form) -> list[dict[str, dict[str, str]]]:
    """What the register says now, where it differs from what this editor typed."""
    held = vars(actions.details_of(profile.institution))
    typed = getattr(form, "cleaned_data", {})
    shared = [name for name in held if name in typed and typed[name] != held[name]]
    labels = DetailsForm.base_fields
    return [
        {"key": {"text": str(labels[name].label)}, "value": {"text": _written(held[name])}}
        for name in shared or ("name", "acronym", "valid_from", "valid_until")
    ]


def _written(value: object) -> str:
    if isinstance(value, date):
        return formats.day(value)
    return ", ".join(value) if isinstance(value, tuple) else str(value or "—")


def _formset_problems(formset: Any) -> list[dict[str, str]]:
    listed = [{"text": str(words)} for words in formset.non_form_errors()]
    return listed + [problem for form in formset for problem in error_list(form)]


def _version_read(request: HttpRequest) -> int:
    """The version that the form was opened on; one that is no number meets every other edit."""
    told = request.POST.get(EDIT_FIELD, "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0


def _show(form: Form, problem: Invalid | Conflict) -> None:
    """Put the refusal on the form, where there is a place for it."""
    if isinstance(form, forms.BaseFormSet):
        form.non_form_errors().append(problem.message)
    elif isinstance(problem, Invalid):
        show_invalid(form, problem)
    else:
        form.add_error(None, problem.message)
