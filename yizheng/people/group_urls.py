"""Addresses of groups of members."""

from django.urls import path

from .views import groups

app_name = "groups"
urlpatterns = [
    path("", groups.group_list, name="list"),
    path("export/", groups.export, name="export"),
    path("<int:pk>/", groups.group_page, name="group"),
]
