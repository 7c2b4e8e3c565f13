"""Django's configuration of the organisation, and what is registered at start-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "yizheng.organisations"
    label = "organisations"

    def ready(self) -> None:
        from yizheng.core import nightly_work
        from yizheng.core.case_display import BEGINNINGS, TOLD

        from . import figures, forms, grants, named_kinds, places
        from .models import Committee, Unit
        from .rules import COMMITTEE, UNIT
        from .services import units

        assert figures.FIGURES
        nightly_work.register("names of units whose day has come", units.bear_new_names)
        BEGINNINGS.setdefault("inherited", _("went over to the unit it was merged into"))
        TOLD.update(
            {
                "unit.added": _("Unit added"),
                "unit.renamed": _("Renamed"),
                "unit.name_dropped": _("Planned name taken back"),
                "unit.closed": _("Closed"),
                "unit.merged": _("Merged"),
                "unit.contact_set": _("Contact changed"),
                "unit.contact_ended": _("Contact ended"),
                "unit.phones_read": _("Phones looked at"),
            }
        )
        grants.register(
            places.PlaceKind(
                UNIT,
                Unit,
                _("at a unit"),
                _("“%(role)s” is a role at a unit: choose the unit."),
                _("At the unit"),
                _("For people of a unit. Empty: over the whole organisation."),
                called="short_name",
            )
        )
        grants.register(
            places.PlaceKind(
                COMMITTEE,
                Committee,
                _("at a special committee"),
                _("“%(role)s” is a role at a special committee: choose the committee."),
                _("At the committee"),
            )
        )
        named_kinds.register(
            named_kinds.NamedKind(
                "committees",
                Committee,
                20,
                _("Special committees"),
                _("Which members and staff belong to."),
                _("Add a committee"),
                _("Members belong to special committees; add yours."),
                lambda: forms.NamedForm,
            )
        )
