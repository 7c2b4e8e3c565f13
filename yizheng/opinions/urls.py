"""Addresses of public-opinion information."""

from django.urls import path

from .views import detail, drafts, issues, listing

app_name = "opinions"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("export/", listing.export, name="export"),
    path("tracking/", listing.tracking, name="tracking"),
    path("circular/", listing.circular, name="circular"),
    path("circular/export/", listing.circular_export, name="circular-export"),
    path("new/", drafts.new, name="new"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/edit/", drafts.edit, name="edit"),
    path("<int:pk>/autosave/", drafts.autosave, name="autosave"),
    path("<int:pk>/discard/", drafts.discard, name="discard"),
    path("<int:pk>/files/<int:file>/remove/", drafts.detach, name="detach"),
    path("<int:pk>/edition/", drafts.edition, name="edition"),
    path("<int:pk>/edition/autosave/", drafts.edition_autosave, name="edition-autosave"),
    path("issues/", issues.listing, name="issues"),
    path("issues/export/", issues.export, name="issues-export"),
    path("issues/new/", issues.compose, name="issue-new"),
    path("issues/<int:pk>/", issues.detail, name="issue"),
    path("issues/<int:pk>/edit/", issues.compose, name="issue-edit"),
    path("issues/<int:pk>/discard/", issues.discard, name="issue-discard"),
    path("issues/<int:pk>/<slug:kind>/", issues.paper, name="issue-paper"),
]
