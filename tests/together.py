"""Several people at once, each with a connection of their own, on a county that is written for
good.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import close_old_connections, connection
from django.utils import translation

from tests.world import World
from yizheng.core import tenancy


def at_once(world: World, *jobs: Callable[[], Any]) -> list[Any]:
    """What came of each job, all begun at the same moment: its result, or what it raised."""
    start = threading.Barrier(len(jobs))
    results: list[Any] = [None] * len(jobs)

    def run(place: int, job: Callable[[], Any]) -> None:
        try:
            with tenancy.scope(world.organisation), translation.override("en"):
                start.wait(timeout=20)
                results[place] = job()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    close_old_connections()
    return results
