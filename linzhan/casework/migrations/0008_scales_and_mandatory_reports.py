"""Scales and mandatory reports: their tables, and what the database itself writes in them.

Who reported and who added, when it arrived, how far a report has come: none of it is the application's to say.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import linzhan.kernel.ids
import linzhan.kernel.rows
from django.db import migrations, models


SIGNED = """
CREATE FUNCTION linzhan_incident_signed() RETURNS trigger
LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    NEW.reporter_id := nullif(current_setting('linzhan.actor', true), '')::uuid;
    NEW.reporter_label := coalesce(current_setting('linzhan.actor_label', true), '');
    NEW.received_at := now();
    NEW.stage := '待上报';
    NEW.reported_at := NULL;
    NEW.acknowledged_at := NULL;
    NEW.replied_at := NULL;
    NEW.closed_at := NULL;
    RETURN NEW;
END $$;
CREATE TRIGGER linzhan_incident_signed BEFORE INSERT ON casework_incident
FOR EACH ROW EXECUTE FUNCTION linzhan_incident_signed();

CREATE FUNCTION linzhan_incident_noticed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    INSERT INTO casework_incidentnotice (id, region_code, station_id, "on", closed)
    VALUES (NEW.id, NEW.region_code, NEW.station_id, (NEW.received_at AT TIME ZONE 'Asia/Shanghai')::date, false);
    RETURN NULL;
END $$;
CREATE TRIGGER linzhan_incident_noticed AFTER INSERT ON casework_incident
FOR EACH ROW EXECUTE FUNCTION linzhan_incident_noticed();

CREATE FUNCTION linzhan_incident_fact_signed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    SELECT i.region_code, i.station_id, i.reporter_id, i.practice
    INTO NEW.region_code, NEW.station_id, NEW.reporter_id, NEW.practice
    FROM casework_incident i WHERE i.id = NEW.incident_id;
    NEW.by_id := nullif(current_setting('linzhan.actor', true), '')::uuid;
    NEW.by_label := coalesce(current_setting('linzhan.actor_label', true), '');
    NEW.recorded_at := now();
    RETURN NEW;
END $$;
CREATE TRIGGER linzhan_incident_fact_signed BEFORE INSERT ON casework_incidentfact
FOR EACH ROW EXECUTE FUNCTION linzhan_incident_fact_signed();
"""

MOVED = """
CREATE FUNCTION linzhan_incident_moved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    stages text[] := ARRAY['待上报', '已上报', '已回复', '保护计划', '跟进', '结束'];
    step int := coalesce(array_position(stages, NEW.kind::text), 0);
BEGIN
    UPDATE casework_incident SET
        stage = CASE
            WHEN NEW.kind = '跟进' AND stage = '结束' THEN '跟进'
            WHEN step > array_position(stages, stage::text) THEN NEW.kind
            ELSE stage END,
        reported_at = CASE
            WHEN NEW.kind = '已上报' THEN least(reported_at, NEW.at)
            WHEN step > 2 THEN coalesce(reported_at, NEW.at)
            ELSE reported_at END,
        acknowledged_at = CASE
            WHEN NEW.kind = '县级接收' THEN least(acknowledged_at, NEW.at) ELSE acknowledged_at END,
        replied_at = CASE WHEN NEW.kind = '已回复' THEN least(replied_at, NEW.at) ELSE replied_at END,
        closed_at = CASE
            WHEN NEW.kind = '结束' THEN NEW.at
            WHEN NEW.kind = '跟进' AND stage = '结束' THEN NULL
            ELSE closed_at END
    WHERE id = NEW.incident_id;
    UPDATE casework_incidentnotice AS n SET closed = (i.stage = '结束')
    FROM casework_incident AS i WHERE i.id = NEW.incident_id AND n.id = i.id;
    RETURN NULL;
END $$;
CREATE TRIGGER linzhan_incident_moved AFTER INSERT ON casework_incidentfact
FOR EACH ROW EXECUTE FUNCTION linzhan_incident_moved();
"""

RESULTS = """
CREATE FUNCTION linzhan_scale_result_signed() RETURNS trigger
LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    NEW.recorded_by := nullif(current_setting('linzhan.actor', true), '')::uuid;
    NEW.recorded_label := coalesce(current_setting('linzhan.actor_label', true), '');
    NEW.recorded_at := now();
    RETURN NEW;
END $$;
CREATE TRIGGER linzhan_scale_result_signed BEFORE INSERT ON casework_scaleresult
FOR EACH ROW EXECUTE FUNCTION linzhan_scale_result_signed();
"""

UNDO = """
DROP FUNCTION IF EXISTS linzhan_incident_signed() CASCADE;
DROP FUNCTION IF EXISTS linzhan_incident_noticed() CASCADE;
DROP FUNCTION IF EXISTS linzhan_incident_fact_signed() CASCADE;
DROP FUNCTION IF EXISTS linzhan_incident_moved() CASCADE;
DROP FUNCTION IF EXISTS linzhan_scale_result_signed() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0007_groups_activities_and_contacts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Incident",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=linzhan.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                        verbose_name="平台编号",
                    ),
                ),
                (
                    "region_code",
                    linzhan.kernel.rows.RegionCodeField(
                        db_collation="C", max_length=12, verbose_name="行政区划"
                    ),
                ),
                (
                    "county_code",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Left("region_code", 6),
                        output_field=models.CharField(db_collation="C", max_length=6),
                        verbose_name="县码",
                    ),
                ),
                ("station_id", models.UUIDField(blank=True, null=True, verbose_name="站点")),
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="报告编号")),
                (
                    "signals",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        default=list,
                        size=None,
                        verbose_name="信号",
                    ),
                ),
                ("seen_at", models.DateTimeField(verbose_name="发现时间")),
                ("resident_id", models.UUIDField(blank=True, null=True, verbose_name="服务对象")),
                ("person", models.CharField(blank=True, default="", max_length=200, verbose_name="当事人")),
                ("place", models.CharField(blank=True, default="", max_length=200, verbose_name="地点")),
                ("facts", models.TextField(blank=True, default="", verbose_name="看到听到的")),
                ("danger", models.BooleanField(blank=True, null=True, verbose_name="正面临危险")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("红色按钮", "红色按钮"),
                            ("测评", "测评"),
                            ("热线", "热线"),
                            ("其他", "其他"),
                        ],
                        default="红色按钮",
                        max_length=10,
                        verbose_name="来源",
                    ),
                ),
                ("practice", models.BooleanField(blank=True, null=True, verbose_name="演练")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("待上报", "待上报"),
                            ("已上报", "已上报"),
                            ("已回复", "已回复"),
                            ("保护计划", "保护计划"),
                            ("跟进", "跟进"),
                            ("结束", "结束"),
                        ],
                        default="待上报",
                        max_length=10,
                        verbose_name="进展",
                    ),
                ),
                ("reporter_id", models.UUIDField(editable=False, null=True, verbose_name="报告人")),
                ("reporter_label", models.TextField(default="", editable=False, verbose_name="报告人姓名")),
                ("received_at", models.DateTimeField(editable=False, null=True, verbose_name="平台收到时间")),
                ("reported_at", models.DateTimeField(editable=False, null=True, verbose_name="上报时间")),
                (
                    "acknowledged_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="县级接收时间"),
                ),
                ("replied_at", models.DateTimeField(editable=False, null=True, verbose_name="回复时间")),
                ("closed_at", models.DateTimeField(editable=False, null=True, verbose_name="结束时间")),
            ],
            options={
                "verbose_name": "强制报告",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["region_code", "-seen_at"], name="incidents_of_a_place"),
                    models.Index(fields=["station_id", "-seen_at"], name="incidents_of_a_station"),
                    models.Index(fields=["reporter_id"], name="incidents_of_a_reporter"),
                    models.Index(
                        condition=models.Q(("resident_id__isnull", False)),
                        fields=["resident_id"],
                        name="incidents_of_a_resident",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "county_code"), name="an_incident_code_is_unique_in_its_county"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IncidentNotice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=linzhan.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                        verbose_name="平台编号",
                    ),
                ),
                (
                    "region_code",
                    linzhan.kernel.rows.RegionCodeField(
                        db_collation="C", max_length=12, verbose_name="行政区划"
                    ),
                ),
                ("station_id", models.UUIDField(null=True, verbose_name="站点")),
                ("on", models.DateField(verbose_name="日期")),
                ("closed", models.BooleanField(default=False, verbose_name="已结束")),
            ],
            options={
                "verbose_name": "强制报告提示",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["station_id", "closed"], name="notices_of_a_station")],
            },
        ),
        migrations.CreateModel(
            name="ScaleDefinition",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=linzhan.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                        verbose_name="平台编号",
                    ),
                ),
                ("code", models.CharField(db_collation="C", max_length=32, verbose_name="量表代码")),
                ("version", models.CharField(db_collation="C", max_length=16, verbose_name="版本")),
                ("text", models.TextField(verbose_name="定义")),
                ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="导入时间")),
                ("added_by", models.TextField(verbose_name="导入人")),
            ],
            options={
                "verbose_name": "量表定义",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "version"), name="a_version_of_a_scale_is_defined_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="a_definition_is_not_empty"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScaleResult",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=linzhan.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                        verbose_name="平台编号",
                    ),
                ),
                (
                    "region_code",
                    linzhan.kernel.rows.RegionCodeField(
                        db_collation="C", max_length=12, verbose_name="行政区划"
                    ),
                ),
                (
                    "county_code",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Left("region_code", 6),
                        output_field=models.CharField(db_collation="C", max_length=6),
                        verbose_name="县码",
                    ),
                ),
                ("station_id", models.UUIDField(verbose_name="站点")),
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="测评编号")),
                ("resident_id", models.UUIDField(verbose_name="服务对象")),
                (
                    "case_code",
                    models.CharField(
                        blank=True, db_collation="C", default="", max_length=64, verbose_name="个案编号"
                    ),
                ),
                ("scale", models.CharField(max_length=32, verbose_name="量表")),
                ("version", models.CharField(max_length=16, verbose_name="版本")),
                ("taken_on", models.DateField(verbose_name="测评日期")),
                ("answers", models.TextField(verbose_name="作答")),
                ("score", models.DecimalField(decimal_places=2, max_digits=7, verbose_name="得分")),
                ("band", models.CharField(max_length=100, verbose_name="分档")),
                ("note", models.TextField(blank=True, default="", verbose_name="说明")),
                ("recorded_by", models.UUIDField(editable=False, null=True, verbose_name="填写账号")),
                ("recorded_label", models.TextField(default="", editable=False, verbose_name="填写人")),
                ("recorded_at", models.DateTimeField(editable=False, null=True, verbose_name="平台收到时间")),
            ],
            options={
                "verbose_name": "测评结果",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["station_id", "-taken_on"], name="results_of_a_station"),
                    models.Index(fields=["resident_id", "scale", "taken_on"], name="results_of_a_resident"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "county_code"), name="a_result_code_is_unique_in_its_county"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IncidentFact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=linzhan.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                        verbose_name="平台编号",
                    ),
                ),
                (
                    "region_code",
                    linzhan.kernel.rows.RegionCodeField(
                        db_collation="C", max_length=12, verbose_name="行政区划"
                    ),
                ),
                (
                    "county_code",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Left("region_code", 6),
                        output_field=models.CharField(db_collation="C", max_length=6),
                        verbose_name="县码",
                    ),
                ),
                ("station_id", models.UUIDField(blank=True, null=True, verbose_name="站点")),
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="经过编号")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("已上报", "已上报"),
                            ("县级接收", "县级接收"),
                            ("已回复", "已回复"),
                            ("保护计划", "保护计划"),
                            ("跟进", "跟进"),
                            ("结束", "结束"),
                            ("补充", "补充"),
                        ],
                        max_length=10,
                        verbose_name="事项",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("body", models.CharField(blank=True, default="", max_length=200, verbose_name="单位")),
                (
                    "contact",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="对方联系人"),
                ),
                (
                    "receipt",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="受理编号"),
                ),
                ("text", models.TextField(blank=True, default="", verbose_name="内容")),
                ("reporter_id", models.UUIDField(editable=False, null=True, verbose_name="报告人")),
                ("practice", models.BooleanField(editable=False, null=True, verbose_name="演练")),
                ("by_id", models.UUIDField(editable=False, null=True, verbose_name="填写人")),
                ("by_label", models.TextField(default="", editable=False, verbose_name="填写人姓名")),
                ("recorded_at", models.DateTimeField(editable=False, null=True, verbose_name="平台收到时间")),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.incident",
                        verbose_name="强制报告",
                    ),
                ),
            ],
            options={
                "verbose_name": "强制报告经过",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["incident", "at"], name="facts_of_an_incident_in_order")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "county_code"), name="a_fact_code_is_unique_in_its_county"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VoidedResult",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=linzhan.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                        verbose_name="平台编号",
                    ),
                ),
                (
                    "region_code",
                    linzhan.kernel.rows.RegionCodeField(
                        db_collation="C", max_length=12, verbose_name="行政区划"
                    ),
                ),
                ("station_id", models.UUIDField(verbose_name="站点")),
                ("reason", models.CharField(max_length=200, verbose_name="作废原因")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                ("by_id", models.UUIDField(null=True, verbose_name="作废账号")),
                ("by_label", models.TextField(verbose_name="作废人")),
                (
                    "result",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.scaleresult",
                        verbose_name="测评结果",
                    ),
                ),
            ],
            options={
                "verbose_name": "作废的测评",
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="a_result_is_voided_for_a_reason",
                    )
                ],
            },
        ),
        migrations.RunSQL(SIGNED + MOVED + RESULTS, UNDO),
    ]
