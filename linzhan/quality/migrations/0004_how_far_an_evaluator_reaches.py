"""Where somebody evaluates or asks people now, by exact user name only: asked before there is a scope."""

from __future__ import annotations

from typing import ClassVar

import django.contrib.postgres.fields
from django.db import migrations, models

CREATE = """
CREATE FUNCTION linzhan_evaluated_places(of_name text, low text, high text) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT s.region_code::text FROM quality_roundevaluator e
    JOIN quality_evaluationround r ON r.id = e.round_id
    JOIN quality_roundsubject s ON s.round_id = r.id
    WHERE e.username = of_name AND of_name <> '' AND s.region_code >= low AND s.region_code < high
        AND r.stage IN ('已通知', '自评采集', '评分', '已告知', '申诉复核')
    UNION
    SELECT d.region_code::text FROM quality_satisfactionsurvey v
    JOIN quality_surveydraw d ON d.survey_id = v.id
    WHERE v.stage = '调查中' AND of_name = ANY (v.askers) AND of_name <> '' AND d.station_id IS NOT NULL
        AND d.region_code >= low AND d.region_code < high
$$;
"""
DROP = "DROP FUNCTION linzhan_evaluated_places(text, text, text);"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("quality", "0003_contests_and_satisfaction_surveys")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="satisfactionsurvey",
            name="askers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=64),
                blank=True,
                default=list,
                size=None,
                verbose_name="访问人员账号",
            ),
        ),
        migrations.RunSQL(CREATE, DROP),
    ]
