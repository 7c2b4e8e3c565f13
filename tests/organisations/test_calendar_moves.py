import datetime as dt
from tests.world import World
from yizheng.core import audit, clock
from yizheng.organisations.services import settings
from tests.world import proposal_at


def test_x(world: World) -> None:
    from django.utils import timezone

    with clock.at(timezone.make_aware(dt.datetime(2026, 11, 27, 9))):
        p = proposal_at(world, "accepted")
        a = p.assignments.get()
        print(p.due_on, a.reply_due_on, a.due_on, a.hand_back_until)
        settings.set_day(p.due_on, by=world.actor("clerk"), is_working_day=False, note="x")
        p.refresh_from_db()
        print(p.due_on, a.reply_due_on, a.due_on, a.hand_back_until)
        from yizheng.core.case_display import timeline

        for e in timeline(list(audit.history(p))):
            print(e.title, e.who, e.note)
        for e in timeline(list(audit.history(a))):
            print(e.title, e.who, e.note)
    assert 0
