from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "yizheng.core"
    label = "core"

    def ready(self) -> None:
        from . import files, nightly

        nightly.register("files without an attachment", files.sweep)
