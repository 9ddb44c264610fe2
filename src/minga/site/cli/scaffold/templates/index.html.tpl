{% extends "ui/layout.html" %}
{% from "ui/components/navigation.html" import breadcrumbs %}
{% from "ui/components/empty.html" import empty %}
{% block title %}{{ _(${title}) }}{% endblock %}
{% block breadcrumbs %}{{ breadcrumbs([(_(${title}), "")]) }}{% endblock %}
{% block content %}
<div class="minga-text">
  <h1 class="govuk-heading-xl">{{ _(${title}) }}</h1>
  {% if entries %}
  <ul class="govuk-list minga-list">
    {% for entry in entries %}
    <li>{{ entry.title }} <span class="govuk-hint minga-inline-hint">{{ entry.published_on | day }}</span></li>
    {% endfor %}
  </ul>
  {% else %}
  {{ empty(_("Todavía no hay entradas"), _("Cuando se publique la primera, aparecerá aquí.")) }}
  {% endif %}
</div>
{% endblock %}
