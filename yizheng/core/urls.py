"""Addresses of the steps of every flow, and of attachments."""

from django.urls import path

from . import unfinished_views, views

app_name = "core"
urlpatterns = [
    path("steps/<slug:flow>/bulk/<slug:step>/", views.take_bulk_step, name="bulk"),
    path("steps/<slug:flow>/<int:pk>/<slug:step>/", views.take_step, name="step"),
    path("unfinished/", unfinished_views.look, name="unfinished"),
    path("unfinished/keep/", unfinished_views.keep, name="unfinished-keep"),
    path("unfinished/<int:pk>/discard/", unfinished_views.discard, name="unfinished-discard"),
    path("files/<int:pk>/", views.download, name="file"),
]
