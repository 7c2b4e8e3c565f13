"""Django's configuration of proposals, and what is registered at start-up."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "yizheng.proposals"
    label = "proposals"

    def ready(self) -> None:
        from yizheng.core import handover, nightly_work, search_registry
        from yizheng.core.views import file_readers
        from yizheng.documents import year_workbook
        from yizheng.organisations import unit_mergers
        from yizheng.organisations.services.units import hindrances
        from yizheng.organisations.unit_mergers import Legacy
        from yizheng.promises import rules as promises

        from . import (  # noqa: F401  (tables and figures register themselves)
            case_rows,
            figures,
            flow,
            imports,
            parameters,
            queries,
            rules,
            searchables,
            services,
        )
        from . import handover as proposal_handover

        handover.register(proposal_handover.CLUE)
        search_registry.register(searchables.SEARCHABLE)
        search_registry.compare(searchables.COMPARISON)
        year_workbook.register(imports.ProposalSheet())
        file_readers["proposals.proposal"] = rules.may_read_files
        promises.READERS.add(rules.READ)
        hindrances.append(queries.open_cases_at)
        unit_mergers.register(
            [Legacy("proposal", "", queries.suggested_to, queries.suggest_instead, waits=False)]
        )
        nightly_work.register("lapse invitations to co-sign", services.lapse_invitations)
        nightly_work.register("conclude ratings", services.conclude_ratings)
