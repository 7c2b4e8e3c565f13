from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "yizheng.portal"
    label = "portal"

    def ready(self) -> None:
        from yizheng.core import jobs

        from . import parts, years_work  # the parts of the platform register themselves

        assert parts
        jobs.register(years_work.KIND, years_work.run)
