"""A role more: the officer for the protection of minors of a county."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_demo_door"),
    ]

    operations = [
        migrations.AlterField(
            model_name="appointment",
            name="role",
            field=models.CharField(
                choices=[
                    ("system_admin", "系统管理员"),
                    ("province_official", "省级主管部门"),
                    ("city_official", "市级主管部门"),
                    ("county_official", "县级主管部门"),
                    ("purchaser", "购买主体"),
                    ("finance", "财务"),
                    ("township_official", "乡镇(街道)"),
                    ("child_protection", "未成年人保护专员"),
                    ("provider_manager", "机构负责人"),
                    ("station_lead", "站长"),
                    ("station_worker", "驻站社工"),
                    ("supervisor", "督导"),
                    ("evaluator", "第三方评估"),
                    ("volunteer", "志愿者"),
                    ("resident", "居民"),
                ],
                max_length=32,
                verbose_name="角色",
            ),
        ),
    ]
