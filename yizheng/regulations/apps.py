from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "yizheng.regulations"
    label = "regulations"
