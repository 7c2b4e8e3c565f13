"""The WSGI application that a web server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yizheng.settings")
application = get_wsgi_application()

# What was loaded at the start stays: the collector need not walk it again and again. A page of
# fifty rows makes some ten thousand objects, nearly all of which go by themselves; looking for
# cycles after every 700 costs a tenth of a page.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
