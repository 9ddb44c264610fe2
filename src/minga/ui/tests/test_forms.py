"""A Django form is drawn whole: each widget as its component, with label, hint and error tied to the field."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.template import engines
from lxml import html

from minga.ui.fields import DateField, MoneyField
from minga.ui.gallery import ExampleForm

TEMPLATE = """{% from "ui/components/form.html" import fields, error_summary %}
{{ error_summary(form) }}{{ fields(form) }}"""


class Everything(ExampleForm):
    mail = forms.EmailField(label="Correo", required=False)
    site = forms.URLField(label="Sitio", required=False, assume_scheme="https")
    amount = forms.DecimalField(label="Monto", required=False)
    notes = forms.CharField(label="Notas", widget=forms.Textarea, required=False)
    several = forms.MultipleChoiceField(label="Varios", choices=[("a", "A"), ("b", "B")], required=False)
    grouped = forms.ChoiceField(label="Grupo", choices=[("G", [("a", "A"), ("b", "B")])], required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


@pytest.fixture(scope="module")
def draw():
    template = engines["jinja2"].from_string(TEMPLATE)
    return lambda form: html.fragment_fromstring(template.render({"form": form}), create_parent="div")


def test_every_control_has_a_label_and_no_id_is_used_twice(draw):
    drawn = draw(Everything())
    ids = drawn.xpath("//@id")
    assert len(ids) == len(set(ids))
    labels = set(drawn.xpath("//label/@for"))
    for control in drawn.xpath("//input[not(@type='hidden')]|//select|//textarea"):
        assert control.get("id") in labels, html.tostring(control)


def test_every_field_of_the_form_is_sent_under_its_own_name(draw):
    names = set(draw(Everything()).xpath("//input/@name|//select/@name|//textarea/@name"))
    dates = {"published_dia", "published_mes", "published_anio"}
    assert names == (set(Everything.base_fields) - {"published"}) | dates


def test_each_error_is_at_its_field_and_in_the_summary_with_a_link_that_leads_there(draw):
    form = Everything({"published_dia": "31", "published_mes": "2", "published_anio": "2026"})
    drawn = draw(form)
    ids = set(drawn.xpath("//@id"))
    links = drawn.xpath("//div[contains(@class,'govuk-error-summary')]//a/@href")
    assert len(links) == len(form.errors)
    assert all(link.removeprefix("#") in ids for link in links)
    assert "#id_published-dia" in links
    assert len(drawn.xpath("//p[contains(@class,'govuk-error-message')]")) == len(form.errors)


def test_what_was_typed_is_shown_again(draw):
    drawn = draw(Everything({"name": 'Acuerdo "12" <b>', "kind": "d", "issuer": "p", "sectors": ["s", "t"]}))
    assert drawn.xpath("//input[@name='name']/@value") == ['Acuerdo "12" <b>']
    assert drawn.xpath("//select[@name='kind']/option[@selected]/@value") == ["d"]
    assert drawn.xpath("//input[@name='issuer'][@checked]/@value") == ["p"]
    assert drawn.xpath("//input[@name='sectors'][@checked]/@value") == ["s", "t"]


def test_a_password_is_never_sent_back(draw):
    assert not draw(Everything({"secret": "no-volver"})).xpath("//input[@name='secret']/@value[.!='']")


def test_the_lines_of_a_long_text_come_back_as_they_were_typed(draw):
    drawn = draw(Everything({"notes": "uno\n  dos\ntres", "summary": "uno\n  dos\ntres"}))
    for area in drawn.xpath("//textarea"):
        assert area.text == "uno\n  dos\ntres"


def test_optional_fields_say_so(draw):
    drawn = draw(Everything())
    assert "Correo (opcional)" in drawn.text_content()
    assert "Nombre de la norma (opcional)" not in drawn.text_content()


class Dated(forms.Form):
    day = DateField(label="Fecha", earliest=date(2000, 1, 1), latest=date(2030, 12, 31))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (("", "", ""), "required"),
        (("1", "", "2020"), "incomplete"),
        (("30", "2", "2020"), "invalid"),
        (("uno", "2", "2020"), "invalid"),
        (("1", "2", "20"), "invalid"),
        (("٣", "2", "2020"), "invalid"),
        (("1", "1", "1999"), "min"),
        (("1", "1", "2031"), "max"),
    ],
)
def test_a_wrong_date_is_refused_with_its_reason(typed, code):
    form = Dated({f"day_{part}": text for part, text in zip(("dia", "mes", "anio"), typed, strict=True)})
    assert not form.is_valid()
    assert form.errors.as_data()["day"][0].code == code


@pytest.mark.parametrize(
    "data", [{"day_dia": "4", "day_mes": "03", "day_anio": "2026"}, {"day": "2026-03-04"}]
)
def test_a_date_is_read_from_three_inputs_or_from_an_address(data):
    form = Dated(data)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == date(2026, 3, 4)


def test_a_kept_date_fills_the_three_inputs(draw):
    drawn = draw(Dated(initial={"day": date(2026, 3, 4)}))
    assert drawn.xpath("//input/@value") == ["4", "3", "2026"]


class Priced(forms.Form):
    price = MoneyField(label="Precio", required=False)


@pytest.mark.parametrize(("typed", "dollars"), [("1.234,50", "1234.50"), ("USD 7", "7.00"), ("", None)])
def test_money_is_read_as_people_write_it(typed, dollars):
    form = Priced({"price": typed})
    assert form.is_valid()
    assert form.cleaned_data["price"] == (None if dollars is None else Decimal(dollars))


def test_what_is_no_amount_is_asked_for_again_with_an_example():
    form = Priced({"price": "gratis"})
    assert not form.is_valid()
    assert "1.234,50" in form.errors["price"][0]


def test_an_amount_that_is_there_already_is_shown_as_people_write_it(draw):
    form = draw(Priced(initial={"price": Decimal("1234.5")}))
    assert form.get_element_by_id("id_price").value == "1.234,50"
