"""Addresses of the steps of every flow, and of attachments."""

from django.urls import path

from . import views

app_name = "core"
urlpatterns = [
    path("steps/<slug:flow>/bulk/<slug:step>/", views.take_bulk_step, name="bulk"),
    path("steps/<slug:flow>/<int:pk>/<slug:step>/", views.take_step, name="step"),
    path("files/<int:pk>/", views.download, name="file"),
]
