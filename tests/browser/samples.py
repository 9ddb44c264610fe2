"""An address for every named URL, with who may open it: what the sweep visits and the pictures show."""

from tests.browser.sample import Kind, Sample
from tests.browser.sample import empty as _empty
from tests.browser.sample import file as _file
from tests.browser.sample import post as _post
from tests.browser.samples_cloud import CLOUD
from tests.browser.samples_plan import PLAN

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

_API = (
    Sample("site:developers", "/desarrolladores/"),
    Sample("identity:tokens", "/escritorio/claves/", "head"),
    Sample("identity:tokens", "/escritorio/claves/", "steward", state="of a steward", languages=("es",)),
    Sample("identity:token_issue", "/escritorio/claves/nueva/", "head"),
    _empty("identity:token_issue", "/escritorio/claves/nueva/", "head"),
    _post(
        "identity:token_revoke", "/escritorio/claves/{token}/revocar/", "head", "a button beside each token"
    ),
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


SAMPLES = (*_SITE, *_ADMINISTRATION, *_WORK, *_DIRECTORY, *_IDENTITY, *_API, *CLOUD, *PLAN, *_UI)
PAGES = tuple(sample for sample in (*SAMPLES, *ERRORS) if sample.kind is Kind.PAGE)
