from django.apps import AppConfig


class OpinionsConfig(AppConfig):
    name = "yizheng.opinions"
    label = "opinions"
