"""Addresses of regulations."""

from django.urls import path

from . import views

app_name = "regulations"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<slug:subject>/", views.detail, name="detail"),
    path("<slug:subject>/<int:number>/", views.detail, name="version"),
    path("<slug:subject>/<int:number>/file/", views.download, name="file"),
    path("<slug:subject>/compare/", views.compare, name="compare"),
    path("<slug:subject>/draft/", views.edit, name="edit"),
    path("<slug:subject>/draft/upload/", views.upload, name="upload"),
    path("<slug:subject>/draft/model/", views.begin_from_model, name="model"),
    path("<slug:subject>/draft/adopt/", views.adopt, name="adopt"),
    path("<slug:subject>/draft/discard/", views.discard, name="discard"),
]
