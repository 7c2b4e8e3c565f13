"""Addresses of promises."""

from django.urls import path

from . import views

app_name = "promises"
urlpatterns = [
    path("", views.listing, name="list"),
    path("export/", views.export, name="export"),
    path("<int:pk>/", views.detail, name="detail"),
]
