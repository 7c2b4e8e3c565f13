"""Addresses of figures, reports and checks."""

from django.urls import path

from .views import checks, dashboard, months, record_lists, reports

app_name = "indicators"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("all/", dashboard.everything, name="all"),
    path("months/chart/", months.chart, name="month-chart"),
    path("units/chart/", dashboard.unit_chart, name="unit-chart"),
    path("check/", checks.check, name="check"),
    path("reports/", reports.listing, name="reports"),
    path("reports/new/", reports.begin, name="report-begin"),
    path("reports/<int:pk>/", reports.detail, name="report"),
    path("reports/<int:pk>/edit/", reports.edit, name="report-edit"),
    path("reports/<int:pk>/preview/", reports.preview, name="report-preview"),
    path("reports/<int:pk>/word/", reports.word, name="report-word"),
    path("<str:code>/", record_lists.figure, name="figure"),
    path("<str:code>/chart/", dashboard.chart, name="chart"),
    path("<str:code>/export/", record_lists.export, name="export"),
]
