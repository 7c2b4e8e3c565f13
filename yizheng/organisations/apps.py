from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "yizheng.organisations"
    label = "organisations"
