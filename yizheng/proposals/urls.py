"""Addresses of proposals."""

from django.urls import path

from .views import assignments, detail, drafts, imports, listing, papers, replies

app_name = "proposals"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("export/", listing.export, name="export"),
    path("assignments/", assignments.listing, name="assignments"),
    path("assignments/export/", assignments.export, name="assignments-export"),
    path("new/", drafts.new, name="new"),
    *imports.proposal_import.urls("import/"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/edit/", drafts.edit, name="edit"),
    path("<int:pk>/autosave/", drafts.autosave, name="autosave"),
    path("<int:pk>/discard/", drafts.discard, name="discard"),
    path("<int:pk>/files/<int:file>/remove/", drafts.detach, name="detach"),
    path("<int:pk>/invite/", drafts.invite, name="invite"),
    path("<int:pk>/papers/<slug:kind>/", papers.paper, name="paper"),
    path("reply/<int:pk>/", replies.write, name="reply"),
    path("reply/<int:pk>/autosave/", replies.autosave, name="reply-autosave"),
    path("letters/<int:pk>/", papers.letter, name="letter"),
]
