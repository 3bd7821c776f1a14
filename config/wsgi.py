"""The WSGI application that granian serves."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

from config import env

os.environ.setdefault("DJANGO_SETTINGS_MODULE", env.settings_module(env.read()))

application = get_wsgi_application()
gc.freeze()  # the program itself stays for good: collecting garbage need not go through it again and again
