"""Addresses of activities."""

from django.urls import path

from .views import contributions, detail, drafts, listing, outcomes, plan, suggestions

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
    path("plan/", plan.year, name="plan"),
    path("plan/export/", plan.export, name="plan-export"),
    path("plan/propose/", plan.propose, name="propose"),
    path("plan/<int:pk>/", plan.item, name="plan-item"),
    path("<int:pk>/offer/", contributions.offer, name="offer"),
    path("<int:pk>/contributions/new/", contributions.record, name="record-contribution"),
    path("contributions/<int:pk>/", contributions.detail, name="contribution"),
    path("<int:pk>/suggestions/new/", suggestions.note, name="note-suggestion"),
    path("suggestions/<int:pk>/", suggestions.detail, name="suggestion"),
    path("<int:pk>/measured/", suggestions.measured, name="measured"),
    path("<int:pk>/outcomes/new/", outcomes.write, name="write-outcome"),
    path("outcomes/<int:pk>/", outcomes.detail, name="outcome"),
    path("outcomes/<int:pk>/edit/", outcomes.edit, name="outcome-edit"),
    path("outcomes/<int:pk>/autosave/", outcomes.autosave, name="outcome-autosave"),
    path("outcomes/<int:pk>/paper/", outcomes.paper, name="outcome-paper"),
    path("<int:pk>/paper/<slug:kind>/", outcomes.activity_paper, name="paper"),
    path("<int:pk>/papers/<int:file>/remove/", drafts.detach, name="detach"),
]
