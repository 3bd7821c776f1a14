"""A province asks of one year what its counties have taken: the ledger is read by year and place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procurement", "0005_who_runs_a_project"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(fields=["year", "region_code"], name="ledger_of_a_year"),
        ),
    ]
