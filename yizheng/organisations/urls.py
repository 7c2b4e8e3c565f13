"""Addresses of the organisation's settings."""

from django.urls import path

from .views import named_things, settings, units

app_name = "organisations"
urlpatterns = [
    path("", settings.index, name="settings"),
    path("terms/", settings.terms, name="terms"),
    path("terms/add/", settings.edit_term, name="add_term"),
    path("terms/<int:pk>/", settings.edit_term, name="edit_term"),
    path("sessions/add/", settings.edit_session, name="add_session"),
    path("sessions/<int:pk>/", settings.edit_session, name="edit_session"),
    path("calendar/", settings.calendar, name="calendar"),
    path("calendar/<int:pk>/remove/", settings.remove_day, name="remove_day"),
    path("calendar/complete/<int:year>/", settings.complete_year, name="complete_year"),
    path("calendar/complete/<int:pk>/take-back/", settings.reopen_year, name="reopen_year"),
    path("roles/", settings.roles, name="roles"),
    path("roles/add/", settings.edit_role, name="add_role"),
    path("roles/<int:pk>/", settings.edit_role, name="edit_role"),
    path("units/", units.unit_list, name="units"),
    path("units/add/", units.add_unit, name="add_unit"),
    path("units/export/", units.export, name="export_units"),
    *units.unit_import.urls("units/import/"),
    path("units/<int:pk>/", units.unit_page, name="unit"),
    path("units/<int:pk>/phones/", units.show_phones, name="show_phones"),
    path("units/<int:pk>/rename/", units.rename_unit, name="rename_unit"),
    path("units/<int:pk>/planned-name/", units.drop_planned_name, name="drop_planned_name"),
    path("units/<int:pk>/close/", units.close_unit, name="close_unit"),
    path("units/<int:pk>/contact/<slug:duty>/", units.edit_contact, name="edit_contact"),
    path("<slug:kind>/", named_things.named_list, name="named"),
    path("<slug:kind>/add/", named_things.edit_named, name="add_named"),
    path("<slug:kind>/<int:pk>/", named_things.edit_named, name="edit_named"),
    path("<slug:kind>/<int:pk>/remove/", named_things.remove_named, name="remove_named"),
]
