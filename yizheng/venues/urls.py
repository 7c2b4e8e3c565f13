"""Addresses of venues."""

from django.urls import path

from .views import venues, visits

app_name = "venues"
urlpatterns = [
    path("", venues.listing, name="list"),
    path("export/", venues.export, name="export"),
    path("add/", venues.edit_venue, name="add"),
    path("<int:pk>/", venues.venue_page, name="venue"),
    path("<int:pk>/edit/", venues.edit_venue, name="edit"),
    path("<int:pk>/close/", venues.close_venue, name="close"),
    path("<int:pk>/reopen/", venues.reopen_venue, name="reopen"),
    path("<int:pk>/members/add/", venues.add_members, name="add_members"),
    path("<int:pk>/members/<int:place>/end/", venues.end_member, name="end_member"),
    path("<int:pk>/rota/", venues.fill_rota, name="fill_rota"),
    path("<int:pk>/rota/<int:day>/", venues.change_rota, name="change_rota"),
    path("<int:pk>/rota/<int:day>/strike/", venues.strike_rota, name="strike_rota"),
    path("<int:pk>/wall/add/", venues.edit_notice, name="add_notice"),
    path("<int:pk>/wall/<int:notice>/", venues.edit_notice, name="edit_notice"),
    path("<int:pk>/wall/<int:notice>/take-down/", venues.take_down, name="take_down"),
    path("<int:pk>/visits/add/", visits.add_visit, name="add_visit"),
    path("visits/", visits.listing, name="visits"),
    path("visits/export/", visits.export, name="export_visits"),
    path("visits/<int:pk>/", visits.visit_page, name="visit"),
    path("visits/<int:pk>/visitor/", visits.show_visitor, name="show_visitor"),
]
