"""The house's settings with one app more in its lists."""

from yizheng.settings import *  # noqa: F403
from yizheng.settings import INSTALLED_APPS as HOUSE

INSTALLED_APPS = [*HOUSE, "tests.sample.motions"]
ROOT_URLCONF = "tests.sample.urls"
