import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import linzhan.kernel.ids
import linzhan.kernel.rows
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0002_pages_in_the_order_of_an_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="CategoryBasis",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="认定编号")),
                ("category", models.CharField(max_length=10, verbose_name="对象类别")),
                ("basis", models.CharField(blank=True, default="", max_length=200, verbose_name="认定依据")),
                (
                    "document_number",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="文件或证件号"),
                ),
                ("starts_on", models.DateField(verbose_name="认定日期")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="有效期至")),
                ("source", models.CharField(blank=True, default="", max_length=200, verbose_name="信息来源")),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="核实日期")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="终止日期")),
            ],
            options={
                "verbose_name": "类别认定",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Consent",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="同意编号")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("建档服务", "建档服务"),
                            ("个案与健康评估", "个案与健康评估"),
                            ("照片宣传", "照片宣传"),
                            ("转介共享", "转介共享"),
                            ("督导评估查阅", "督导评估查阅"),
                            ("研究统计", "研究统计"),
                            ("位置", "位置"),
                        ],
                        max_length=20,
                        verbose_name="同意事项",
                    ),
                ),
                (
                    "given_by",
                    models.CharField(
                        choices=[("本人", "本人"), ("监护人", "监护人"), ("代理人", "代理人")],
                        max_length=10,
                        verbose_name="由谁同意",
                    ),
                ),
                (
                    "giver",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="同意人姓名"),
                ),
                (
                    "relation",
                    models.CharField(blank=True, default="", max_length=40, verbose_name="与本人关系"),
                ),
                ("child_view", models.TextField(blank=True, default="", verbose_name="未成年人本人意见")),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("签字", "签字"),
                            ("按印", "按印"),
                            ("口头并见证", "口头并见证"),
                            ("线上", "线上"),
                        ],
                        max_length=10,
                        verbose_name="同意方式",
                    ),
                ),
                ("witness", models.CharField(blank=True, default="", max_length=200, verbose_name="见证人")),
                (
                    "text_version",
                    models.CharField(blank=True, default="", max_length=40, verbose_name="告知书版本"),
                ),
                ("given_on", models.DateField(verbose_name="同意日期")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="撤回日期")),
                ("note", models.TextField(blank=True, default="", verbose_name="说明")),
            ],
            options={
                "verbose_name": "知情同意",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="HomeSurvey",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="调查编号")),
                ("worker_id", models.UUIDField(blank=True, null=True, verbose_name="调查人")),
                ("surveyed_on", models.DateField(verbose_name="调查日期")),
                (
                    "members_count",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="家庭人口"),
                ),
                (
                    "emergency_contact",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="紧急联系人"),
                ),
                (
                    "emergency_phone",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="紧急联系电话"),
                ),
                ("marital", models.CharField(blank=True, default="", max_length=10, verbose_name="婚姻状况")),
                (
                    "education",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="文化程度"),
                ),
                (
                    "employment",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="就业状况"),
                ),
                (
                    "income",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="主要收入来源"),
                ),
                ("living", models.CharField(blank=True, default="", max_length=20, verbose_name="居住方式")),
                ("health", models.CharField(blank=True, default="", max_length=10, verbose_name="健康状况")),
                (
                    "chronic",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="慢性病",
                    ),
                ),
                (
                    "care_ability",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="生活自理能力"),
                ),
                (
                    "care_resources",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="照料资源",
                    ),
                ),
                (
                    "social_security",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="社会保障",
                    ),
                ),
                (
                    "policies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="享受的政策",
                    ),
                ),
                ("housing", models.CharField(blank=True, default="", max_length=20, verbose_name="住房")),
                (
                    "guardianship",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="监护能力"),
                ),
                ("school", models.CharField(blank=True, default="", max_length=200, verbose_name="就读学校")),
                (
                    "attendance",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="到校情况"),
                ),
                (
                    "need_kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="需求类型",
                    ),
                ),
                ("need_text", models.TextField(blank=True, default="", verbose_name="需求内容")),
                ("urgency", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="紧急程度")),
                ("note", models.TextField(blank=True, default="", verbose_name="备注")),
            ],
            options={
                "verbose_name": "入户调查",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Household",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="户编号")),
                ("head", models.CharField(blank=True, default="", max_length=200, verbose_name="户主")),
                ("phone", models.CharField(blank=True, default="", max_length=64, verbose_name="联系电话")),
                (
                    "members_count",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="家庭人口"),
                ),
                (
                    "home_region_code",
                    linzhan.kernel.rows.RegionCodeField(
                        blank=True, db_collation="C", default="", max_length=12, verbose_name="现住行政区划"
                    ),
                ),
                ("address", models.CharField(blank=True, default="", max_length=200, verbose_name="住址")),
                (
                    "income",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="主要收入来源"),
                ),
                ("notes", models.TextField(blank=True, default="", verbose_name="家庭情况")),
            ],
            options={
                "verbose_name": "家庭户",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="MajorChange",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="变故编号")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("火灾", "火灾"),
                            ("自然灾害", "自然灾害"),
                            ("意外事故", "意外事故"),
                            ("突发重病或住院", "突发重病或住院"),
                            ("亲人或照料人去世", "亲人或照料人去世"),
                            ("监护人被羁押或服刑", "监护人被羁押或服刑"),
                            ("监护人失联或不履责", "监护人失联或不履责"),
                            ("失能加重", "失能加重"),
                            ("失业或收入骤降", "失业或收入骤降"),
                            ("疑似受到侵害", "疑似受到侵害"),
                            ("自伤或轻生迹象", "自伤或轻生迹象"),
                            ("其他", "其他"),
                        ],
                        max_length=20,
                        verbose_name="变故类型",
                    ),
                ),
                ("happened_at", models.DateTimeField(verbose_name="发生时间")),
                ("found_at", models.DateTimeField(verbose_name="发现时间")),
                ("note", models.TextField(blank=True, default="", verbose_name="情况说明")),
            ],
            options={
                "verbose_name": "重大变故",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ResidentDetail",
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
                ("nation", models.CharField(blank=True, default="", max_length=40, verbose_name="民族")),
                (
                    "landline",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="固定电话"),
                ),
                (
                    "emergency_contact",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="紧急联系人"),
                ),
                (
                    "emergency_phone",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="紧急联系电话"),
                ),
                (
                    "hukou_address",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="户籍地址"),
                ),
                (
                    "separation",
                    models.CharField(blank=True, default="", max_length=10, verbose_name="人户分离"),
                ),
                ("marital", models.CharField(blank=True, default="", max_length=10, verbose_name="婚姻状况")),
                ("sons", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="儿子")),
                ("daughters", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="女儿")),
                (
                    "education",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="文化程度"),
                ),
                (
                    "employment",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="就业状况"),
                ),
                (
                    "unemployed_reason",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="未就业原因"),
                ),
                (
                    "income",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="主要收入来源"),
                ),
                ("living", models.CharField(blank=True, default="", max_length=20, verbose_name="居住方式")),
                ("health", models.CharField(blank=True, default="", max_length=10, verbose_name="健康状况")),
                (
                    "chronic",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="慢性病",
                    ),
                ),
                ("mental", models.TextField(blank=True, default="", verbose_name="精神状况")),
                (
                    "disability_types",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="残疾类别",
                    ),
                ),
                (
                    "disability_grade",
                    models.CharField(blank=True, default="", max_length=10, verbose_name="残疾等级"),
                ),
                (
                    "care_ability",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="生活自理能力"),
                ),
                (
                    "care_resources",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="照料资源",
                    ),
                ),
                (
                    "social_security",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="社会保障",
                    ),
                ),
                ("social_resources", models.TextField(blank=True, default="", verbose_name="社会支持")),
                (
                    "policies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="享受的政策",
                    ),
                ),
                ("housing", models.CharField(blank=True, default="", max_length=20, verbose_name="住房")),
                ("goals", models.TextField(blank=True, default="", verbose_name="服务目标")),
                (
                    "guardian_relation",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="监护人关系"),
                ),
                (
                    "guardianship",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="监护能力"),
                ),
                ("father", models.CharField(blank=True, default="", max_length=20, verbose_name="父亲情况")),
                ("mother", models.CharField(blank=True, default="", max_length=20, verbose_name="母亲情况")),
                (
                    "parents_contacted_on",
                    models.DateField(blank=True, null=True, verbose_name="父母最近联系日期"),
                ),
                ("school", models.CharField(blank=True, default="", max_length=200, verbose_name="就读学校")),
                ("grade", models.CharField(blank=True, default="", max_length=40, verbose_name="年级")),
                (
                    "attendance",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="到校情况"),
                ),
                (
                    "carer",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="委托照护人"),
                ),
                (
                    "carer_phone",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="委托照护人电话"),
                ),
                ("care_agreed_on", models.DateField(blank=True, null=True, verbose_name="委托照护协议日期")),
                (
                    "child_director",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="儿童主任"),
                ),
                (
                    "external_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="其他系统编号",
                    ),
                ),
            ],
            options={
                "verbose_name": "对象详情",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="RiskReview",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="评估编号")),
                (
                    "level",
                    models.CharField(
                        choices=[("高风险", "高风险"), ("重点", "重点"), ("一般", "一般"), ("普通", "普通")],
                        max_length=10,
                        verbose_name="风险等级",
                    ),
                ),
                ("reason", models.TextField(blank=True, default="", verbose_name="评定理由")),
                ("worker_id", models.UUIDField(blank=True, null=True, verbose_name="评定人")),
                ("reviewed_on", models.DateField(verbose_name="评定日期")),
                ("review_by", models.DateField(blank=True, null=True, verbose_name="下次评定期限")),
                (
                    "suggested",
                    models.CharField(blank=True, default="", max_length=10, verbose_name="系统建议等级"),
                ),
                ("suggested_why", models.TextField(blank=True, default="", verbose_name="建议理由")),
            ],
            options={
                "verbose_name": "风险评估",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddIndex(
            model_name="resident",
            index=models.Index(
                condition=models.Q(("household", ""), _negated=True),
                fields=["county_code", "household"],
                name="residents_of_a_household",
            ),
        ),
        migrations.AddField(
            model_name="categorybasis",
            name="resident",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casework.resident",
                verbose_name="服务对象",
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="resident",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casework.resident",
                verbose_name="服务对象",
            ),
        ),
        migrations.AddField(
            model_name="homesurvey",
            name="resident",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casework.resident",
                verbose_name="服务对象",
            ),
        ),
        migrations.AddIndex(
            model_name="household",
            index=models.Index(fields=["region_code", "id"], name="households_of_a_place"),
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_household_number_is_unique_in_its_county"
            ),
        ),
        migrations.AddField(
            model_name="majorchange",
            name="resident",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casework.resident",
                verbose_name="服务对象",
            ),
        ),
        migrations.AddField(
            model_name="residentdetail",
            name="resident",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casework.resident",
                verbose_name="服务对象",
            ),
        ),
        migrations.AddField(
            model_name="riskreview",
            name="resident",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casework.resident",
                verbose_name="服务对象",
            ),
        ),
        migrations.AddIndex(
            model_name="categorybasis",
            index=models.Index(fields=["region_code", "id"], name="bases_of_a_place"),
        ),
        migrations.AddIndex(
            model_name="categorybasis",
            index=models.Index(fields=["resident"], name="bases_of_a_resident"),
        ),
        migrations.AddIndex(
            model_name="categorybasis",
            index=models.Index(
                condition=models.Q(("ended_on__isnull", True), ("expires_on__isnull", False)),
                fields=["county_code", "expires_on"],
                name="bases_that_expire",
            ),
        ),
        migrations.AddConstraint(
            model_name="categorybasis",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_basis_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddConstraint(
            model_name="categorybasis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expires_on__isnull", True), ("expires_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="a_basis_expires_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="categorybasis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on__isnull", True), ("ended_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="a_basis_ends_after_it_starts",
            ),
        ),
        migrations.AddIndex(
            model_name="consent",
            index=models.Index(fields=["region_code", "id"], name="consents_of_a_place"),
        ),
        migrations.AddIndex(
            model_name="consent",
            index=models.Index(fields=["resident"], name="consents_of_a_resident"),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_consent_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_on__isnull", True),
                    ("withdrawn_on__gte", models.F("given_on")),
                    _connector="OR",
                ),
                name="a_consent_is_withdrawn_after_it_is_given",
            ),
        ),
        migrations.AddIndex(
            model_name="homesurvey",
            index=models.Index(fields=["region_code", "id"], name="surveys_of_a_place"),
        ),
        migrations.AddIndex(
            model_name="homesurvey",
            index=models.Index(fields=["resident", "-surveyed_on"], name="surveys_of_a_resident"),
        ),
        migrations.AddConstraint(
            model_name="homesurvey",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_survey_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddConstraint(
            model_name="homesurvey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("urgency__isnull", True),
                    models.Q(("urgency__gte", 1), ("urgency__lte", 4)),
                    _connector="OR",
                ),
                name="the_urgency_of_a_survey_is_1_to_4",
            ),
        ),
        migrations.AddIndex(
            model_name="majorchange",
            index=models.Index(fields=["region_code", "found_at"], name="major_changes_of_a_place"),
        ),
        migrations.AddIndex(
            model_name="majorchange",
            index=models.Index(fields=["resident", "-found_at"], name="major_changes_of_a_resident"),
        ),
        migrations.AddConstraint(
            model_name="majorchange",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_major_change_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddConstraint(
            model_name="majorchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("found_at__gte", models.F("happened_at"))),
                name="a_change_is_found_after_it_happened",
            ),
        ),
        migrations.AddIndex(
            model_name="residentdetail",
            index=models.Index(fields=["region_code", "id"], name="details_of_a_place"),
        ),
        migrations.AddIndex(
            model_name="residentdetail",
            index=models.Index(fields=["county_code", "id"], name="details_of_a_county"),
        ),
        migrations.AddIndex(
            model_name="riskreview",
            index=models.Index(fields=["region_code", "id"], name="risk_reviews_of_a_place"),
        ),
        migrations.AddIndex(
            model_name="riskreview",
            index=models.Index(fields=["resident", "-reviewed_on", "-id"], name="risk_reviews_of_a_resident"),
        ),
        migrations.AddConstraint(
            model_name="riskreview",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_risk_review_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddConstraint(
            model_name="riskreview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("review_by__isnull", True), ("review_by__gte", models.F("reviewed_on")), _connector="OR"
                ),
                name="the_next_risk_review_comes_after_this_one",
            ),
        ),
    ]
