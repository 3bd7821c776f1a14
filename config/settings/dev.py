"""One machine's own instance: loopback, plain http, the demo city. The default of every command."""

from __future__ import annotations

from config.settings.base import *  # noqa: F403 - settings inherit by star import
from config.settings.base import ENVIRONMENT

DEBUG = ENVIRONMENT.debug
WHITENOISE_AUTOREFRESH = DEBUG
