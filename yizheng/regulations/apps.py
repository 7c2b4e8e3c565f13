"""Django's configuration of regulations, and what is registered at start-up."""

from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "yizheng.regulations"
    label = "regulations"
