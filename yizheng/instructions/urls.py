"""Addresses of instructions."""

from django.urls import path

from . import views

app_name = "instructions"
urlpatterns = [
    path("", views.listing, name="list"),
    path("export/", views.export, name="export"),
    path("<int:pk>/", views.change, name="change"),
    path("<int:pk>/remove/", views.remove, name="remove"),
    path("on/<slug:place>/<int:pk>/", views.record, name="record"),
]
