"""One AppConfig for every app: load the modules that register things, in a fixed order."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

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
    """Import this *module* in ``apps.py``, not the class: two candidates would leave ``ready`` unrun.

    ``applets``: the app is large, and the packages within it register things of their own, after it.
    """

    default_auto_field = "django.db.models.BigAutoField"
    applets = False

    def ready(self) -> None:
        packages = [self.module, *self._applets()] if self.module else []
        for name in REGISTERING_MODULES:
            for package in packages:
                if module_has_submodule(package, name):
                    import_module(f"{package.__name__}.{name}")

    def _applets(self) -> list[ModuleType]:
        if not self.applets or self.module is None:
            return []
        names = sorted(each.name for each in iter_modules(self.module.__path__) if each.ispkg)
        return [
            import_module(f"{self.name}.{name}") for name in names if name not in ("migrations", "management")
        ]
