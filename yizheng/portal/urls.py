"""Home, the public site, the audit page, and the switches of the shell."""

from django.urls import path

from . import audit_views, installed, views, years

urlpatterns = [
    path("", views.home, name="home"),
    path("public/<slug:code>/", views.public, name="public"),
    path("public/<slug:code>/<int:pk>/", views.public_detail, name="public-detail"),
    path("language/", views.language, name="language"),
    path("elder/", views.elder, name="elder"),
    path("audit/", audit_views.listing, name="audit"),
    path("audit/head/", audit_views.head, name="audit-head"),
    path("audit/export/", audit_views.export, name="audit-export"),
    path("audit/verify/", audit_views.verify, name="audit-verify"),
    path("audit/verify/progress/", audit_views.progress, name="audit-progress"),
    path("app/<slug:code>.webmanifest", installed.manifest, name="manifest"),
    path("worker.js", installed.worker, name="worker"),
    path("offline/", installed.offline, name="offline"),
    *years.year_import.urls("years/"),
    path("health/", views.health, name="health"),
]
