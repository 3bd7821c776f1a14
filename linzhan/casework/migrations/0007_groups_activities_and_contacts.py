import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.text
import linzhan.kernel.ids
import linzhan.kernel.rows
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0006_cases_by_stages"),
    ]

    operations = [
        migrations.AddField(
            model_name="servicerecord",
            name="counted",
            field=models.PositiveIntegerField(
                blank=True, editable=False, null=True, verbose_name="出席计得人次"
            ),
        ),
        migrations.CreateModel(
            name="ActivityFile",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="活动编号")),
                ("name", models.CharField(max_length=200, verbose_name="活动名称")),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("计划", "计划"),
                            ("已批准", "已批准"),
                            ("已举办", "已举办"),
                            ("已总结", "已总结"),
                            ("已取消", "已取消"),
                        ],
                        default="计划",
                        max_length=10,
                        verbose_name="阶段",
                    ),
                ),
                ("item", models.CharField(blank=True, default="", max_length=10, verbose_name="服务事项")),
                ("project_id", models.UUIDField(blank=True, null=True, verbose_name="项目")),
                ("worker_id", models.UUIDField(blank=True, null=True, verbose_name="负责社工")),
                ("planned_on", models.DateField(verbose_name="计划日期")),
                ("need_basis", models.TextField(blank=True, default="", verbose_name="需求依据")),
                ("aim", models.TextField(blank=True, default="", verbose_name="活动目标")),
                (
                    "target_group",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="面向人群"),
                ),
                ("place", models.CharField(blank=True, default="", max_length=200, verbose_name="地点")),
                (
                    "headcount_plan",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="计划人数"),
                ),
                (
                    "volunteers_plan",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="计划志愿者"),
                ),
                (
                    "budget",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="预算"
                    ),
                ),
                ("safety_plan", models.TextField(blank=True, default="", verbose_name="安全预案")),
                (
                    "partners",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="合作单位"),
                ),
                ("report", models.TextField(blank=True, default="", verbose_name="活动总结")),
            ],
            options={
                "verbose_name": "活动档案",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["region_code", "planned_on"], name="activities_of_a_place"),
                    models.Index(fields=["station_id", "-planned_on"], name="activities_of_a_station"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "county_code"), name="an_activity_code_is_unique_in_its_county"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CommunityOrganisation",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="组织编号")),
                ("name", models.CharField(max_length=200, verbose_name="组织名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("互助服务", "互助服务"),
                            ("志愿公益", "志愿公益"),
                            ("文体娱乐", "文体娱乐"),
                            ("议事协商", "议事协商"),
                            ("矛盾调解", "矛盾调解"),
                            ("其他", "其他"),
                        ],
                        max_length=10,
                        verbose_name="组织类型",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("挖掘", "挖掘"),
                            ("孵化", "孵化"),
                            ("备案", "备案"),
                            ("登记", "登记"),
                            ("停止", "停止"),
                        ],
                        default="挖掘",
                        max_length=10,
                        verbose_name="阶段",
                    ),
                ),
                ("members", models.PositiveIntegerField(blank=True, null=True, verbose_name="成员人数")),
                ("leader", models.CharField(blank=True, default="", max_length=200, verbose_name="负责人")),
                ("phone", models.CharField(blank=True, default="", max_length=64, verbose_name="联系电话")),
                ("found_on", models.DateField(verbose_name="挖掘日期")),
                ("incubated_on", models.DateField(blank=True, null=True, verbose_name="孵化日期")),
                ("filed_on", models.DateField(blank=True, null=True, verbose_name="备案日期")),
                ("registered_on", models.DateField(blank=True, null=True, verbose_name="登记日期")),
                ("support", models.TextField(blank=True, default="", verbose_name="培育支持")),
            ],
            options={
                "verbose_name": "社区社会组织",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["region_code", "found_on"], name="organisations_of_a_place")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "county_code"), name="an_organisation_code_is_unique_in_its_county"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupFile",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="小组编号")),
                ("name", models.CharField(max_length=200, verbose_name="小组名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("教育", "教育"),
                            ("成长", "成长"),
                            ("支持", "支持"),
                            ("治疗", "治疗"),
                            ("互助", "互助"),
                            ("社会化", "社会化"),
                            ("兴趣", "兴趣"),
                        ],
                        max_length=10,
                        verbose_name="小组类型",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("草拟", "草拟"),
                            ("已批准", "已批准"),
                            ("招募中", "招募中"),
                            ("进行中", "进行中"),
                            ("已评估", "已评估"),
                            ("已结束", "已结束"),
                            ("已取消", "已取消"),
                        ],
                        default="草拟",
                        max_length=10,
                        verbose_name="阶段",
                    ),
                ),
                (
                    "phase",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("筹备期", "筹备期"),
                            ("形成期", "形成期"),
                            ("转折期", "转折期"),
                            ("成熟期", "成熟期"),
                            ("结束期", "结束期"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="发展期",
                    ),
                ),
                ("project_id", models.UUIDField(blank=True, null=True, verbose_name="项目")),
                ("worker_id", models.UUIDField(blank=True, null=True, verbose_name="带领社工")),
                ("drafted_on", models.DateField(verbose_name="立项日期")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="计划开始")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="计划结束")),
                ("theory", models.CharField(blank=True, default="", max_length=200, verbose_name="理论依据")),
                (
                    "criteria",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="招募条件"),
                ),
                ("goals", models.TextField(blank=True, default="", verbose_name="小组目标")),
                (
                    "planned_sessions",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="计划节数"),
                ),
                (
                    "planned_size",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="计划人数"),
                ),
                ("place", models.CharField(blank=True, default="", max_length=200, verbose_name="地点")),
                (
                    "budget",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="预算"
                    ),
                ),
                ("risk_plan", models.TextField(blank=True, default="", verbose_name="风险预案")),
                ("evaluation", models.TextField(blank=True, default="", verbose_name="评估结论")),
            ],
            options={
                "verbose_name": "小组档案",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["region_code", "drafted_on"], name="groups_of_a_place"),
                    models.Index(fields=["station_id", "-drafted_on"], name="groups_of_a_station"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "county_code"), name="a_group_code_is_unique_in_its_county"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Programme",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="服务编号")),
                ("name", models.CharField(max_length=200, verbose_name="服务名称")),
                (
                    "method",
                    models.CharField(
                        choices=[("活动", "活动"), ("小组", "小组")], max_length=10, verbose_name="记为"
                    ),
                ),
                ("item", models.CharField(blank=True, default="", max_length=10, verbose_name="服务事项")),
                ("project_id", models.UUIDField(blank=True, null=True, verbose_name="项目")),
                ("worker_id", models.UUIDField(verbose_name="负责社工")),
                ("place", models.CharField(blank=True, default="", max_length=200, verbose_name="地点")),
                ("term_from", models.DateField(verbose_name="开课日期")),
                ("term_to", models.DateField(verbose_name="结课日期")),
                (
                    "skipped",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="停课日期",
                    ),
                ),
            ],
            options={
                "verbose_name": "定期服务",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["region_code", "term_from"], name="programmes_of_a_place")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "county_code"), name="a_programme_code_is_unique_in_its_county"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("term_to__isnull", True),
                            ("term_to__gte", models.F("term_from")),
                            _connector="OR",
                        ),
                        name="a_term_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TimetableSlot",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="课次编号")),
                (
                    "weekday",
                    models.CharField(
                        choices=[
                            ("周一", "周一"),
                            ("周二", "周二"),
                            ("周三", "周三"),
                            ("周四", "周四"),
                            ("周五", "周五"),
                            ("周六", "周六"),
                            ("周日", "周日"),
                        ],
                        max_length=4,
                        verbose_name="星期",
                    ),
                ),
                ("begins", models.CharField(max_length=5, verbose_name="开始")),
                ("ends", models.CharField(max_length=5, verbose_name="结束")),
                ("topic", models.CharField(blank=True, default="", max_length=200, verbose_name="内容")),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.programme",
                        verbose_name="定期服务",
                    ),
                ),
            ],
            options={
                "verbose_name": "课表",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ProgrammeSession",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("held_on", models.DateField(verbose_name="日期")),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.programme",
                        verbose_name="定期服务",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.servicerecord",
                        verbose_name="服务记录",
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.timetableslot",
                        verbose_name="课表",
                    ),
                ),
            ],
            options={
                "verbose_name": "定期服务场次",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ActivityDetail",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("registered", models.PositiveIntegerField(blank=True, null=True, verbose_name="报名人数")),
                ("present", models.PositiveIntegerField(blank=True, null=True, verbose_name="到场人数")),
                ("elders", models.PositiveIntegerField(blank=True, null=True, verbose_name="其中老年人")),
                ("minors", models.PositiveIntegerField(blank=True, null=True, verbose_name="其中未成年人")),
                ("disabled", models.PositiveIntegerField(blank=True, null=True, verbose_name="其中残疾人")),
                (
                    "on_relief",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="其中救助对象"),
                ),
                ("indirect", models.PositiveIntegerField(blank=True, null=True, verbose_name="间接受益人数")),
                ("incidents", models.TextField(blank=True, default="", verbose_name="突发情况")),
                (
                    "expense",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="支出"
                    ),
                ),
                (
                    "feedback_forms",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="反馈表份数"),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.servicerecord",
                        verbose_name="服务记录",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.activityfile",
                        verbose_name="活动档案",
                    ),
                ),
            ],
            options={
                "verbose_name": "活动详情",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["region_code", "id"], name="activity_details_of_a_place"),
                    models.Index(fields=["activity"], name="details_of_an_activity"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("record",), name="an_activity_record_has_one_detail")
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="出席编号")),
                ("name", models.CharField(blank=True, default="", max_length=200, verbose_name="姓名")),
                (
                    "present",
                    models.BooleanField(blank=True, default=True, null=True, verbose_name="是否到场"),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.servicerecord",
                        verbose_name="服务记录",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.resident",
                        verbose_name="服务对象",
                    ),
                ),
            ],
            options={
                "verbose_name": "出席",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["resident"], name="attendances_of_a_resident"),
                    models.Index(fields=["region_code", "record"], name="attendances_of_a_place"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "county_code"), name="an_attendance_code_is_unique_in_its_county"
                    ),
                    models.UniqueConstraint(
                        fields=("record", "resident"), name="a_resident_attends_a_service_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("resident__isnull", True)),
                        fields=("record", "name"),
                        name="a_named_person_attends_a_service_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("来站", "来站"),
                            ("进家", "进家"),
                            ("电话", "电话"),
                            ("网络", "网络"),
                            ("外展", "外展"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="来访方式",
                    ),
                ),
                ("question", models.TextField(verbose_name="咨询问题")),
                ("answer", models.TextField(blank=True, default="", verbose_name="答复")),
                ("referred", models.CharField(blank=True, default="", max_length=200, verbose_name="转给")),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.servicerecord",
                        verbose_name="服务记录",
                    ),
                ),
            ],
            options={
                "verbose_name": "咨询记录",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["region_code", "id"], name="consultations_of_a_place")],
                "constraints": [
                    models.UniqueConstraint(fields=("record",), name="a_record_is_one_consultation")
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupFileState",
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
                ("valid_from", models.DateField(null=True, verbose_name="起")),
                ("valid_to", models.DateField(null=True, verbose_name="止")),
                ("station_id", models.UUIDField(verbose_name="站点")),
                ("provider_id", models.UUIDField(null=True, verbose_name="承接机构")),
                ("stage", models.CharField(blank=True, default="", max_length=10, verbose_name="阶段")),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="casework.groupfile",
                        verbose_name="小组档案",
                    ),
                ),
            ],
            options={
                "verbose_name": "小组档案历史",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["region_code", "valid_from"], name="group_states_of_a_place")
                ],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("subject", "="),
                            (
                                models.Func(
                                    "valid_from",
                                    "valid_to",
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="a_group_has_one_state_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupMember",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="成员编号")),
                ("name", models.CharField(blank=True, default="", max_length=200, verbose_name="姓名")),
                ("joined_on", models.DateField(verbose_name="加入日期")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="离开日期")),
                (
                    "measure",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="测量工具"),
                ),
                (
                    "pre",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="前测得分"
                    ),
                ),
                (
                    "post",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="后测得分"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.groupfile",
                        verbose_name="小组档案",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.resident",
                        verbose_name="服务对象",
                    ),
                ),
            ],
            options={
                "verbose_name": "小组成员",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["group", "joined_on"], name="members_of_a_group")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "county_code"), name="a_member_code_is_unique_in_its_county"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("left_on__isnull", True)),
                        fields=("group", "resident"),
                        name="a_resident_is_in_a_group_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Negotiation",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="协商编号")),
                ("topic", models.CharField(max_length=200, verbose_name="议题")),
                ("held_on", models.DateField(verbose_name="协商日期")),
                ("place", models.CharField(blank=True, default="", max_length=200, verbose_name="地点")),
                ("parties", models.CharField(max_length=200, verbose_name="参与各方")),
                ("headcount", models.PositiveIntegerField(blank=True, null=True, verbose_name="参与人数")),
                ("agreed", models.BooleanField(blank=True, null=True, verbose_name="是否达成共识")),
                ("result", models.TextField(blank=True, default="", verbose_name="协商结果")),
                ("follow_up", models.TextField(blank=True, default="", verbose_name="后续事项")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="跟进期限")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="落实日期")),
                (
                    "record",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.servicerecord",
                        verbose_name="服务记录",
                    ),
                ),
            ],
            options={
                "verbose_name": "议事协商",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["region_code", "held_on"], name="negotiations_of_a_place")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "county_code"), name="a_negotiation_code_is_unique_in_its_county"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeMember",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="名单编号")),
                ("name", models.CharField(blank=True, default="", max_length=200, verbose_name="姓名")),
                ("pickup", models.CharField(blank=True, default="", max_length=200, verbose_name="接送人")),
                ("joined_on", models.DateField(verbose_name="报名日期")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="退出日期")),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.programme",
                        verbose_name="定期服务",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.resident",
                        verbose_name="服务对象",
                    ),
                ),
            ],
            options={
                "verbose_name": "定期服务名单",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["programme", "joined_on"], name="members_of_a_programme")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "county_code"), name="an_enrolment_code_is_unique_in_its_county"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("left_on__isnull", True)),
                        fields=("programme", "resident"),
                        name="a_resident_is_enrolled_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Publicity",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="宣传编号")),
                (
                    "moment",
                    models.CharField(
                        choices=[("开展前", "开展前"), ("开展中", "开展中"), ("开展后", "开展后")],
                        max_length=10,
                        verbose_name="时机",
                    ),
                ),
                (
                    "medium",
                    models.CharField(
                        choices=[
                            ("公众号", "公众号"),
                            ("短视频", "短视频"),
                            ("微信群", "微信群"),
                            ("海报横幅", "海报横幅"),
                            ("村广播", "村广播"),
                            ("入户告知", "入户告知"),
                            ("媒体报道", "媒体报道"),
                            ("其他", "其他"),
                        ],
                        max_length=10,
                        verbose_name="媒介",
                    ),
                ),
                ("published_on", models.DateField(verbose_name="发布日期")),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("link", models.CharField(blank=True, default="", max_length=200, verbose_name="链接")),
                ("reach", models.PositiveIntegerField(blank=True, null=True, verbose_name="触达人数")),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.activityfile",
                        verbose_name="活动档案",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.groupfile",
                        verbose_name="小组档案",
                    ),
                ),
            ],
            options={
                "verbose_name": "宣传记录",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["region_code", "published_on"], name="publicity_of_a_place")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "county_code"), name="a_publicity_code_is_unique_in_its_county"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferralFile",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="转介编号")),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("拟转介", "拟转介"),
                            ("已发出", "已发出"),
                            ("已接收", "已接收"),
                            ("有结果", "有结果"),
                            ("被退回", "被退回"),
                            ("已撤回", "已撤回"),
                        ],
                        default="拟转介",
                        max_length=10,
                        verbose_name="阶段",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("内部", "内部"), ("外部", "外部")], max_length=10, verbose_name="转介类型"
                    ),
                ),
                ("receiver", models.CharField(max_length=200, verbose_name="接收方")),
                (
                    "contact",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="接收方联系人"),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[("一般", "一般"), ("紧急", "紧急"), ("立即", "立即")],
                        max_length=10,
                        verbose_name="紧急程度",
                    ),
                ),
                ("reason", models.TextField(verbose_name="转介事由")),
                ("shared", models.TextField(blank=True, default="", verbose_name="转交的资料")),
                ("consented_on", models.DateField(blank=True, null=True, verbose_name="同意日期")),
                (
                    "consent_overridden",
                    models.BooleanField(blank=True, null=True, verbose_name="未经同意先转"),
                ),
                ("override_reason", models.TextField(blank=True, default="", verbose_name="先转理由")),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="发出日期")),
                ("received_on", models.DateField(blank=True, null=True, verbose_name="接收日期")),
                ("receipt", models.CharField(blank=True, default="", max_length=200, verbose_name="回执")),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="结果日期")),
                ("result", models.TextField(blank=True, default="", verbose_name="转介结果")),
                (
                    "record",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.servicerecord",
                        verbose_name="服务记录",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.resident",
                        verbose_name="服务对象",
                    ),
                ),
            ],
            options={
                "verbose_name": "转介单",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["region_code", "sent_on"], name="referrals_of_a_place"),
                    models.Index(fields=["resident"], name="referrals_of_a_resident"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "county_code"), name="a_referral_code_is_unique_in_its_county"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ResourceLink",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("donor", models.CharField(max_length=200, verbose_name="提供方")),
                (
                    "kind",
                    models.CharField(
                        choices=[("资金", "资金"), ("物资", "物资"), ("服务", "服务"), ("场地", "场地")],
                        max_length=10,
                        verbose_name="资源类型",
                    ),
                ),
                ("what", models.CharField(max_length=200, verbose_name="内容和数量")),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="金额或折价"
                    ),
                ),
                ("receipt", models.CharField(blank=True, default="", max_length=200, verbose_name="票据号")),
                ("received_on", models.DateField(blank=True, null=True, verbose_name="到账或收到日期")),
                (
                    "public_fundraising",
                    models.BooleanField(blank=True, null=True, verbose_name="是否公开募捐"),
                ),
                (
                    "charity",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="公募慈善组织"),
                ),
                (
                    "charity_number",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="募捐方案备案号"),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.servicerecord",
                        verbose_name="服务记录",
                    ),
                ),
            ],
            options={
                "verbose_name": "资源链接明细",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["region_code", "id"], name="resource_links_of_a_place")],
                "constraints": [
                    models.UniqueConstraint(fields=("record",), name="a_record_is_one_resource_link")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="timetableslot",
            index=models.Index(fields=["region_code", "id"], name="slots_of_a_place"),
        ),
        migrations.AddConstraint(
            model_name="timetableslot",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_slot_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddConstraint(
            model_name="timetableslot",
            constraint=models.UniqueConstraint(
                fields=("programme", "weekday", "begins"), name="a_programme_begins_once_at_a_time"
            ),
        ),
        migrations.AddIndex(
            model_name="programmesession",
            index=models.Index(fields=["region_code", "held_on"], name="lessons_of_a_place"),
        ),
        migrations.AddConstraint(
            model_name="programmesession",
            constraint=models.UniqueConstraint(fields=("record",), name="a_record_is_one_lesson"),
        ),
        migrations.AddConstraint(
            model_name="programmesession",
            constraint=models.UniqueConstraint(fields=("slot", "held_on"), name="a_lesson_is_held_once"),
        ),
    ]
