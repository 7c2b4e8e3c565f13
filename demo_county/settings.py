"""The platform's settings, and where the words of the demo county's own command are translated."""

from pathlib import Path

from yizheng.settings import *  # noqa: F403

LOCALE_PATHS = [Path(__file__).resolve().parent / "locale"]
