"""Addresses of people."""

from django.urls import path

from .views import accounts, imports, members, own_account, slips

app_name = "people"
urlpatterns = [
    path("", members.member_list, name="members"),
    path("export/", members.export, name="export"),
    path("add/", members.add_member, name="add_member"),
    path("<int:pk>/", members.member_page, name="member"),
    path("<int:pk>/phone/", members.show_phone, name="show_phone"),
    path("<int:pk>/edit/", members.edit_member, name="edit_member"),
    path("<int:pk>/end/", members.end_member, name="end_member"),
    path("<int:pk>/open-account/", members.open_for_member, name="open_for_member"),
    *imports.roster_import.urls("import/"),
    path("me/", own_account.settings_page, name="me"),
    path("first-passwords/", slips.slip_page, name="slips"),
    path("accounts/", accounts.account_list, name="accounts"),
    path("accounts/export/", accounts.export, name="export_accounts"),
    path("accounts/open/", accounts.open_account, name="open_account"),
    path("accounts/<int:pk>/", accounts.account_page, name="account"),
    path("accounts/<int:pk>/give-role/", accounts.give_role, name="give_role"),
    path("accounts/<int:pk>/roles/<int:grant>/end/", accounts.end_role, name="end_role"),
    path("accounts/<int:pk>/reset-password/", accounts.reset_password, name="reset_password"),
    path("accounts/<int:pk>/<slug:step>/", accounts.account_step, name="account_step"),
]
