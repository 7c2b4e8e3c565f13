from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "yizheng.indicators"
    label = "indicators"

    def ready(self) -> None:
        from . import flow  # noqa: F401  (the table registers itself)
