"""Addresses of the rules library."""

from django.urls import path

from . import views

app_name = "library"
urlpatterns = [
    path("", views.listing, name="list"),
    path("export/", views.export, name="export"),
    path("add/", views.edit, name="add"),
    path("<int:pk>/", views.rule_page, name="rule"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/repeal/", views.repeal, name="repeal"),
]
