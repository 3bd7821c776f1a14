"""Purchases from need to renewal, milestones and targets of contracts, and the lists around them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import linzhan.kernel.ids
import linzhan.kernel.rows
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procurement", "0002_money_follows_its_project"),
    ]

    operations = [
        migrations.CreateModel(
            name="CatalogueItem",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="目录编号")),
                ("name", models.CharField(max_length=200, verbose_name="事项名称")),
                ("category", models.CharField(blank=True, default="", max_length=100, verbose_name="大类")),
                (
                    "listed_in",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="所在目录"),
                ),
                ("purchasable", models.BooleanField(blank=True, null=True, verbose_name="可以购买")),
                (
                    "from_associations",
                    models.BooleanField(blank=True, null=True, verbose_name="可向行业组织购买"),
                ),
                ("starts_on", models.DateField(verbose_name="启用日期")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                ("basis", models.CharField(blank=True, default="", max_length=200, verbose_name="依据")),
            ],
            options={
                "verbose_name": "采购目录",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["region_code", "id"], name="catalogue_of_a_place")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "county_code"), name="a_catalogue_code_is_unique_in_its_county"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="a_catalogue_item_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contest",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="批次编号")),
                ("name", models.CharField(max_length=200, verbose_name="批次名称")),
                ("kind", models.CharField(blank=True, default="", max_length=10, verbose_name="形式")),
                (
                    "organiser",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="主办单位"),
                ),
                ("opened_on", models.DateField(verbose_name="征集日期")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="截止日期")),
                (
                    "fund",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="资助总额"
                    ),
                ),
                ("wanted", models.PositiveIntegerField(blank=True, null=True, verbose_name="计划资助数")),
                ("remark", models.TextField(blank=True, default="", verbose_name="说明")),
            ],
            options={
                "verbose_name": "公益创投和项目大赛",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["region_code", "opened_on"], name="contests_of_a_place")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "county_code"), name="a_contest_code_is_unique_in_its_county"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True),
                            ("closed_on__gte", models.F("opened_on")),
                            _connector="OR",
                        ),
                        name="a_contest_ends_after_it_opens",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PurchaseFile",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="采购编号")),
                ("name", models.CharField(max_length=200, verbose_name="采购名称")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("社工站运营", "社工站运营"),
                            ("专项服务", "专项服务"),
                            ("督导", "督导"),
                            ("评估", "评估"),
                            ("培训", "培训"),
                            ("公益创投", "公益创投"),
                            ("民生微项目", "民生微项目"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="项目类型",
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        blank=True,
                        choices=[("购买项目", "购买项目"), ("购买岗位", "购买岗位")],
                        default="",
                        max_length=10,
                        verbose_name="购买形式",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("意向", "意向"),
                            ("需求调查", "需求调查"),
                            ("待立项", "待立项"),
                            ("立项", "立项"),
                            ("待批方式", "待批方式"),
                            ("采购", "采购"),
                            ("成交", "成交"),
                            ("合同拟定", "合同拟定"),
                            ("签约", "签约"),
                            ("人员方案", "人员方案"),
                            ("计划待审", "计划待审"),
                            ("执行", "执行"),
                            ("中期评估", "中期评估"),
                            ("末期评估", "末期评估"),
                            ("待结算", "待结算"),
                            ("结项", "结项"),
                            ("待定续签", "待定续签"),
                            ("续签已定", "续签已定"),
                            ("暂停", "暂停"),
                            ("争议", "争议"),
                            ("待终止", "待终止"),
                            ("终止", "终止"),
                            ("撤销", "撤销"),
                        ],
                        default="意向",
                        max_length=10,
                        verbose_name="阶段",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        blank=True,
                        choices=[("采购", "采购"), ("补建", "补建")],
                        default="",
                        max_length=10,
                        verbose_name="建档方式",
                    ),
                ),
                ("purchaser", models.CharField(max_length=200, verbose_name="购买主体")),
                (
                    "buyer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("县级民政部门", "县级民政部门"),
                            ("市级民政部门", "市级民政部门"),
                            ("使用部门", "使用部门"),
                            ("乡镇(街道)", "乡镇(街道)"),
                            ("其他购买方", "其他购买方"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="购买主体类别",
                    ),
                ),
                ("surveyed_on", models.DateField(blank=True, null=True, verbose_name="调查日期")),
                ("survey_population", models.TextField(blank=True, default="", verbose_name="服务人群")),
                ("survey_method", models.TextField(blank=True, default="", verbose_name="调查方式")),
                ("survey_findings", models.TextField(blank=True, default="", verbose_name="调查结论")),
                ("posts_wanted", models.PositiveIntegerField(blank=True, null=True, verbose_name="岗位数量")),
                ("service_standards", models.TextField(blank=True, default="", verbose_name="服务标准")),
                ("appraisal_indicators", models.TextField(blank=True, default="", verbose_name="考核指标")),
                (
                    "budget_total",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="预算总额"
                    ),
                ),
                (
                    "budget_salaries",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="预算薪酬"
                    ),
                ),
                (
                    "budget_supervision",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="预算督导培训"
                    ),
                ),
                (
                    "budget_services",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="预算服务活动"
                    ),
                ),
                (
                    "budget_management",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="预算管理"
                    ),
                ),
                (
                    "fund_source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("财政预算", "财政预算"),
                            ("社会救助专项经费", "社会救助专项经费"),
                            ("社会救助工作经费", "社会救助工作经费"),
                            ("困难群众救助补助资金", "困难群众救助补助资金"),
                            ("福利彩票公益金", "福利彩票公益金"),
                            ("人才发展经费", "人才发展经费"),
                            ("对口支援资金", "对口支援资金"),
                            ("部门资金", "部门资金"),
                            ("社会资金", "社会资金"),
                            ("其他", "其他"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="资金来源",
                    ),
                ),
                ("plan_summary", models.TextField(blank=True, default="", verbose_name="实施方案")),
                (
                    "approver",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="审批机构"),
                ),
                ("approved_on", models.DateField(blank=True, null=True, verbose_name="立项日期")),
                (
                    "minutes_number",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="会议纪要文号"),
                ),
                ("minuted_on", models.DateField(blank=True, null=True, verbose_name="会议纪要日期")),
                (
                    "reported_matters",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="已报告事项",
                    ),
                ),
                (
                    "directory_checked",
                    models.BooleanField(blank=True, null=True, verbose_name="列入指导性目录"),
                ),
                (
                    "manual_checked",
                    models.BooleanField(blank=True, null=True, verbose_name="符合内部控制手册"),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("公开招标", "公开招标"),
                            ("邀请招标", "邀请招标"),
                            ("竞争性谈判", "竞争性谈判"),
                            ("竞争性磋商", "竞争性磋商"),
                            ("单一来源", "单一来源"),
                            ("定向委托", "定向委托"),
                            ("其他", "其他"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="采购方式",
                    ),
                ),
                ("method_reason", models.TextField(blank=True, default="", verbose_name="采购方式理由")),
                (
                    "method_approver",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="采购方式批准机构"),
                ),
                (
                    "method_approved_on",
                    models.DateField(blank=True, null=True, verbose_name="采购方式批准日期"),
                ),
                (
                    "expert_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="专家评审金额"
                    ),
                ),
                ("agency", models.CharField(blank=True, default="", max_length=200, verbose_name="代理机构")),
                (
                    "trading_centre",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="公共资源交易中心"),
                ),
                (
                    "oversight",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="监督部门",
                    ),
                ),
                ("service_content", models.TextField(blank=True, default="", verbose_name="服务内容")),
                (
                    "service_people",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="服务人数"),
                ),
                (
                    "service_hours",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="服务时长"),
                ),
                (
                    "target_satisfaction",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="目标满意度"
                    ),
                ),
                ("awarded_on", models.DateField(blank=True, null=True, verbose_name="成交日期")),
                (
                    "awarded_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="成交金额"
                    ),
                ),
                (
                    "contract_code",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="合同编号"),
                ),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="签订日期")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="合同开始")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="合同结束")),
                (
                    "contract_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="合同金额"
                    ),
                ),
                (
                    "tax",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="税费"
                    ),
                ),
                ("budget_assured", models.BooleanField(blank=True, null=True, verbose_name="预算资金有保障")),
                (
                    "assured_by",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="保障依据"),
                ),
                ("staff", models.PositiveIntegerField(blank=True, null=True, verbose_name="项目总人数")),
                (
                    "professional_posts",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="社工专业岗位数"),
                ),
                (
                    "target_registrations",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="目标建档"),
                ),
                (
                    "target_visits",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="目标探访"),
                ),
                ("target_cases", models.PositiveIntegerField(blank=True, null=True, verbose_name="目标个案")),
                (
                    "target_groups",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="目标小组"),
                ),
                (
                    "target_activities",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="目标活动"),
                ),
                (
                    "target_person_times",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="目标服务人次"),
                ),
                ("payment_terms", models.TextField(blank=True, default="", verbose_name="付款约定")),
                ("deliverables", models.TextField(blank=True, default="", verbose_name="交付成果")),
                ("data_terms", models.TextField(blank=True, default="", verbose_name="保密和个人信息条款")),
                ("rights_terms", models.TextField(blank=True, default="", verbose_name="知识产权条款")),
                ("liability_terms", models.TextField(blank=True, default="", verbose_name="违约责任")),
                ("ending_terms", models.TextField(blank=True, default="", verbose_name="解除和终止条款")),
                ("work_plan", models.TextField(blank=True, default="", verbose_name="项目计划书")),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="开始执行日期")),
                ("mid_on", models.DateField(blank=True, null=True, verbose_name="中期评估日期")),
                (
                    "mid_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("第三方机构", "第三方机构"),
                            ("内部评估小组", "内部评估小组"),
                            ("民政部门", "民政部门"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="中期评估方",
                    ),
                ),
                (
                    "mid_score",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="中期评估得分"
                    ),
                ),
                (
                    "mid_result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("优秀", "优秀"),
                            ("良好", "良好"),
                            ("合格", "合格"),
                            ("基本合格", "基本合格"),
                            ("不合格", "不合格"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="中期评估结果",
                    ),
                ),
                ("final_on", models.DateField(blank=True, null=True, verbose_name="末期评估日期")),
                (
                    "final_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("第三方机构", "第三方机构"),
                            ("内部评估小组", "内部评估小组"),
                            ("民政部门", "民政部门"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="末期评估方",
                    ),
                ),
                (
                    "final_score",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="末期评估得分"
                    ),
                ),
                (
                    "final_result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("优秀", "优秀"),
                            ("良好", "良好"),
                            ("合格", "合格"),
                            ("基本合格", "基本合格"),
                            ("不合格", "不合格"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="末期评估结果",
                    ),
                ),
                ("finance_findings", models.TextField(blank=True, default="", verbose_name="财务评估意见")),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="结算日期")),
                (
                    "settled_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="结算金额"
                    ),
                ),
                (
                    "audit_number",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="审计报告文号"),
                ),
                (
                    "renewal",
                    models.CharField(
                        blank=True,
                        choices=[("续签", "续签"), ("有条件续签", "有条件续签"), ("不续签", "不续签")],
                        default="",
                        max_length=10,
                        verbose_name="续签决定",
                    ),
                ),
                ("renewal_conditions", models.TextField(blank=True, default="", verbose_name="续签条件")),
                ("terminated_on", models.DateField(blank=True, null=True, verbose_name="终止日期")),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procurement.serviceproject",
                        verbose_name="项目",
                    ),
                ),
                (
                    "renewed_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procurement.purchasefile",
                        verbose_name="续自",
                    ),
                ),
            ],
            options={
                "verbose_name": "采购档案",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PlannedPost",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="方案编号")),
                ("worker_id", models.UUIDField(verbose_name="社工")),
                ("post", models.CharField(max_length=100, verbose_name="岗位")),
                ("professional", models.BooleanField(blank=True, null=True, verbose_name="社工专业岗位")),
                (
                    "share",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="投入比例"
                    ),
                ),
                ("with_minors", models.BooleanField(blank=True, null=True, verbose_name="接触未成年人")),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="到岗日期")),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procurement.purchasefile",
                        verbose_name="采购档案",
                    ),
                ),
            ],
            options={
                "verbose_name": "人员方案",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PanelMember",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="成员编号")),
                ("name", models.CharField(max_length=200, verbose_name="姓名")),
                ("role", models.CharField(blank=True, default="", max_length=20, verbose_name="身份")),
                ("unit", models.CharField(blank=True, default="", max_length=200, verbose_name="单位")),
                ("drawn", models.CharField(blank=True, default="", max_length=20, verbose_name="产生方式")),
                (
                    "interest",
                    models.CharField(
                        blank=True,
                        choices=[("无", "无"), ("有", "有")],
                        default="",
                        max_length=2,
                        verbose_name="利害关系声明",
                    ),
                ),
                ("interest_with", models.TextField(blank=True, default="", verbose_name="与何人有何关系")),
                ("recused", models.BooleanField(blank=True, null=True, verbose_name="已回避")),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procurement.purchasefile",
                        verbose_name="采购档案",
                    ),
                ),
            ],
            options={
                "verbose_name": "评审成员",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Bid",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="响应编号")),
                ("bidder_id", models.UUIDField(blank=True, null=True, verbose_name="响应机构")),
                (
                    "bidder_name",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="机构名称"),
                ),
                ("qualified", models.BooleanField(blank=True, null=True, verbose_name="资格审查通过")),
                (
                    "price",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="报价"
                    ),
                ),
                (
                    "score",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="评审得分"
                    ),
                ),
                ("rank", models.PositiveIntegerField(blank=True, null=True, verbose_name="名次")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[("成交", "成交"), ("未成交", "未成交"), ("无效", "无效")],
                        default="",
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                (
                    "interest",
                    models.CharField(
                        blank=True,
                        choices=[("无", "无"), ("有", "有")],
                        default="",
                        max_length=2,
                        verbose_name="利害关系声明",
                    ),
                ),
                ("interest_with", models.TextField(blank=True, default="", verbose_name="与何人有何关系")),
                ("recused", models.BooleanField(blank=True, null=True, verbose_name="有关人员已回避")),
                ("reason", models.TextField(blank=True, default="", verbose_name="说明")),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procurement.purchasefile",
                        verbose_name="采购档案",
                    ),
                ),
            ],
            options={
                "verbose_name": "响应供应商",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PurchaseItem",
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
                ("provider_id", models.UUIDField(null=True, verbose_name="承接机构")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procurement.catalogueitem",
                        verbose_name="目录事项",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="procurement.purchasefile",
                        verbose_name="采购档案",
                    ),
                ),
            ],
            options={
                "verbose_name": "采购事项",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PurchasePaper",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="材料编号")),
                (
                    "paper",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("需求调查报告", "需求调查报告"),
                            ("实施方案", "实施方案"),
                            ("会议纪要", "会议纪要"),
                            ("采购方式批复", "采购方式批复"),
                            ("采购文件", "采购文件"),
                            ("评审报告", "评审报告"),
                            ("成交公告", "成交公告"),
                            ("合同", "合同"),
                            ("项目计划书", "项目计划书"),
                            ("中期评估报告", "中期评估报告"),
                            ("末期评估报告", "末期评估报告"),
                            ("审计报告", "审计报告"),
                            ("结算表", "结算表"),
                            ("其他", "其他"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="材料",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("number", models.CharField(blank=True, default="", max_length=100, verbose_name="文号")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="日期")),
                ("kept_at", models.CharField(blank=True, default="", max_length=200, verbose_name="存放处")),
                ("remark", models.TextField(blank=True, default="", verbose_name="说明")),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procurement.purchasefile",
                        verbose_name="采购档案",
                    ),
                ),
            ],
            options={
                "verbose_name": "采购材料",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PurchaseStation",
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
                ("provider_id", models.UUIDField(null=True, verbose_name="承接机构")),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="procurement.purchasefile",
                        verbose_name="采购档案",
                    ),
                ),
            ],
            options={
                "verbose_name": "采购涉及站点",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="TeamRelation",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="关系编号")),
                ("group", models.CharField(blank=True, default="", max_length=50, verbose_name="人员")),
                ("people", models.PositiveIntegerField(blank=True, null=True, verbose_name="人数")),
                ("party", models.CharField(blank=True, default="", max_length=20, verbose_name="用人一方")),
                (
                    "relation",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="法律关系"),
                ),
                ("basis", models.CharField(blank=True, default="", max_length=200, verbose_name="依据")),
                ("starts_on", models.DateField(verbose_name="开始日期")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procurement.serviceproject",
                        verbose_name="项目",
                    ),
                ),
            ],
            options={
                "verbose_name": "项目团队关系",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ContestEntry",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="申报机构")),
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="申报编号")),
                ("title", models.CharField(max_length=200, verbose_name="申报项目")),
                (
                    "entrant",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="申报单位"),
                ),
                (
                    "asked",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="申请金额"
                    ),
                ),
                (
                    "score",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="评审得分"
                    ),
                ),
                ("award", models.CharField(blank=True, default="", max_length=20, verbose_name="结果")),
                (
                    "granted",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="资助金额"
                    ),
                ),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procurement.contest",
                        verbose_name="批次",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procurement.serviceproject",
                        verbose_name="项目",
                    ),
                ),
            ],
            options={
                "verbose_name": "参赛项目",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["contest", "id"], name="entries_of_a_contest")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "county_code"), name="an_entry_code_is_unique_in_its_county"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractChange",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="变更编号")),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("草拟", "草拟"),
                            ("待批准", "待批准"),
                            ("已批准", "已批准"),
                            ("未批准", "未批准"),
                        ],
                        default="草拟",
                        max_length=10,
                        verbose_name="阶段",
                    ),
                ),
                (
                    "changes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="变更内容",
                    ),
                ),
                ("reason", models.TextField(blank=True, default="", verbose_name="变更原因")),
                ("effective_on", models.DateField(verbose_name="生效日期")),
                ("agreed_on", models.DateField(blank=True, null=True, verbose_name="双方约定日期")),
                (
                    "document_number",
                    models.CharField(blank=True, default="", max_length=100, verbose_name="补充协议编号"),
                ),
                (
                    "new_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="变更后合同金额"
                    ),
                ),
                ("new_ends_on", models.DateField(blank=True, null=True, verbose_name="变更后合同结束")),
                (
                    "new_staff",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="变更后项目总人数"),
                ),
                (
                    "new_professional_posts",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="变更后社工专业岗位数"),
                ),
                (
                    "new_registrations",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="变更后目标建档"),
                ),
                (
                    "new_visits",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="变更后目标探访"),
                ),
                (
                    "new_cases",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="变更后目标个案"),
                ),
                (
                    "new_groups",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="变更后目标小组"),
                ),
                (
                    "new_activities",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="变更后目标活动"),
                ),
                (
                    "new_person_times",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="变更后目标服务人次"),
                ),
                (
                    "new_satisfaction",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="变更后目标满意度"
                    ),
                ),
                ("other_terms", models.TextField(blank=True, default="", verbose_name="其他条款")),
                (
                    "old_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="原合同金额"
                    ),
                ),
                ("old_ends_on", models.DateField(blank=True, null=True, verbose_name="原合同结束")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procurement.serviceproject",
                        verbose_name="项目",
                    ),
                ),
            ],
            options={
                "verbose_name": "合同变更",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["project", "effective_on"], name="changes_of_a_project"),
                    models.Index(fields=["county_code", "id"], name="changes_of_a_county"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "county_code"), name="a_change_code_is_unique_in_its_county"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractTarget",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="指标编号")),
                ("metric", models.CharField(max_length=20, verbose_name="指标")),
                ("quantity", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="目标数量")),
                ("unit", models.CharField(blank=True, default="", max_length=20, verbose_name="单位")),
                ("weight", models.PositiveIntegerField(blank=True, null=True, verbose_name="权重")),
                (
                    "tolerance",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="允许偏差"
                    ),
                ),
                (
                    "evidence",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="计数依据"),
                ),
                (
                    "done",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="登记完成数"
                    ),
                ),
                ("stated_on", models.DateField(blank=True, null=True, verbose_name="登记日期")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procurement.serviceproject",
                        verbose_name="项目",
                    ),
                ),
            ],
            options={
                "verbose_name": "补充指标",
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "county_code"),
                        name="a_target_code_is_unique_in_its_county_of_project",
                    ),
                    models.UniqueConstraint(
                        fields=("project", "metric"), name="a_project_targets_a_metric_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DepartmentItem",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="事项编号")),
                ("name", models.CharField(max_length=200, verbose_name="事项名称")),
                ("department", models.CharField(max_length=100, verbose_name="部门")),
                (
                    "category",
                    models.CharField(blank=True, default="", max_length=50, verbose_name="事项类别"),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="随事经费"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="下沉日期")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="收回日期")),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procurement.serviceproject",
                        verbose_name="项目",
                    ),
                ),
            ],
            options={
                "verbose_name": "部门下沉事项",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["region_code", "id"], name="delegated_items_of_a_place")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "county_code"), name="a_delegated_item_code_is_unique_in_its_county"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="a_delegated_item_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="里程碑编号")),
                ("name", models.CharField(max_length=200, verbose_name="里程碑")),
                ("due_on", models.DateField(verbose_name="计划完成日期")),
                ("deliverable", models.TextField(blank=True, default="", verbose_name="交付成果")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="实际完成日期")),
                (
                    "evidence",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="完成依据"),
                ),
                ("deviation", models.TextField(blank=True, default="", verbose_name="偏差原因")),
                ("remedy", models.TextField(blank=True, default="", verbose_name="补救措施")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procurement.serviceproject",
                        verbose_name="项目",
                    ),
                ),
            ],
            options={
                "verbose_name": "里程碑",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["project", "due_on"], name="milestones_of_a_project"),
                    models.Index(fields=["region_code", "due_on"], name="milestones_of_a_place"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "county_code"), name="a_milestone_code_is_unique_in_its_county"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectClass",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("topic", models.CharField(blank=True, default="", max_length=100, verbose_name="主题")),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=50),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="服务领域",
                    ),
                ),
                ("special", models.CharField(blank=True, default="", max_length=20, verbose_name="特殊性质")),
                ("event", models.CharField(blank=True, default="", max_length=200, verbose_name="所为何事")),
                ("coordinator_id", models.UUIDField(blank=True, null=True, verbose_name="统筹站点")),
                ("remark", models.TextField(blank=True, default="", verbose_name="说明")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procurement.serviceproject",
                        verbose_name="项目",
                    ),
                ),
            ],
            options={
                "verbose_name": "项目分类",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["region_code", "id"], name="classes_of_a_place")],
                "constraints": [
                    models.UniqueConstraint(fields=("project",), name="a_project_is_classed_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectProgress",
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
                ("provider_id", models.UUIDField(blank=True, null=True, verbose_name="承接机构")),
                ("counted_on", models.DateField(verbose_name="计数日期")),
                ("starts_on", models.DateField(verbose_name="合同开始")),
                ("ends_on", models.DateField(verbose_name="合同结束")),
                ("elapsed", models.DecimalField(decimal_places=4, max_digits=7, verbose_name="时间进度")),
                (
                    "progress",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=7, null=True, verbose_name="完成率"
                    ),
                ),
                (
                    "lag",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=9, null=True, verbose_name="进度系数"
                    ),
                ),
                (
                    "forecast",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=9, null=True, verbose_name="预计期末完成率"
                    ),
                ),
                ("targets", models.PositiveSmallIntegerField(default=0, verbose_name="指标数")),
                ("late_milestones", models.PositiveSmallIntegerField(default=0, verbose_name="逾期里程碑")),
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="procurement.serviceproject",
                        verbose_name="项目",
                    ),
                ),
            ],
            options={
                "verbose_name": "项目进度",
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["lag", "id"], name="progress_by_lag"),
                    models.Index(fields=["county_code", "lag"], name="progress_of_a_county_by_lag"),
                    models.Index(fields=["provider_id", "lag"], name="progress_of_a_provider_by_lag"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="purchasefile",
            index=models.Index(fields=["region_code", "id"], name="purchases_of_a_place"),
        ),
        migrations.AddIndex(
            model_name="purchasefile",
            index=models.Index(fields=["county_code", "id"], name="purchases_of_a_county"),
        ),
        migrations.AddIndex(
            model_name="purchasefile",
            index=models.Index(fields=["provider_id", "id"], name="purchases_of_a_provider"),
        ),
        migrations.AddIndex(
            model_name="purchasefile",
            index=models.Index(fields=["stage", "county_code"], name="purchases_by_stage"),
        ),
        migrations.AddConstraint(
            model_name="purchasefile",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_purchase_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddConstraint(
            model_name="purchasefile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("project__isnull", False), models.Q(("stage", "撤销"), _negated=True)),
                fields=("project",),
                name="a_project_has_one_purchase_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedpost",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_planned_post_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedpost",
            constraint=models.UniqueConstraint(
                fields=("purchase", "worker_id"), name="a_worker_is_planned_once"
            ),
        ),
        migrations.AddIndex(
            model_name="panelmember",
            index=models.Index(fields=["purchase"], name="panel_of_a_purchase"),
        ),
        migrations.AddConstraint(
            model_name="panelmember",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_panel_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddIndex(
            model_name="bid",
            index=models.Index(fields=["purchase", "rank"], name="bids_of_a_purchase"),
        ),
        migrations.AddConstraint(
            model_name="bid",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_bid_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddConstraint(
            model_name="bid",
            constraint=models.UniqueConstraint(
                condition=models.Q(("result", "成交")), fields=("purchase",), name="a_purchase_has_one_winner"
            ),
        ),
        migrations.AddConstraint(
            model_name="purchaseitem",
            constraint=models.UniqueConstraint(
                fields=("purchase", "item"), name="a_purchase_names_an_item_once"
            ),
        ),
        migrations.AddIndex(
            model_name="purchasepaper",
            index=models.Index(fields=["purchase", "issued_on"], name="papers_of_a_purchase"),
        ),
        migrations.AddConstraint(
            model_name="purchasepaper",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_purchase_paper_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddIndex(
            model_name="purchasestation",
            index=models.Index(fields=["station_id"], name="purchases_of_a_station"),
        ),
        migrations.AddConstraint(
            model_name="purchasestation",
            constraint=models.UniqueConstraint(
                fields=("purchase", "station_id"), name="a_purchase_names_a_station_once"
            ),
        ),
        migrations.AddIndex(
            model_name="teamrelation",
            index=models.Index(fields=["project"], name="relations_of_a_project"),
        ),
        migrations.AddConstraint(
            model_name="teamrelation",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_relation_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddConstraint(
            model_name="teamrelation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="a_relation_ends_after_it_starts",
            ),
        ),
    ]
