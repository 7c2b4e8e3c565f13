"""Numbers drawn by a pattern that a regulation sets, each once, without gaps by refusal or by two
clerks at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from .refusals import BadInput
from .tenancy import Tenant

FIELD = re.compile(r"\{(\w+)(?::(\d+))?\}")


class NumberSeries(Tenant):
    """The last number drawn in one series of one organisation.

    Rows are locked while a number is drawn.
    """

    name = models.CharField(max_length=80)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_series_of_a_name")
        ]


def check_pattern(pattern: str, known: Collection[str]) -> str:
    """The pattern itself. Raises BadInput when it has no serial or names a field that is neither
    the serial nor one of the `known`.
    """
    fields = {match[1] for match in FIELD.finditer(pattern)}
    if unknown := fields - {"serial", *known}:
        raise BadInput(
            _("The numbering pattern names “{%(field)s}”, which is not known.")
            % {"field": min(unknown)}
        )
    if "serial" not in fields:
        raise BadInput(_("The numbering pattern has no {serial}: numbers would repeat."))
    return pattern


def compose(pattern: str, serial: int, **fields: object) -> str:
    """`〔{year}〕{serial:3}` → `〔2026〕047`."""
    values: Mapping[str, object] = {**fields, "serial": serial}

    def fill(match: re.Match[str]) -> str:
        return str(values.get(match[1], "")).zfill(int(match[2] or 0))

    return FIELD.sub(fill, pattern)


def draw(series: str) -> int:
    """The next number of the series in the organisation in scope; call inside a transaction."""
    row, _created = NumberSeries.objects.select_for_update(no_key=True).get_or_create(name=series)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def next_number(
    series: str, pattern: str, taken: Callable[[str], bool] | None = None, **fields: object
) -> str:
    """The next number of the series that is not `taken`: what was imported brought its own along,
    and another series may follow the same pattern.
    """
    while True:
        number = compose(pattern, draw(series), **fields)
        if taken is None or not taken(number):
            return number
