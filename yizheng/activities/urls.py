"""Addresses of activities."""

from django.urls import path

from .views import detail, drafts, listing

app_name = "activities"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("export/", listing.export, name="export"),
    path("new/", drafts.new, name="new"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/edit/", drafts.edit, name="edit"),
    path("<int:pk>/autosave/", drafts.autosave, name="autosave"),
    path("<int:pk>/discard/", drafts.discard, name="discard"),
    path("<int:pk>/agenda/", drafts.agenda, name="agenda"),
    path("<int:pk>/papers/<int:file>/remove/", drafts.detach, name="detach"),
]
