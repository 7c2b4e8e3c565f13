from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "yizheng.search"
    label = "search"

    def ready(self) -> None:
        from yizheng.core import derived, panels
        from yizheng.proposals.models import Assignment, Cosignature, Proposal

        from . import index
        from .views import similar_panel

        derived.register(Proposal, index.refresh)
        derived.register(Assignment, index.refresh_assignment)
        derived.register(Cosignature, index.refresh_cosignature)
        panels.register("proposal", similar_panel)
