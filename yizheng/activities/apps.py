from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "yizheng.activities"
    label = "activities"

    def ready(self) -> None:
        from . import parameters  # noqa: F401  (the regulation registers itself)
