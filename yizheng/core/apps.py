"""Django's configuration of core, and what is registered at start-up."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "yizheng.core"
    label = "core"

    def ready(self) -> None:
        from . import attempts, files, nightly_work, unfinished

        nightly_work.register("forms sent long ago", attempts.forget_old)
        nightly_work.register("forms never finished", unfinished.forget_old)
        nightly_work.register("files without an attachment", files.sweep)
