from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "yizheng.documents"
    label = "documents"
