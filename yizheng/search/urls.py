"""Addresses of search."""

from django.urls import path

from . import views

app_name = "search"
urlpatterns = [
    path("", views.search, name="find"),
    path("similar/<str:flow>/<int:pk>/", views.similar, name="similar"),
]
