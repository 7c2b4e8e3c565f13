from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "yizheng.portal"
    label = "portal"

    def ready(self) -> None:
        from . import parts  # noqa: F401  (the parts of the platform register themselves)
