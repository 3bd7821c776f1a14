from __future__ import annotations

from django.db.models.signals import post_migrate

from linzhan.kernel import discovery


def _build_wall(using: str, **_: object) -> None:
    from linzhan.kernel import wall  # noqa: PLC0415 -- needs the app registry

    if using == "owner":
        wall.build(using)


class KernelConfig(discovery.LinzhanAppConfig):
    name = "linzhan.kernel"
    verbose_name = "内核"

    def ready(self) -> None:
        super().ready()
        # Django's own plumbing, not domain control flow: every way of migrating ends with the wall.
        # Once a run: with this app as the sender, after the migrations of all.
        post_migrate.connect(_build_wall, sender=self, dispatch_uid="linzhan-wall")
