"""A planned post says whether its worker runs the project."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procurement", "0004_money_goes_into_a_ledger"),
    ]

    operations = [
        migrations.AddField(
            model_name="plannedpost",
            name="leads",
            field=models.BooleanField(blank=True, null=True, verbose_name="负责项目"),
        ),
    ]
