"""Addresses of contacts."""

from django.urls import path

from . import views

app_name = "contacts"
urlpatterns = [
    path("", views.listing, name="list"),
    path("export/", views.export, name="export"),
    path("assign/", views.choose_kind, name="choose"),
    path("assign/<slug:kind>/", views.assign, name="assign"),
    path("<int:pk>/", views.link_page, name="link"),
    path("<int:pk>/note/", views.note, name="note"),
    path("<int:pk>/end/", views.end_link, name="end"),
    path("<int:pk>/entries/<int:entry>/take-back/", views.take_back, name="take_back"),
]
