from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "yizheng.demo"
    label = "demo"
