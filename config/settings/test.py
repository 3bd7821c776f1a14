"""The test suite: the application's own role and real row-level security, but quick hashing.

The addresses of the databases are filled in by ``tests/conftest.py``, which starts the server.
"""

from __future__ import annotations

import os
from pathlib import Path

os.environ["LINZHAN_DATA"] = os.environ.get("LINZHAN_TEST_DATA") or str(
    Path(__file__).resolve().parents[2] / "var" / "test"
)
for _name in ("DATABASE_URL", "LINZHAN_APP_DATABASE_URL", "LINZHAN_PUBLIC_URL"):
    os.environ.pop(_name, None)

from config.settings.base import *  # noqa: E402, F403 - after the data directory is chosen

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
AXES_ENABLED = False  # its own tests switch it on
