"""Addresses of transfers."""

from django.urls import path

from . import views

app_name = "transfers"
urlpatterns = [
    path("", views.listing, name="list"),
    path("export/", views.export, name="export"),
    path("<int:pk>/", views.detail, name="detail"),
    path("of/<slug:place>/<int:pk>/", views.begin, name="begin"),
]
