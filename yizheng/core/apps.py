from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "yizheng.core"
    label = "core"

    def ready(self) -> None:
        from . import attempts, files, nightly, unfinished

        nightly.register("forms sent long ago", attempts.forget_old)
        nightly.register("forms never finished", unfinished.forget_old)
        nightly.register("files without an attachment", files.sweep)
