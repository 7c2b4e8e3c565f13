from django.urls import include, path

urlpatterns = [
    path("motions/", include("tests.sample.motions.urls")),
    path("", include("yizheng.urls")),
]
