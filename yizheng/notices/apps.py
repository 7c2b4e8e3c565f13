"""Django's configuration of notices, and what is registered at start-up."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "yizheng.notices"
    label = "notices"

    def ready(self) -> None:
        from yizheng.core import outbox

        from .tasks import announce

        outbox.listen(announce)
