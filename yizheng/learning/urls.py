"""Addresses of learning."""

from django.urls import path

from . import views

app_name = "learning"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("export/", views.export, name="export"),
    path("add/", views.edit, name="add"),
    path("<int:pk>/", views.programme_page, name="programme"),
    path("<int:pk>/edit/", views.edit, name="edit"),
]
