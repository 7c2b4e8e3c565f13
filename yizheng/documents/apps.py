"""Django's configuration of documents, and what is registered at start-up."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "yizheng.documents"
    label = "documents"
