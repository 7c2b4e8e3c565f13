"""Django's configuration of search, and what is registered at start-up."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "yizheng.search"
    label = "search"

    def ready(self) -> None:
        from yizheng.core import panels
        from yizheng.core.search_registry import COMPARISONS

        from . import index
        from .views import similar_panel

        index.listen()
        for comparison in COMPARISONS.values():
            for place in comparison.places:
                panels.register(place, similar_panel)
