"""Addresses of the plan: permanent, in Spanish."""

from django.urls import path, register_converter

from minga.modules.plan.views import norms, public, sheets


class CodeConverter:
    """A code of the plan, such as P1, E14, 12.5 or V1."""

    regex = r"[A-Z]?[0-9]{1,2}(?:\.[0-9]{1,2})?"

    def to_python(self, value: str) -> str:
        """The code as the plan writes it."""
        return value

    def to_url(self, value: str) -> str:
        """The code in an address."""
        return value


register_converter(CodeConverter, "code")
app_name = "plan"
urlpatterns = [
    path("plan/", public.overview, name="overview"),
    path("plan.json", public.plan_json, name="plan_json"),
    path("plan/indicadores.csv", public.indicators_csv, name="indicators_csv"),
    path("plan/programas/<code:code>/", public.programme, name="programme"),
    path("plan/estrategias/<code:code>/", public.strategy, name="strategy"),
    path("plan/iniciativas/<code:code>/", public.initiative, name="initiative"),
    path("plan/indicadores/<code:code>/", public.indicator, name="indicator"),
    path("plan/indicadores/<code:code>.csv", public.indicator_csv, name="indicator_csv"),
    path("plan/indicadores/<code:code>.json", public.indicator_json, name="indicator_json"),
    path("plan/indicadores/<code:code>/ficha/", sheets.sheet, name="sheet"),
    path("plan/indicadores/<code:code>/ficha.pdf", sheets.sheet_pdf, name="sheet_pdf"),
    path("plan/indicadores/<code:code>/ficha.json", sheets.sheet_json, name="sheet_json"),
    path("plan/indicadores/<code:code>/ficha/<int:number>/", sheets.sheet, name="sheet_version"),
    path("plan/indicadores/<code:code>/ficha/<int:number>.pdf", sheets.sheet_pdf, name="sheet_version_pdf"),
    path(
        "plan/indicadores/<code:code>/ficha/<int:number>.json", sheets.sheet_json, name="sheet_version_json"
    ),
    path("plan/hechos/<int:position>/", public.act, name="act"),
    path("plan/normas/<uuid:norm_id>/", public.norm, name="norm"),
    path("plan/normas/<uuid:norm_id>/documento/", public.norm_document, name="norm_document"),
    path("escritorio/normas/", norms.listing, name="norms"),
    path("escritorio/normas/nueva/", norms.create, name="norm_create"),
    path("escritorio/normas/<uuid:norm_id>/", norms.edit, name="norm_edit"),
    path("escritorio/normas/<uuid:norm_id>/registrar/", norms.issue, name="norm_issue"),
    path("escritorio/normas/<uuid:norm_id>/retirar/", norms.withdraw, name="norm_withdraw"),
    path("escritorio/normas/<uuid:norm_id>/descartar/", norms.discard, name="norm_discard"),
]
