from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "yizheng.people"
    label = "people"

    def ready(self) -> None:
        from . import rules, trail

        assert rules.manage_accounts
        trail.connect()
