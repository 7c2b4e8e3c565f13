"""Addresses of enterprises."""

from django.urls import path

from . import views

app_name = "enterprises"
urlpatterns = [
    path("", views.listing, name="list"),
    path("export/", views.export, name="export"),
    path("add/", views.edit, name="add"),
    path("<int:pk>/", views.edit, name="edit"),
    path("<int:pk>/close/", views.close, name="close"),
]
