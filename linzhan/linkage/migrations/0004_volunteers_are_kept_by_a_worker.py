from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("linkage", "0003_volunteering_in_the_order_of_an_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="volunteer",
            name="worker_id",
            field=models.UUIDField(blank=True, null=True, verbose_name="联系社工"),
        ),
        migrations.AddIndex(
            model_name="volunteer",
            index=models.Index(
                condition=models.Q(("worker_id__isnull", False)),
                fields=["worker_id"],
                name="volunteers_of_a_worker",
            ),
        ),
    ]
