"""One AppConfig for every app: load the modules that register things, in a fixed order."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import module_has_submodule

REGISTERING_MODULES = (
    "parameters",
    "rights",
    "sheets",
    "figures",
    "alerts",
    "phone",
    "handlers",
    "reports",
    "pages",
)


class LinzhanAppConfig(AppConfig):
    """Import this *module* in ``apps.py``, not the class: two candidates would leave ``ready`` unrun."""

    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for name in REGISTERING_MODULES:
            if self.module and module_has_submodule(self.module, name):
                import_module(f"{self.name}.{name}")
