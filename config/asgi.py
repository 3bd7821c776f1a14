"""The ASGI application, for whoever serves the house behind an ASGI server. ``linzhan up`` uses WSGI."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

from config import env

os.environ.setdefault("DJANGO_SETTINGS_MODULE", env.settings_module(env.read()))

application = get_asgi_application()
