"""Forms of the steps on proposals."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core import clock
from yizheng.core.day_words import day_words
from yizheng.core.fields import DayField, PastDayField, ReasonField, RemarkField, TextField
from yizheng.core.flow import FLOWS
from yizheng.core.forms import StepForm, choose_from
from yizheng.core.punctuation import bracketed, join_cn
from yizheng.organisations.models import Unit
from yizheng.organisations.queries import open_units
from yizheng.people.models import Person

from ..enums import ContactWay, Part, SupervisionKind, Verdict
from ..flow.due_dates import due_day, given_day, latest_extension, rules_of
from ..models import Proposal
from ..queries import comes_from_a_unit, contacts_of, leaders, released_answers


class ProposalNoteForm(StepForm):
    note = RemarkField()


class ProposalRequiredNoteForm(StepForm):
    note = ReasonField()


class FirstCheckForm(ProposalNoteForm):
    category = forms.ChoiceField(label=_("Category"), required=False)

    def prepare(self) -> None:
        categories = [(each, each) for each in rules_of().categories]
        choose_from(self, "category", categories, _("as it stands"))


class FileForm(FirstCheckForm):
    intro = _("It gets its case number; invitations to co-sign that are still open lapse.")


class NotFileForm(StepForm):
    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)
    note = TextField(
        label=_("Sentence to the proposer"),
        required=False,
        max_length=1000,
        help_text=_("Left empty, the regulation's sentence for the reason is used."),
        rows=3,
    )

    def prepare(self) -> None:
        reasons = [
            (r.code, format_html("<b>{}</b><br>{}", r.label, r.sentence))
            for r in rules_of().reasons_not_filed
        ]
        choose_from(self, "reason", reasons)


class ConvertForm(StepForm):
    consent_how = forms.CharField(
        label=_("How the proposer agreed"),
        max_length=100,
        help_text=_("For instance: by phone on 3 March."),
    )
    note = RemarkField()


class ProposalMergeForm(StepForm):
    intro = _(
        "They are handled together under this one; every proposer is kept and answered separately."
    )
    others = forms.ModelMultipleChoiceField(
        label=_("Proposals to merge into this one"),
        queryset=Proposal.everywhere.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one other proposal.")},
    )

    def prepare(self) -> None:
        others = Proposal.objects.filter(
            state__in=FLOWS["proposal"].steps["be_merged"].sources
        ).exclude(pk=self.obj.pk)
        choose_from(self, "others", others)


class AssignForm(StepForm):
    """Who handles it: one unit, a lead with assisting units, or each its own part."""

    page = "proposals/assign.html"
    needed: list[str]
    """Only the fields of the chosen way are asked for."""
    ALONE, TOGETHER, PARTS = "alone", "together", "parts"

    how = forms.ChoiceField(
        label=_("How it is assigned"),
        choices=[("meeting", _("by meeting")), ("at_once", _("at once"))],
        widget=forms.RadioSelect,
        initial="at_once",
    )
    mode = forms.ChoiceField(
        label=_("Who answers"),
        choices=[
            (ALONE, _("one unit")),
            (TOGETHER, _("a lead with assisting units")),
            (PARTS, _("each its own part")),
        ],
        widget=forms.RadioSelect,
        initial=ALONE,
    )
    lead = forms.ModelChoiceField(
        label=_("Unit that answers"), queryset=Unit.everywhere.none(), required=False
    )
    assisting = forms.ModelMultipleChoiceField(
        label=_("Assisting units"), queryset=Unit.everywhere.none(), required=False
    )

    def prepare(self) -> None:
        units = open_units()
        self.needed = ["lead", "assisting"]
        choose_from(self, "lead", units)
        choose_from(self, "assisting", units)
        suggested = list(self.obj.suggested_units.all()[:1])
        self.fields["lead"].initial = suggested[0].pk if suggested else None
        for suggestion in self.obj.suggestions.all():
            self.needed.append(f"part_{suggestion.pk}")
            self.fields[f"part_{suggestion.pk}"] = forms.ModelChoiceField(
                label=f"{suggestion.position}. {suggestion.text}", queryset=units, required=False
            )

    @classmethod
    def spread(cls, data: Mapping[str, Any], obj: Any) -> Mapping[str, Any]:
        """`plan`: (unit, part, suggestions) for each unit, instead of who answers what by field."""
        if "plan" not in data:
            return data
        units = {part: [unit for unit, given, _s in data["plan"] if given == part] for part in Part}
        fields: dict[str, Any] = {
            "how": data.get("how", "at_once"),
            "assisting": units[Part.ASSISTING],
        }
        if units[Part.OWN]:
            parts = {
                f"part_{s.pk}": unit
                for unit, _part, suggestions in data["plan"]
                for s in suggestions
            }
            return {**fields, "mode": cls.PARTS, **parts}
        mode = cls.TOGETHER if units[Part.LEAD] else cls.ALONE
        return {**fields, "mode": mode, "lead": (units[Part.LEAD] or units[Part.SOLE])[0]}

    @property
    def part_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("part_")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        mode = cleaned.get("mode")
        if mode == self.PARTS:
            cleaned["plan"] = self._parts(cleaned)
        elif not cleaned.get("lead"):
            self.add_error("lead", _("Choose the unit that answers."))
        else:
            cleaned["plan"] = (
                self._together(cleaned)
                if mode == self.TOGETHER
                else [(cleaned["lead"], Part.SOLE, [])]
            )
        return cleaned

    def _together(self, cleaned: dict[str, Any]) -> list[tuple[Unit, str, list[Any]]]:
        assisting = [unit for unit in cleaned.get("assisting", []) if unit != cleaned["lead"]]
        if not assisting:
            self.add_error(
                "assisting", _("Choose at least one assisting unit, other than the lead.")
            )
        return [
            (cleaned["lead"], Part.LEAD, []),
            *((unit, Part.ASSISTING, []) for unit in assisting),
        ]

    def _parts(self, cleaned: dict[str, Any]) -> list[tuple[Unit, str, list[Any]]]:
        by_unit: dict[Unit, list[Any]] = {}
        for suggestion in self.obj.suggestions.all():
            unit = cleaned.get(f"part_{suggestion.pk}")
            if unit is None:
                self.add_error(
                    f"part_{suggestion.pk}", _("Every suggestion needs the unit that answers it.")
                )
            else:
                by_unit.setdefault(unit, []).append(suggestion)
        return [(unit, Part.OWN, suggestions) for unit, suggestions in by_unit.items()]


class _UnitForm(StepForm):
    unit = forms.ModelChoiceField(label=_("Unit it belongs to"), queryset=Unit.everywhere.none())

    def prepare(self) -> None:
        taken = self.obj.proposal.assignments.exclude(pk=self.obj.pk).values("unit")
        units = open_units().exclude(pk=self.obj.unit_id).exclude(pk__in=taken)
        choose_from(self, "unit", units)


class HandBackForm(_UnitForm):
    intro = _("You can hand it back once. Until the office decides, your unit stays responsible.")
    reason = TextField(label=_("Why it is not yours"), max_length=1000)
    field_order = ("reason", "unit")


class ReassignForm(_UnitForm):
    note = RemarkField()

    def prepare(self) -> None:
        super().prepare()
        self.fields["unit"].initial = self.obj.hand_back_unit_id


class ProposerContactForm(StepForm):
    way = forms.ChoiceField(label=_("How"), choices=ContactWay, widget=forms.RadioSelect)
    on = PastDayField(label=_("Day of contact"), initial=clock.today)
    with_whom = forms.CharField(label=_("With whom"), max_length=80)
    note = TextField(label=_("What was said"), max_length=2000)

    def prepare(self) -> None:
        proposer = self.obj.proposal.proposer
        self.fields["with_whom"].initial = (
            str(proposer) if proposer else self.obj.proposal.contact_name
        )


class ProgressForm(StepForm):
    text = TextField(label=pgettext_lazy("of a unit", "Progress"), max_length=2000)


class ExtensionForm(StepForm):
    until = DayField(label=pgettext_lazy("extension", "Until"))
    reason = TextField(label=_("Reason"), max_length=1000)

    def prepare(self) -> None:
        latest = latest_extension(given_day(self.obj), clock.today())
        self.fields["until"].help_text = _(
            "Due now on %(due)s; by the regulation at most until %(latest)s."
        ) % {"due": day_words(due_day(self.obj)), "latest": day_words(latest)}

    def clean_until(self) -> dt.date:
        until: dt.date = self.cleaned_data["until"]
        if until <= due_day(self.obj):
            raise forms.ValidationError(_("That is not later than the present date."))
        if until > latest_extension(given_day(self.obj), clock.today()):
            raise forms.ValidationError(_("The regulation does not give that much time."))
        return until


class UrgeForm(StepForm):
    text = TextField(label=_("Words to the unit"), required=False, max_length=500, rows=3)


class OpinionForm(StepForm):
    opinion = TextField(
        label=_("Opinion for the lead unit"),
        max_length=4000,
        help_text=_("The lead works it into its reply; with it you countersign."),
        rows=8,
    )


class KeyForm(StepForm):
    leader = forms.ModelChoiceField(
        label=_("Leading chairperson"), queryset=Person.everywhere.none()
    )
    note = TextField(label=_("Why it was chosen"), required=False, max_length=500, rows=2)

    def prepare(self) -> None:
        choose_from(self, "leader", leaders())


class SupervisionForm(StepForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=SupervisionKind, widget=forms.RadioSelect)
    held_on = PastDayField(label=_("Held on"), initial=clock.today)
    leader = forms.ModelChoiceField(
        label=_("Led by"), queryset=Person.everywhere.none(), required=False
    )
    place = forms.CharField(label=_("Where it was held"), max_length=60, required=False)
    participants = forms.CharField(label=_("Who took part"), max_length=200, required=False)
    findings = TextField(
        label=_("Findings and what was asked of the units"), max_length=4000, rows=6
    )

    def prepare(self) -> None:
        choose_from(self, "leader", leaders())
        self.fields["leader"].initial = self.obj.key_leader_id


class ProposalPublishForm(StepForm):
    intro = _(
        "The public page shows the text, the reply and how its promises stand; of the "
        "proposer only name and sector."
    )
    secrecy = forms.BooleanField(
        label=_("I have read text and reply: no secrets, no private data.")
    )


class EvaluationForm(StepForm):
    """The regulation's feedback form, answered from the proposer's own account only."""

    intro = _("Your rating stays sealed until all have rated or the time is over.")
    page = "proposals/evaluate.html"

    def prepare(self) -> None:
        self.released = released_answers(self.obj.proposal)
        collective = bool(self.obj.proposal.collective_name)
        self.questions = [
            q for q in rules_of().feedback_questions if collective or not q.collective_only
        ]
        self.contacts = contacts_of(self.obj.proposal)
        for question in self.questions:
            self.fields[f"q_{question.code}"] = forms.ChoiceField(
                label=question.label,
                choices=[(a.code, a.label) for a in question.answers],
                widget=forms.RadioSelect,
                help_text=self._recorded() if any(a.recorded_as for a in question.answers) else "",
            )
        self.fields["comment"] = TextField(
            label=_("What you want to add"),
            required=False,
            max_length=2000,
            help_text=_("Needed when you are not satisfied: the unit starts from it."),
            rows=3,
        )

    @classmethod
    def spread(cls, data: Mapping[str, Any], obj: Any) -> Mapping[str, Any]:
        """`answers`: question → answer, instead of a field for each."""
        return {**data, **{f"q_{code}": answer for code, answer in data.get("answers", {}).items()}}

    def _recorded(self) -> str:
        told = [each.get_way_display() + bracketed(day_words(each.on)) for each in self.contacts]
        return str(
            _("Recorded by the unit: %(contacts)s.") % {"contacts": join_cn(told)}
            if told
            else _("The unit recorded no contact.")
        )

    def shortcuts(self) -> list[tuple[str, str]]:
        """One tap for one opinion throughout: its words and, as JSON, the answers it gives.

        Nothing is chosen without it.

        What is no matter of opinion (whether they came) follows the contacts on record, or is left
        to be answered.
        """
        ways = {contact.way for contact in self.contacts}
        found = []
        for verdict in Verdict:
            fits = {
                f"q_{q.code}": next((a.code for a in q.answers if a.verdict == verdict), "")
                for q in self.questions
            }
            facts = {
                f"q_{q.code}": next((a.code for a in q.answers if a.recorded_as in ways), "")
                for q in self.questions
            }
            given = {name: fits[name] or facts[name] for name in fits if fits[name] or facts[name]}
            if sum(map(bool, fits.values())) > 1:
                found.append((str(verdict.label), json.dumps(given)))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        answers = {q.code: cleaned.get(f"q_{q.code}", "") for q in self.questions}
        order = ["", "satisfied", "basically", "unsatisfied"]
        given = [
            a.verdict
            for q in self.questions
            if q.decides
            for a in q.answers
            if a.code == answers[q.code]
        ]
        verdict = max(given, key=order.index, default="")
        if verdict == "unsatisfied" and not cleaned.get("comment", "").strip():
            self.add_error("comment", _("Say what you are not satisfied with."))
        cleaned.update(
            answers=answers,
            verdict=verdict,
            address_flag=comes_from_a_unit(self.obj, self.actor.address),
        )
        return cleaned
