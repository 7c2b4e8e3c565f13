"""Addresses of venues."""

from django.urls import path

from . import views, visits

app_name = "venues"
urlpatterns = [
    path("", views.listing, name="list"),
    path("export/", views.export, name="export"),
    path("add/", views.edit_venue, name="add"),
    path("<int:pk>/", views.venue_page, name="venue"),
    path("<int:pk>/edit/", views.edit_venue, name="edit"),
    path("<int:pk>/close/", views.close_venue, name="close"),
    path("<int:pk>/reopen/", views.reopen_venue, name="reopen"),
    path("<int:pk>/members/add/", views.add_members, name="add_members"),
    path("<int:pk>/members/<int:place>/end/", views.end_member, name="end_member"),
    path("<int:pk>/rota/", views.fill_rota, name="fill_rota"),
    path("<int:pk>/rota/<int:day>/", views.change_rota, name="change_rota"),
    path("<int:pk>/rota/<int:day>/strike/", views.strike_rota, name="strike_rota"),
    path("<int:pk>/wall/add/", views.edit_notice, name="add_notice"),
    path("<int:pk>/wall/<int:notice>/", views.edit_notice, name="edit_notice"),
    path("<int:pk>/wall/<int:notice>/take-down/", views.take_down, name="take_down"),
    path("<int:pk>/visits/add/", visits.add_visit, name="add_visit"),
    path("visits/", visits.listing, name="visits"),
    path("visits/export/", visits.export, name="export_visits"),
    path("visits/<int:pk>/", visits.visit_page, name="visit"),
    path("visits/<int:pk>/visitor/", visits.show_visitor, name="show_visitor"),
]
