"""Django's configuration of figures, and what is registered at start-up."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "yizheng.indicators"
    label = "indicators"

    def ready(self) -> None:
        from yizheng.promises import rules as promises

        from . import flow, rules  # noqa: F401  (the table registers itself)

        promises.READERS.add(rules.read.code)
