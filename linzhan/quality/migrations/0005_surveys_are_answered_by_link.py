"""A draw knows the mark of its link; answers keep no history, whose moments would say whose they are."""

from django.db import migrations, models

NO_HISTORY = "; ".join(
    f"DROP TRIGGER IF EXISTS linzhan_audit_{verb} ON quality_surveyanswer"
    for verb in ("insert", "update", "delete")
)
CHANNELS = [("纸质", "纸质"), ("电话", "电话"), ("链接", "链接")]


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0004_how_far_an_evaluator_reaches"),
    ]

    operations = [
        migrations.AddField(
            model_name="surveydraw",
            name="door",
            field=models.UUIDField(null=True, verbose_name="链接索引"),
        ),
        migrations.AlterField(
            model_name="surveydraw",
            name="channel",
            field=models.CharField(
                blank=True, choices=CHANNELS, default="", max_length=10, verbose_name="方式"
            ),
        ),
        migrations.AlterField(
            model_name="surveyanswer",
            name="channel",
            field=models.CharField(choices=CHANNELS, max_length=10, verbose_name="方式"),
        ),
        migrations.AddConstraint(
            model_name="surveydraw",
            constraint=models.UniqueConstraint(fields=("door",), name="a_link_leads_to_one_draw"),
        ),
        migrations.RunSQL(NO_HISTORY, migrations.RunSQL.noop),
    ]
