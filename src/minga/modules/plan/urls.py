"""Addresses of the plan: permanent, in Spanish."""

from django.urls import path, register_converter

from minga.modules.plan.views import norms, progress, public, reports, reviews, roadmaps, sheets, state, work


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
    path("plan/instituciones/", progress.institutions, name="institutions"),
    path("plan/instituciones/<slug:code>/", progress.institution, name="institution"),
    path("plan/hojas-de-ruta/<uuid:roadmap_id>/", progress.roadmap, name="roadmap"),
    path("plan/informes/<uuid:report_id>/", progress.report, name="report"),
    path("plan/pruebas/<uuid:evidence_id>/", progress.evidence, name="evidence"),
    path("plan/calendario/", progress.agenda, name="agenda"),
    path("plan/cronograma/", progress.chart, name="chart"),
    path("plan/estado/", state.listing, name="states"),
    path("plan/estado/<slug:period>/", state.report, name="state"),
    path("plan/estado/<slug:period>/<slug:language>.pdf", state.pdf, name="state_pdf"),
    path("plan/avance.csv", progress.progress_csv, name="progress_csv"),
    path("plan/hitos.csv", progress.milestones_csv, name="milestones_csv"),
    path("escritorio/plan/", work.listing, name="progress_work"),
    path("escritorio/plan/plazo/", reviews.deadline, name="deadline"),
    path("escritorio/plan/<code:code>/<slug:institution>/", work.part_work, name="part_work"),
    path(
        "escritorio/plan/<code:code>/<slug:institution>/hoja-de-ruta/", roadmaps.start, name="roadmap_start"
    ),
    path(
        "escritorio/plan/<code:code>/<slug:institution>/informe/<slug:period>/",
        reports.start,
        name="report_start",
    ),
    path("escritorio/plan/hojas-de-ruta/<uuid:roadmap_id>/", roadmaps.edit, name="roadmap_edit"),
    path(
        "escritorio/plan/hojas-de-ruta/<uuid:roadmap_id>/presentar/", roadmaps.submit, name="roadmap_submit"
    ),
    path(
        "escritorio/plan/hojas-de-ruta/<uuid:roadmap_id>/descartar/", roadmaps.discard, name="roadmap_discard"
    ),
    path("escritorio/plan/hojas-de-ruta/<uuid:roadmap_id>/revisar/", roadmaps.review, name="roadmap_review"),
    path(
        "escritorio/plan/hojas-de-ruta/<uuid:roadmap_id>/hitos/nuevo/",
        roadmaps.milestone_create,
        name="milestone_create",
    ),
    path(
        "escritorio/plan/hojas-de-ruta/<uuid:roadmap_id>/hitos/<uuid:key>/",
        roadmaps.milestone_edit,
        name="milestone_edit",
    ),
    path(
        "escritorio/plan/hojas-de-ruta/<uuid:roadmap_id>/hitos/<uuid:key>/quitar/",
        roadmaps.milestone_remove,
        name="milestone_remove",
    ),
    path("escritorio/plan/informes/<uuid:report_id>/", reports.edit, name="report_edit"),
    path("escritorio/plan/informes/<uuid:report_id>/presentar/", reports.submit, name="report_submit"),
    path("escritorio/plan/informes/<uuid:report_id>/descartar/", reports.discard, name="report_discard"),
    path("escritorio/plan/informes/<uuid:report_id>/revisar/", reviews.review, name="report_review"),
    path(
        "escritorio/plan/informes/<uuid:report_id>/pruebas/nueva/",
        reports.evidence_create,
        name="evidence_create",
    ),
    path("escritorio/plan/pruebas/<uuid:evidence_id>/", reports.evidence_file, name="evidence_file"),
    path(
        "escritorio/plan/pruebas/<uuid:evidence_id>/retirar/",
        reports.evidence_withdraw,
        name="evidence_withdraw",
    ),
    path("escritorio/normas/", norms.listing, name="norms"),
    path("escritorio/normas/nueva/", norms.create, name="norm_create"),
    path("escritorio/normas/<uuid:norm_id>/", norms.edit, name="norm_edit"),
    path("escritorio/normas/<uuid:norm_id>/registrar/", norms.issue, name="norm_issue"),
    path("escritorio/normas/<uuid:norm_id>/retirar/", norms.withdraw, name="norm_withdraw"),
    path("escritorio/normas/<uuid:norm_id>/descartar/", norms.discard, name="norm_discard"),
]
