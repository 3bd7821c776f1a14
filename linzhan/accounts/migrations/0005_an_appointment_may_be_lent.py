"""A colleague acts with somebody's authority for a while."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0004_officers_for_the_protection_of_minors")]

    operations: ClassVar = [
        migrations.AddField(
            "appointment",
            "delegated_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.appointment",
                verbose_name="委托自",
            ),
        ),
        migrations.AddField(
            "appointment", "behalf_of", models.UUIDField(blank=True, null=True, verbose_name="委托人")
        ),
        migrations.AddConstraint(
            "appointment",
            models.CheckConstraint(
                condition=models.Q(delegated_by__isnull=True, behalf_of__isnull=True)
                | models.Q(delegated_by__isnull=False, behalf_of__isnull=False, valid_to__isnull=False),
                name="a_delegation_names_who_delegates_and_ends",
            ),
        ),
    ]
