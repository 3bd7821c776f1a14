"""Where each face answers. A face brings its own ``urls`` module with an ``app_name``."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path

FACES = (
    ("api/v1/", "linzhan.interface.urls"),
    ("field/", "linzhan.field.urls"),
    ("public/", "linzhan.portal.urls"),
    ("", "linzhan.office.urls"),
)


def _exists(module: str) -> bool:
    parent = module.rpartition(".")[0]
    return find_spec(parent) is not None and find_spec(module) is not None


urlpatterns = [path(prefix, include(module)) for prefix, module in FACES if _exists(module)]
