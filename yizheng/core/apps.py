from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "yizheng.core"
    label = "core"
