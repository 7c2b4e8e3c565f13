"""Addresses of home, the public site, the audit page, and the switches of the shell."""

from django.urls import path

from .views import audit, home, past_years, phone_app

urlpatterns = [
    path("", home.home, name="home"),
    path("public/<slug:code>/", home.public, name="public"),
    path("public/<slug:code>/<int:pk>/", home.public_detail, name="public-detail"),
    path("language/", home.language, name="language"),
    path("elder/", home.elder, name="elder"),
    path("audit/", audit.listing, name="audit"),
    path("audit/head/", audit.head, name="audit-head"),
    path("audit/export/", audit.export, name="audit-export"),
    path("audit/verify/", audit.verify, name="audit-verify"),
    path("audit/verify/progress/", audit.progress, name="audit-progress"),
    path("app/<slug:code>.webmanifest", phone_app.manifest, name="manifest"),
    path("worker.js", phone_app.worker, name="worker"),
    path("offline/", phone_app.offline, name="offline"),
    *past_years.year_import.urls("years/"),
    path("health/", home.health, name="health"),
]
