"""Django's configuration of the portal, and what is registered at start-up."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "yizheng.portal"
    label = "portal"

    def ready(self) -> None:
        from yizheng.core import jobs

        from . import bar_parts, past_year_job  # the parts of the platform register themselves

        assert bar_parts
        jobs.register(past_year_job.KIND, past_year_job.run)
