from django.apps import AppConfig


class MotionsConfig(AppConfig):
    name = "tests.sample.motions"
    label = "motions"

    def ready(self) -> None:
        from yizheng.core.case_display import TODOS, Todo

        from .flow import BALLOT, MOTION
        from .queries import ballot_rows, motion_rows

        TODOS.append(Todo(MOTION, motion_rows, lambda found: found))
        TODOS.append(Todo(BALLOT, ballot_rows, lambda found: found.select_related("motion")))
