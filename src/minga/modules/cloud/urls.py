"""Addresses of the cloud room: permanent, in Spanish."""

from django.urls import path

from minga.modules.cloud.views import (
    adoptions,
    cartera,
    costs,
    guidelines,
    improvements,
    improving,
    proposals,
    public,
    ratings,
    selfchecks,
    writing,
)

app_name = "cloud"
urlpatterns = [
    path("nube/", public.index, name="index"),
    path("nube/servicios.csv", public.services_csv, name="services_csv"),
    path("nube/servicios/<slug:code>/", public.service, name="service"),
    path("nube/uso/", public.adoption, name="adoption"),
    path("nube/uso.csv", public.adoption_csv, name="adoption_csv"),
    path("nube/costos/", public.compare, name="costs"),
    path("nube/lineamientos/", guidelines.in_force, name="guidelines"),
    path("nube/lineamientos/<int:number>/", guidelines.version, name="guideline"),
    path("nube/lineamientos/<int:number>/cambios/", guidelines.changes, name="guideline_changes"),
    path("nube/satisfaccion/", improving.satisfaction, name="satisfaction"),
    path("nube/satisfaccion.csv", improving.satisfaction_csv, name="satisfaction_csv"),
    path("nube/mejoras/", improving.improvements, name="improvements"),
    path("nube/mejoras.csv", improving.improvements_csv, name="improvements_csv"),
    path("nube/mejoras/<uuid:id>/", improving.improvement, name="improvement"),
    path("nube/propuestas/", improving.proposals, name="proposals"),
    path("nube/propuestas.csv", improving.proposals_csv, name="proposals_csv"),
    path("nube/propuestas/<uuid:id>/", improving.proposal, name="proposal"),
    path("escritorio/nube/contratos/", adoptions.listing, name="adoptions"),
    path("escritorio/nube/contratos/nuevo/", adoptions.create, name="adoption_create"),
    path("escritorio/nube/contratos/<uuid:id>/", adoptions.edit, name="adoption_edit"),
    path("escritorio/nube/contratos/<uuid:id>/documento/", adoptions.evidence, name="adoption_evidence"),
    path("escritorio/nube/contratos/<uuid:id>/<slug:name>/", adoptions.step, name="adoption_step"),
    path("escritorio/nube/servicios/", cartera.listing, name="services"),
    path("escritorio/nube/servicios/nuevo/", cartera.create, name="service_create"),
    path("escritorio/nube/servicios/<slug:code>/editar/", cartera.edit, name="service_edit"),
    path("escritorio/nube/servicios/<slug:code>/precios/", cartera.price, name="price_create"),
    path(
        "escritorio/nube/servicios/<slug:code>/precios/<uuid:id>/retirar/",
        cartera.price_withdraw,
        name="price_withdraw",
    ),
    path("escritorio/nube/servicios/<slug:code>/editar/<slug:name>/", cartera.step, name="service_step"),
    path("escritorio/nube/lineamientos/", writing.listing, name="guidelines_work"),
    path("escritorio/nube/lineamientos/nueva/", writing.create, name="guideline_create"),
    path("escritorio/nube/lineamientos/<int:number>/", writing.edit, name="guideline_edit"),
    path(
        "escritorio/nube/lineamientos/<int:number>/secciones/nueva/", writing.section, name="section_create"
    ),
    path(
        "escritorio/nube/lineamientos/<int:number>/secciones/<int:id>/", writing.section, name="section_edit"
    ),
    path(
        "escritorio/nube/lineamientos/<int:number>/secciones/<int:id>/quitar/",
        writing.section_remove,
        name="section_remove",
    ),
    path(
        "escritorio/nube/lineamientos/<int:number>/preguntas/nueva/", writing.question, name="question_create"
    ),
    path(
        "escritorio/nube/lineamientos/<int:number>/preguntas/<int:id>/",
        writing.question,
        name="question_edit",
    ),
    path(
        "escritorio/nube/lineamientos/<int:number>/preguntas/<int:id>/quitar/",
        writing.question_remove,
        name="question_remove",
    ),
    path("escritorio/nube/lineamientos/<int:number>/<slug:name>/", writing.step, name="guideline_step"),
    path("escritorio/nube/autoevaluaciones/", selfchecks.listing, name="selfchecks"),
    path("escritorio/nube/autoevaluaciones/nueva/", selfchecks.create, name="selfcheck_create"),
    path("escritorio/nube/autoevaluaciones/<uuid:id>/", selfchecks.detail, name="selfcheck"),
    path(
        "escritorio/nube/autoevaluaciones/<uuid:id>/preguntas/<int:place>/",
        selfchecks.question,
        name="selfcheck_question",
    ),
    path("escritorio/nube/autoevaluaciones/<uuid:id>/<slug:name>/", selfchecks.step, name="selfcheck_step"),
    path("escritorio/nube/satisfaccion/", ratings.listing, name="ratings"),
    path("escritorio/nube/satisfaccion/<slug:code>/<slug:institution>/", ratings.rate, name="rate"),
    path("escritorio/nube/comentarios/<slug:code>/", ratings.comments, name="rating_comments"),
    path("escritorio/nube/mejoras/", improvements.listing, name="improvements_work"),
    path("escritorio/nube/mejoras/nueva/", improvements.create, name="improvement_create"),
    path("escritorio/nube/mejoras/<uuid:id>/", improvements.detail, name="improvement_work"),
    path("escritorio/nube/mejoras/<uuid:id>/<slug:name>/", improvements.step, name="improvement_step"),
    path("escritorio/nube/propuestas/", proposals.listing, name="proposals_work"),
    path("escritorio/nube/propuestas/nueva/", proposals.create, name="proposal_create"),
    path("escritorio/nube/propuestas/<uuid:id>/", proposals.detail, name="proposal_work"),
    path("escritorio/nube/propuestas/<uuid:id>/<slug:name>/", proposals.step, name="proposal_step"),
    path("escritorio/nube/costos/", costs.declared, name="costs_work"),
    path("escritorio/nube/costos/<int:id>/retirar/", costs.withdraw, name="cost_withdraw"),
]
