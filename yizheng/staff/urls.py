"""Addresses of posts and staff."""

from django.urls import path

from . import views

app_name = "staff"
urlpatterns = [
    path("", views.office, name="office"),
    path("export/", views.export, name="export"),
    path("posts/add/", views.edit_post, name="add_post"),
    path("posts/<int:pk>/", views.edit_post, name="edit_post"),
    path("posts/<int:pk>/end/", views.end_post, name="end_post"),
    path("arrive/", views.arrive, name="arrive"),
    path("<int:pk>/leave/", views.leave, name="leave"),
    path("<int:pk>/move/", views.move, name="move"),
]
