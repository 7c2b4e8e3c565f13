from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from yizheng.core import audit
from yizheng.core.case_display import actions_for, timeline
from yizheng.core.views import actor_of, find

from .flow import MOTION


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    motion = find(MOTION, pk, actor)
    told = [str(entry.title) for entry in timeline(list(audit.history(motion)))]
    buttons = [str(action.label) for action in actions_for(MOTION.offers(motion, actor))]
    return HttpResponse(
        "\n".join([motion.title, *buttons, *told]), content_type="text/plain; charset=utf-8"
    )
