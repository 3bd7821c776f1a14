"""A real installation: has a public address (``LINZHAN_PUBLIC_URL``) and answers to no other."""

from __future__ import annotations

from config.env import SettingInvalid
from config.settings.base import *  # noqa: F403 - settings inherit by star import
from config.settings.base import ENVIRONMENT

if not ENVIRONMENT.is_public:
    raise SettingInvalid("正式部署须设置 LINZHAN_PUBLIC_URL，例如 https://shegong.example.gov.cn。")

ALLOWED_HOSTS = [ENVIRONMENT.public_host, *ENVIRONMENT.hosts]
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.public_url]

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.is_https
SECURE_SSL_REDIRECT = ENVIRONMENT.is_https and ENVIRONMENT.behind_proxy
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.is_https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.behind_proxy else None

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False
WHITENOISE_MAX_AGE = 3600
