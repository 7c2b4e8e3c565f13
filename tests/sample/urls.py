from django.urls import include, path

from yizheng.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("motions/", include("tests.sample.motions.urls")),
    path("", include("yizheng.urls")),
]
