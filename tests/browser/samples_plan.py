"""The addresses of the plan's room."""

from tests.browser.sample import Sample, empty, file, post

_STRUCTURE = (
    Sample("plan:overview", "/plan/"),
    file("plan:plan_json", "/plan.json", "JSON for programs"),
    file("plan:indicators_csv", "/plan/indicadores.csv", "CSV for spreadsheets"),
    Sample("plan:programme", "/plan/programas/P1/"),
    Sample("plan:strategy", "/plan/estrategias/E12/"),
    Sample("plan:initiative", "/plan/iniciativas/12.2/"),
    Sample("plan:initiative", "/plan/iniciativas/1.2/", state="without a norm", languages=("es",)),
    Sample("plan:indicator", "/plan/indicadores/15/"),
    Sample("plan:indicator", "/plan/indicadores/2/", state="without a source", languages=("es",)),
    Sample("plan:indicator", "/plan/indicadores/15/?fecha=2020-01-01", state="as known", languages=("es",)),
    Sample("plan:indicator", "/plan/indicadores/15/?fecha=2020-02-31", state="wrong date", languages=("es",)),
    file("plan:indicator_csv", "/plan/indicadores/15.csv", "CSV for spreadsheets"),
    file("plan:indicator_json", "/plan/indicadores/15.json", "JSON for programs"),
    Sample("plan:act", "/plan/hechos/{act}/"),
    Sample("plan:norm", "/plan/normas/{issued}/"),
    Sample("plan:norm", "/plan/normas/{withdrawn}/", state="withdrawn", languages=("es",)),
    file("plan:norm_document", "/plan/normas/{issued}/documento/", "the norm's own PDF"),
    Sample("plan:norms", "/escritorio/normas/", "editor"),
    Sample("plan:norms", "/escritorio/normas/?estado=withdrawn", "editor", state="none", languages=("es",)),
    Sample("plan:norm_create", "/escritorio/normas/nueva/", "editor"),
    empty("plan:norm_create", "/escritorio/normas/nueva/", "editor"),
    Sample("plan:norm_edit", "/escritorio/normas/{draft}/", "editor"),
    Sample(
        "plan:norm_edit", "/escritorio/normas/{draft}/", "approver", state="to approve", languages=("es",)
    ),
    Sample("plan:norm_edit", "/escritorio/normas/{issued}/", "approver", state="issued", languages=("es",)),
    Sample("plan:norm_edit", "/escritorio/normas/{draft}/", "auditor", state="to audit", languages=("es",)),
    post(
        "plan:norm_issue", "/escritorio/normas/{draft}/registrar/", "approver", "a button on the draft's page"
    ),
    Sample("plan:norm_withdraw", "/escritorio/normas/{issued}/retirar/", "approver"),
    empty("plan:norm_withdraw", "/escritorio/normas/{issued}/retirar/", "approver"),
    post(
        "plan:norm_discard", "/escritorio/normas/{draft}/descartar/", "editor", "a button on the draft's page"
    ),
)

_SHEETS = (
    Sample("plan:sheet", "/plan/indicadores/15/ficha/"),
    Sample("plan:sheet", "/plan/indicadores/V1/ficha/", state="of the vision", languages=("es",)),
    Sample("plan:sheet_version", "/plan/indicadores/2/ficha/1/"),
    file("plan:sheet_pdf", "/plan/indicadores/15/ficha.pdf", "the sheet to print"),
    file("plan:sheet_version_pdf", "/plan/indicadores/15/ficha/1.pdf", "a version to print"),
    file("plan:sheet_json", "/plan/indicadores/15/ficha.json", "JSON for programs"),
    file("plan:sheet_version_json", "/plan/indicadores/15/ficha/1.json", "JSON for programs"),
)

_PROGRESS = (
    Sample("plan:institutions", "/plan/instituciones/"),
    Sample("plan:institution", "/plan/instituciones/mdt/"),
    Sample("plan:institution", "/plan/instituciones/cpccs/", state="that only supports", languages=("es",)),
    Sample("plan:initiative", "/plan/iniciativas/1.1/", state="with progress", languages=("es",)),
    Sample("plan:roadmap", "/plan/hojas-de-ruta/{roadmap}/"),
    Sample("plan:report", "/plan/informes/{report}/"),
    Sample("plan:report", "/plan/informes/{report_observed}/", state="observed", languages=("es",)),
    file("plan:evidence", "/plan/pruebas/{evidence}/", "the file that proves a milestone"),
    Sample("plan:agenda", "/plan/calendario/"),
    Sample("plan:agenda", "/plan/calendario/?anio=2019", state="empty", languages=("es",)),
    Sample("plan:chart", "/plan/cronograma/"),
    Sample("plan:chart", "/plan/cronograma/?institucion=cpccs", state="empty", languages=("es",)),
    Sample("plan:states", "/plan/estado/"),
    Sample("plan:state", "/plan/estado/{state}/"),
    file("plan:state_pdf", "/plan/estado/{state}/es.pdf", "the report on paper"),
    file("plan:progress_csv", "/plan/avance.csv", "CSV for spreadsheets"),
    file("plan:milestones_csv", "/plan/hitos.csv", "CSV for spreadsheets"),
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
    empty("plan:deadline", "/escritorio/plan/plazo/", "steward"),
    Sample("plan:part_work", "/escritorio/plan/1.1/mdt/", "editor"),
    Sample(
        "plan:part_work", "/escritorio/plan/12.1/mdt/", "editor", state="without a roadmap", languages=("es",)
    ),
    Sample("plan:part_work", "/escritorio/plan/1.2/mdt/", "steward", state="to review", languages=("es",)),
    post(
        "plan:roadmap_start",
        "/escritorio/plan/12.1/mdt/hoja-de-ruta/",
        "editor",
        "a button on the part's page",
    ),
    post(
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
    post(
        "plan:roadmap_submit",
        "/escritorio/plan/hojas-de-ruta/{roadmap_draft}/presentar/",
        "approver",
        "a button",
    ),
    post(
        "plan:roadmap_discard",
        "/escritorio/plan/hojas-de-ruta/{roadmap_draft}/descartar/",
        "editor",
        "a button",
    ),
    Sample("plan:roadmap_review", "/escritorio/plan/hojas-de-ruta/{roadmap_filed}/revisar/", "steward"),
    empty("plan:roadmap_review", "/escritorio/plan/hojas-de-ruta/{roadmap_filed}/revisar/", "steward"),
    Sample("plan:milestone_create", "/escritorio/plan/hojas-de-ruta/{roadmap_draft}/hitos/nuevo/", "editor"),
    empty("plan:milestone_create", "/escritorio/plan/hojas-de-ruta/{roadmap_draft}/hitos/nuevo/", "editor"),
    Sample(
        "plan:milestone_edit", "/escritorio/plan/hojas-de-ruta/{roadmap_draft}/hitos/{milestone}/", "editor"
    ),
    post(
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
    post("plan:report_submit", "/escritorio/plan/informes/{report_draft}/presentar/", "approver", "a button"),
    post("plan:report_discard", "/escritorio/plan/informes/{report_draft}/descartar/", "editor", "a button"),
    Sample("plan:report_review", "/escritorio/plan/informes/{report_filed}/revisar/", "steward"),
    empty("plan:report_review", "/escritorio/plan/informes/{report_filed}/revisar/", "steward"),
    Sample("plan:evidence_create", "/escritorio/plan/informes/{report_draft}/pruebas/nueva/", "editor"),
    empty("plan:evidence_create", "/escritorio/plan/informes/{report_draft}/pruebas/nueva/", "editor"),
    file(
        "plan:evidence_file",
        "/escritorio/plan/pruebas/{evidence_draft}/",
        "the file that proves a milestone",
        "editor",
    ),
    post(
        "plan:evidence_withdraw",
        "/escritorio/plan/pruebas/{evidence_draft}/retirar/",
        "editor",
        "a button beside each file",
    ),
)

PLAN = (*_STRUCTURE, *_SHEETS, *_PROGRESS)
