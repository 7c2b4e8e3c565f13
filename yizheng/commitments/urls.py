"""Addresses of commitments."""

from django.urls import path

from . import leaders, views

app_name = "commitments"
urlpatterns = [
    path("", views.listing, name="list"),
    path("export/", views.export, name="export"),
    path("<int:pk>/", views.detail, name="detail"),
    path("instructions/", leaders.instructions, name="instructions"),
    path("instructions/export/", leaders.export_instructions, name="instructions-export"),
    path("instructions/<int:pk>/", leaders.change, name="instruction-change"),
    path("instructions/<int:pk>/remove/", leaders.remove, name="instruction-remove"),
    path("instructions/on/<slug:place>/<int:pk>/", leaders.record, name="instruction-record"),
    path("transfers/", leaders.transfers, name="transfers"),
    path("transfers/export/", leaders.export_transfers, name="transfers-export"),
    path("transfers/<int:pk>/", leaders.transfer_detail, name="transfer"),
    path("transfers/of/<slug:place>/<int:pk>/", leaders.transfer, name="transfer-begin"),
]
