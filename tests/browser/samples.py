"""An address for every named URL, with who may open it: what the sweep visits and the pictures show."""

from dataclasses import dataclass
from enum import StrEnum

LANGUAGES = ("es", "en", "qu")


class Kind(StrEnum):
    """What answers at an address."""

    PAGE = "page"
    FILE = "file"
    """something to download or for programs: no page to look at"""
    POST = "post"
    """only takes what a form sends"""


@dataclass(frozen=True)
class Sample:
    """One address of a named URL; `{names}` in it come from the scenery."""

    name: str
    address: str
    role: str = ""
    status: int = 200
    kind: Kind = Kind.PAGE
    why: str = ""
    """For what is no page: what it is instead."""
    state: str = ""
    """What is special about this one, when the URL has several samples."""
    languages: tuple[str, ...] = LANGUAGES
    sent: bool = False
    """Whether the page's form is sent as it stands, to see its complaints."""

    @property
    def label(self) -> str:
        """How a test's name calls it."""
        return f"{self.name} {self.state}".strip().replace(" ", "-")

    def path(self, things: dict[str, str]) -> str:
        """The address with the scenery's ids."""
        return self.address.format_map(things)


def _empty(name: str, address: str, role: str = "") -> Sample:
    """A form sent empty: in Spanish, as its complaints are made of the same parts in all languages."""
    return Sample(name, address, role, 422, state="sent empty", languages=("es",), sent=True)


def _file(name: str, address: str, why: str, role: str = "") -> Sample:
    return Sample(name, address, role, kind=Kind.FILE, why=why)


def _post(name: str, address: str, role: str, why: str) -> Sample:
    return Sample(name, address, role, kind=Kind.POST, why=why)


_SITE = (
    Sample("site:home", "/"),
    Sample("site:search", "/buscar/?q=ministerio+de+trabajo"),
    Sample("site:search", "/buscar/", state="without a question", languages=("es",)),
    Sample("site:search", "/buscar/?q=xqzwv", state="nothing found", languages=("es",)),
    Sample("site:search", "/buscar/?q=canton&pagina=2", state="second page", languages=("es",)),
    _file(
        "site:suggestions", "/buscar/sugerencias?q=min", "a piece of a page, for the script of the search box"
    ),
    Sample("site:workplace", "/escritorio/", "editor"),
    Sample("site:workplace", "/escritorio/", "steward", state="of a steward", languages=("es",)),
    Sample("site:workplace", "/escritorio/", "approver", state="of an approver", languages=("es",)),
    Sample("site:calendar", "/calendario/"),
    Sample("site:calendar", "/calendario/?fecha=2026-04-01&dias=15&canton=1701", state="with an answer"),
    Sample("site:calendar", "/calendario/?fecha=2026-02-31&dias=x", state="with errors", languages=("es",)),
    Sample("site:facts", "/hechos/"),
    _file("site:fact_schemas", "/hechos/catalogo.json", "JSON Schema for programs"),
    Sample("site:opinion", "/opinion/?pagina={judged}&sirve=no"),
    _empty("site:opinion", "/opinion/?pagina={judged}"),
    Sample("site:opinion_thanks", "/opinion/gracias/?pagina={judged}"),
    Sample("site:privacy", "/privacidad/"),
    _file("site:robots", "/robots.txt", "text for search engines"),
    _file("site:sitemap", "/sitemap.xml", "XML for search engines"),
    _file("site:favicon", "/favicon.ico", "leads to the mark, an image"),
    _file("site:security", "/.well-known/security.txt", "text for whoever finds a hole"),
    _file("site:alive", "/salud/vivo", "JSON for supervisors"),
    _file("site:ready", "/salud/listo", "JSON for supervisors"),
)

_ADMINISTRATION = (
    Sample("administration:calendar", "/escritorio/calendario/", "steward"),
    Sample(
        "administration:calendar",
        "/escritorio/calendario/?retirados=1",
        "auditor",
        state="with the withdrawn",
        languages=("es",),
    ),
    Sample("administration:calendar_declare", "/escritorio/calendario/nuevo/", "steward"),
    _empty("administration:calendar_declare", "/escritorio/calendario/nuevo/", "steward"),
    Sample("administration:calendar_amend", "/escritorio/calendario/{day}/", "steward"),
    Sample("administration:calendar_withdraw", "/escritorio/calendario/{day}/retirar/", "steward"),
    Sample("administration:synonyms", "/escritorio/sinonimos/", "steward"),
    Sample("administration:synonyms_create", "/escritorio/sinonimos/nuevo/", "steward"),
    _empty("administration:synonyms_create", "/escritorio/sinonimos/nuevo/", "steward"),
    Sample("administration:synonyms_edit", "/escritorio/sinonimos/{synonyms}/", "steward"),
    Sample("administration:opinions", "/escritorio/opiniones/", "steward"),
    Sample("administration:opinion_comments", "/escritorio/opiniones/instituciones/mintel/", "steward"),
    _post(
        "administration:opinion_erase",
        "/escritorio/opiniones/texto/{opinion}/borrar/",
        "steward",
        "a button beside each text",
    ),
    Sample(
        "administration:opinion_comments",
        "/escritorio/opiniones/instituciones/mdt/",
        "steward",
        state="without comments",
        languages=("es",),
    ),
)

_WORK = (
    Sample("site:workplace", "/escritorio/", "administrator", state="of an administrator", languages=("es",)),
    Sample("site:workplace", "/escritorio/", "head", state="of a head", languages=("es",)),
    Sample(
        "site:workplace", "/escritorio/?vence=vencidas", "editor", state="nothing late", languages=("es",)
    ),
    Sample("administration:jobs", "/escritorio/trabajos/", "administrator"),
    Sample("administration:jobs", "/escritorio/trabajos/", "auditor", state="to read", languages=("es",)),
    Sample(
        "administration:jobs",
        "/escritorio/trabajos/?tarea=search.vocabulary",
        "administrator",
        state="of one kind",
        languages=("es",),
    ),
    Sample("administration:job_discard", "/escritorio/trabajos/{failed_job}/descartar/", "administrator"),
    _post(
        "administration:job_retry",
        "/escritorio/trabajos/{failed_job}/retomar/",
        "administrator",
        "a button beside each failed job",
    ),
    _post(
        "administration:jobs_retry",
        "/escritorio/trabajos/retomar/",
        "administrator",
        "a button above the failed jobs of one kind",
    ),
    Sample("administration:audit", "/escritorio/auditoria/", "auditor"),
    Sample(
        "administration:audit",
        "/escritorio/auditoria/?hecho=plan.norm.issued&institucion=mdt&desde=2026-01-01",
        "auditor",
        state="filtered",
        languages=("es",),
    ),
    Sample(
        "administration:audit",
        "/escritorio/auditoria/?hasta=2001-01-01",
        "auditor",
        state="nothing found",
        languages=("es",),
    ),
    Sample(
        "administration:audit",
        "/escritorio/auditoria/?autor=nadie&desde=2026-02-31",
        "auditor",
        422,
        state="with errors",
        languages=("es",),
    ),
    Sample("administration:audit_fact", "/escritorio/auditoria/{act}/", "auditor"),
    _file("administration:audit_export", "/escritorio/auditoria/hechos.csv", "CSV to download", "auditor"),
    _post("administration:audit_person", "/escritorio/auditoria/persona/", "auditor", "a form on the list"),
    _post(
        "administration:audit_prove", "/escritorio/auditoria/comprobar/", "auditor", "a button on the list"
    ),
    _post(
        "administration:audit_names",
        "/escritorio/auditoria/{act}/nombres/",
        "auditor",
        "a button on the fact's page",
    ),
)

_DIRECTORY = (
    Sample("directory:institutions", "/instituciones/?tipo=ministerio"),
    Sample("directory:institutions", "/instituciones/", state="all", languages=("es",)),
    Sample("directory:institutions", "/instituciones/?q=xqzwv", state="nothing found", languages=("es",)),
    Sample(
        "directory:institutions", "/instituciones/?fecha=2018-02-30", state="wrong date", languages=("es",)
    ),
    Sample("directory:institution", "/instituciones/mintel/"),
    Sample("directory:institution", "/instituciones/caces/", state="renamed", languages=("es",)),
    Sample("directory:institution", "/instituciones/arconel/", state="closed", languages=("es",)),
    Sample("directory:population", "/instituciones/poblacion/?registro=apc_priority&fecha=2020-06-30"),
    Sample(
        "directory:population",
        "/instituciones/poblacion/?fecha=2001-01-01",
        state="nobody",
        languages=("es",),
    ),
    Sample("directory:territory", "/territorio/"),
    Sample("directory:place", "/territorio/17/"),
    Sample("directory:place", "/territorio/1701/", state="canton", languages=("es",)),
    Sample("directory:work", "/escritorio/instituciones/?q=ministerio", "steward"),
    Sample("directory:work", "/escritorio/instituciones/", "head", state="of a head", languages=("es",)),
    Sample("directory:register", "/escritorio/instituciones/nueva/", "steward"),
    _empty("directory:register", "/escritorio/instituciones/nueva/", "steward"),
    Sample("directory:import", "/escritorio/instituciones/importar/", "steward"),
    _empty("directory:import", "/escritorio/instituciones/importar/", "steward"),
    Sample("directory:import_review", "/escritorio/instituciones/importar/{draft_file}/", "steward"),
    Sample("directory:work_institution", "/escritorio/instituciones/mdt/", "steward"),
    Sample(
        "directory:work_institution",
        "/escritorio/instituciones/mdt/",
        "approver",
        state="of an approver",
        languages=("es",),
    ),
    Sample("directory:details", "/escritorio/instituciones/mintel/datos/", "steward"),
    Sample("directory:contacts", "/escritorio/instituciones/mdt/contacto/", "head"),
    Sample("directory:rename", "/escritorio/instituciones/mintel/nombre/", "steward"),
    _empty("directory:rename", "/escritorio/instituciones/mintel/nombre/", "steward"),
    Sample("directory:close", "/escritorio/instituciones/mintel/cierre/", "steward"),
    _empty("directory:close", "/escritorio/instituciones/mintel/cierre/", "steward"),
    Sample("directory:succession", "/escritorio/instituciones/mintel/sucesion/", "steward"),
    _empty("directory:succession", "/escritorio/instituciones/mintel/sucesion/", "steward"),
    Sample("directory:periods", "/escritorio/instituciones/mintel/registros/apc/", "steward"),
)

_IDENTITY = (
    Sample("identity:sign_in", "/ingresar/"),
    _empty("identity:sign_in", "/ingresar/"),
    _post("identity:sign_out", "/salir/", "editor", "a button on the account's page"),
    Sample("identity:account", "/cuenta/", "editor"),
    _post("identity:language", "/cuenta/idioma/", "editor", "a form on the account's page"),
    Sample("identity:password", "/cuenta/contrasena/", "editor"),
    _empty("identity:password", "/cuenta/contrasena/", "editor"),
    Sample("identity:sessions", "/cuenta/sesiones/", "editor"),
    _post(
        "identity:close_others",
        "/cuenta/sesiones/cerrar-las-demas/",
        "editor",
        "a button on the page of sessions",
    ),
    _post(
        "identity:close_session",
        "/cuenta/sesiones/{account}/cerrar/",
        "editor",
        "a button beside each session",
    ),
    Sample("identity:officials", "/escritorio/personas/", "head"),
    Sample("identity:officials", "/escritorio/personas/", "steward", state="of a steward", languages=("es",)),
    Sample("identity:appoint", "/escritorio/personas/nombrar/", "head"),
    _empty("identity:appoint", "/escritorio/personas/nombrar/", "head"),
    Sample("identity:new_account", "/escritorio/personas/abrir-cuenta/", "head"),
    _empty("identity:new_account", "/escritorio/personas/abrir-cuenta/", "head"),
    Sample("identity:end_post", "/escritorio/personas/puestos/{post}/terminar/", "head"),
    _post(
        "identity:suspend",
        "/escritorio/personas/{account}/suspender/",
        "steward",
        "a button beside each person",
    ),
    _post(
        "identity:reinstate",
        "/escritorio/personas/{account}/reactivar/",
        "steward",
        "a button beside each suspended person",
    ),
)

_PLAN = (
    Sample("plan:overview", "/plan/"),
    _file("plan:plan_json", "/plan.json", "JSON for programs"),
    _file("plan:indicators_csv", "/plan/indicadores.csv", "CSV for spreadsheets"),
    Sample("plan:programme", "/plan/programas/P1/"),
    Sample("plan:strategy", "/plan/estrategias/E12/"),
    Sample("plan:initiative", "/plan/iniciativas/12.2/"),
    Sample("plan:initiative", "/plan/iniciativas/1.2/", state="without a norm", languages=("es",)),
    Sample("plan:indicator", "/plan/indicadores/15/"),
    Sample("plan:indicator", "/plan/indicadores/2/", state="without a source", languages=("es",)),
    Sample("plan:indicator", "/plan/indicadores/15/?fecha=2020-01-01", state="as known", languages=("es",)),
    Sample("plan:indicator", "/plan/indicadores/15/?fecha=2020-02-31", state="wrong date", languages=("es",)),
    _file("plan:indicator_csv", "/plan/indicadores/15.csv", "CSV for spreadsheets"),
    _file("plan:indicator_json", "/plan/indicadores/15.json", "JSON for programs"),
    Sample("plan:act", "/plan/hechos/{act}/"),
    Sample("plan:norm", "/plan/normas/{issued}/"),
    Sample("plan:norm", "/plan/normas/{withdrawn}/", state="withdrawn", languages=("es",)),
    _file("plan:norm_document", "/plan/normas/{issued}/documento/", "the norm's own PDF"),
    Sample("plan:norms", "/escritorio/normas/", "editor"),
    Sample("plan:norms", "/escritorio/normas/?estado=withdrawn", "editor", state="none", languages=("es",)),
    Sample("plan:norm_create", "/escritorio/normas/nueva/", "editor"),
    _empty("plan:norm_create", "/escritorio/normas/nueva/", "editor"),
    Sample("plan:norm_edit", "/escritorio/normas/{draft}/", "editor"),
    Sample(
        "plan:norm_edit", "/escritorio/normas/{draft}/", "approver", state="to approve", languages=("es",)
    ),
    Sample("plan:norm_edit", "/escritorio/normas/{issued}/", "approver", state="issued", languages=("es",)),
    Sample("plan:norm_edit", "/escritorio/normas/{draft}/", "auditor", state="to audit", languages=("es",)),
    _post(
        "plan:norm_issue", "/escritorio/normas/{draft}/registrar/", "approver", "a button on the draft's page"
    ),
    Sample("plan:norm_withdraw", "/escritorio/normas/{issued}/retirar/", "approver"),
    _empty("plan:norm_withdraw", "/escritorio/normas/{issued}/retirar/", "approver"),
    _post(
        "plan:norm_discard", "/escritorio/normas/{draft}/descartar/", "editor", "a button on the draft's page"
    ),
)

_SHEETS = (
    Sample("plan:sheet", "/plan/indicadores/15/ficha/"),
    Sample("plan:sheet", "/plan/indicadores/V1/ficha/", state="of the vision", languages=("es",)),
    Sample("plan:sheet_version", "/plan/indicadores/2/ficha/1/"),
    _file("plan:sheet_pdf", "/plan/indicadores/15/ficha.pdf", "the sheet to print"),
    _file("plan:sheet_version_pdf", "/plan/indicadores/15/ficha/1.pdf", "a version to print"),
    _file("plan:sheet_json", "/plan/indicadores/15/ficha.json", "JSON for programs"),
    _file("plan:sheet_version_json", "/plan/indicadores/15/ficha/1.json", "JSON for programs"),
)

_UI = (
    Sample("ui:index", "/sistema-de-diseno/"),
    Sample("ui:tokens", "/sistema-de-diseno/estilo/"),
    _file("ui:kit", "/sistema-de-diseno/kit.zip", "ZIP to download"),
    Sample("ui:component", "/sistema-de-diseno/tabla/"),
    Sample("ui:component", "/sistema-de-diseno/formulario/", state="formulario"),
    Sample("ui:component", "/sistema-de-diseno/mapa/", state="mapa"),
    Sample("ui:accessibility", "/accesibilidad/"),
)

ERRORS = (
    Sample("", "/no-existe/", status=404, state="not found"),
    Sample("", "/escritorio/sinonimos/", "editor", 403, state="forbidden"),
    Sample("", "/instituciones/?pagina=99", status=404, state="no such page of a list", languages=("es",)),
)
"""Addresses that no view answers, or not for everybody: their pages have words too."""

_PROGRESS = (
    Sample("plan:institutions", "/plan/instituciones/"),
    Sample("plan:institution", "/plan/instituciones/mdt/"),
    Sample("plan:institution", "/plan/instituciones/cpccs/", state="that only supports", languages=("es",)),
    Sample("plan:initiative", "/plan/iniciativas/1.1/", state="with progress", languages=("es",)),
    Sample("plan:roadmap", "/plan/hojas-de-ruta/{roadmap}/"),
    Sample("plan:report", "/plan/informes/{report}/"),
    Sample("plan:report", "/plan/informes/{report_observed}/", state="observed", languages=("es",)),
    _file("plan:evidence", "/plan/pruebas/{evidence}/", "the file that proves a milestone"),
    Sample("plan:agenda", "/plan/calendario/"),
    Sample("plan:agenda", "/plan/calendario/?anio=2019", state="empty", languages=("es",)),
    Sample("plan:chart", "/plan/cronograma/"),
    Sample("plan:chart", "/plan/cronograma/?institucion=cpccs", state="empty", languages=("es",)),
    Sample("plan:states", "/plan/estado/"),
    Sample("plan:state", "/plan/estado/{state}/"),
    _file("plan:state_pdf", "/plan/estado/{state}/es.pdf", "the report on paper"),
    _file("plan:progress_csv", "/plan/avance.csv", "CSV for spreadsheets"),
    _file("plan:milestones_csv", "/plan/hitos.csv", "CSV for spreadsheets"),
    Sample("plan:progress_work", "/escritorio/plan/", "editor"),
    Sample(
        "plan:progress_work",
        "/escritorio/plan/?espera=revision",
        "steward",
        state="to review",
        languages=("es",),
    ),
    Sample(
        "plan:progress_work", "/escritorio/plan/?espera=revision", "editor", state="none", languages=("es",)
    ),
    Sample("plan:deadline", "/escritorio/plan/plazo/", "steward"),
    _empty("plan:deadline", "/escritorio/plan/plazo/", "steward"),
    Sample("plan:part_work", "/escritorio/plan/1.1/mdt/", "editor"),
    Sample(
        "plan:part_work", "/escritorio/plan/12.1/mdt/", "editor", state="without a roadmap", languages=("es",)
    ),
    Sample("plan:part_work", "/escritorio/plan/1.2/mdt/", "steward", state="to review", languages=("es",)),
    _post(
        "plan:roadmap_start",
        "/escritorio/plan/12.1/mdt/hoja-de-ruta/",
        "editor",
        "a button on the part's page",
    ),
    _post(
        "plan:report_start",
        "/escritorio/plan/1.1/mdt/informe/{period}/",
        "editor",
        "a button on the part's page",
    ),
    Sample("plan:roadmap_edit", "/escritorio/plan/hojas-de-ruta/{roadmap_draft}/", "editor"),
    Sample(
        "plan:roadmap_edit",
        "/escritorio/plan/hojas-de-ruta/{roadmap_draft}/",
        "approver",
        state="to file",
        languages=("es",),
    ),
    Sample(
        "plan:roadmap_edit",
        "/escritorio/plan/hojas-de-ruta/{roadmap_filed}/",
        "auditor",
        state="filed",
        languages=("es",),
    ),
    _post(
        "plan:roadmap_submit",
        "/escritorio/plan/hojas-de-ruta/{roadmap_draft}/presentar/",
        "approver",
        "a button",
    ),
    _post(
        "plan:roadmap_discard",
        "/escritorio/plan/hojas-de-ruta/{roadmap_draft}/descartar/",
        "editor",
        "a button",
    ),
    Sample("plan:roadmap_review", "/escritorio/plan/hojas-de-ruta/{roadmap_filed}/revisar/", "steward"),
    _empty("plan:roadmap_review", "/escritorio/plan/hojas-de-ruta/{roadmap_filed}/revisar/", "steward"),
    Sample("plan:milestone_create", "/escritorio/plan/hojas-de-ruta/{roadmap_draft}/hitos/nuevo/", "editor"),
    _empty("plan:milestone_create", "/escritorio/plan/hojas-de-ruta/{roadmap_draft}/hitos/nuevo/", "editor"),
    Sample(
        "plan:milestone_edit", "/escritorio/plan/hojas-de-ruta/{roadmap_draft}/hitos/{milestone}/", "editor"
    ),
    _post(
        "plan:milestone_remove",
        "/escritorio/plan/hojas-de-ruta/{roadmap_draft}/hitos/{milestone}/quitar/",
        "editor",
        "a button beside each milestone",
    ),
    Sample("plan:report_edit", "/escritorio/plan/informes/{report_draft}/", "editor"),
    Sample(
        "plan:report_edit",
        "/escritorio/plan/informes/{report_draft}/",
        "approver",
        state="to file",
        languages=("es",),
    ),
    Sample(
        "plan:report_edit",
        "/escritorio/plan/informes/{report_observed}/",
        "editor",
        state="observed",
        languages=("es",),
    ),
    _post(
        "plan:report_submit", "/escritorio/plan/informes/{report_draft}/presentar/", "approver", "a button"
    ),
    _post("plan:report_discard", "/escritorio/plan/informes/{report_draft}/descartar/", "editor", "a button"),
    Sample("plan:report_review", "/escritorio/plan/informes/{report_filed}/revisar/", "steward"),
    _empty("plan:report_review", "/escritorio/plan/informes/{report_filed}/revisar/", "steward"),
    Sample("plan:evidence_create", "/escritorio/plan/informes/{report_draft}/pruebas/nueva/", "editor"),
    _empty("plan:evidence_create", "/escritorio/plan/informes/{report_draft}/pruebas/nueva/", "editor"),
    _file(
        "plan:evidence_file",
        "/escritorio/plan/pruebas/{evidence_draft}/",
        "the file that proves a milestone",
        "editor",
    ),
    _post(
        "plan:evidence_withdraw",
        "/escritorio/plan/pruebas/{evidence_draft}/retirar/",
        "editor",
        "a button beside each file",
    ),
)

SAMPLES = (
    *_SITE,
    *_ADMINISTRATION,
    *_WORK,
    *_DIRECTORY,
    *_IDENTITY,
    *_PLAN,
    *_PROGRESS,
    *_SHEETS,
    *_UI,
)
PAGES = tuple(sample for sample in (*SAMPLES, *ERRORS) if sample.kind is Kind.PAGE)
