from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "yizheng.portal"
    label = "portal"
