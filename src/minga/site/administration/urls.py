"""Addresses of the stewards' screens, below /escritorio/."""

from django.urls import path, re_path

from minga.site.administration import audit, days, jobs, opinions, synonyms

app_name = "administration"
urlpatterns = [
    path("auditoria/", audit.listing, name="audit"),
    path("auditoria/persona/", audit.find_person, name="audit_person"),
    path("auditoria/comprobar/", audit.prove, name="audit_prove"),
    re_path(r"^auditoria/hechos\.(?P<form>csv|json)$", audit.export, name="audit_export"),
    path("auditoria/<int:position>/", audit.fact, name="audit_fact"),
    path("auditoria/<int:position>/nombres/", audit.fact_names, name="audit_names"),
    path("calendario/", days.listing, name="calendar"),
    path("calendario/nuevo/", days.declare, name="calendar_declare"),
    path("calendario/<int:day_id>/", days.amend, name="calendar_amend"),
    path("calendario/<int:day_id>/retirar/", days.withdraw, name="calendar_withdraw"),
    path("opiniones/", opinions.listing, name="opinions"),
    path("opiniones/texto/<uuid:token>/borrar/", opinions.erase, name="opinion_erase"),
    path("opiniones/<path:place>", opinions.comments, name="opinion_comments"),
    path("sinonimos/", synonyms.listing, name="synonyms"),
    path("sinonimos/nuevo/", synonyms.create, name="synonyms_create"),
    path("sinonimos/<int:group_id>/", synonyms.edit, name="synonyms_edit"),
    path("trabajos/", jobs.listing, name="jobs"),
    path("trabajos/retomar/", jobs.retry_all, name="jobs_retry"),
    path("trabajos/<int:number>/retomar/", jobs.retry, name="job_retry"),
    path("trabajos/<int:number>/descartar/", jobs.discard, name="job_discard"),
]
