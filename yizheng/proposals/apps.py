from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "yizheng.proposals"
    label = "proposals"

    def ready(self) -> None:
        from yizheng.core import handover, nightly, searchable
        from yizheng.core.views import file_readers
        from yizheng.documents import book
        from yizheng.organisations import merging
        from yizheng.organisations.merging import Legacy
        from yizheng.organisations.units import hindrances
        from yizheng.promises import rules as promises

        from . import figures, finding, flow, handing, imports, parameters, queries, rules, services  # noqa: F401  (tables and figures register themselves)

        handover.register(handing.CLUE)
        searchable.register(finding.SEARCHABLE)
        searchable.compare(finding.COMPARISON)
        book.register(imports.ProposalSheet())
        file_readers["proposals.proposal"] = rules.may_read_files
        promises.READERS.add(rules.READ)
        hindrances.append(queries.open_cases_at)
        merging.register(
            [Legacy("proposal", "", queries.suggested_to, queries.suggest_instead, waits=False)]
        )
        nightly.register("lapse invitations to co-sign", services.lapse_invitations)
        nightly.register("conclude ratings", services.conclude_ratings)
