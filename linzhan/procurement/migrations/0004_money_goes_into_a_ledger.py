"""Money goes into a ledger that the database keeps: what was registered before is posted once (ADR 0024)."""

import django.db.models.deletion
import django.db.models.functions.text
import linzhan.kernel.ids
import linzhan.kernel.rows
from django.db import migrations, models


# Whatever writes a row of 资金 posts to the ledger in the same transaction, because the database does it. The functions run
# with the owner's eyes: the application reads the ledger and adds entries of its own, but changes none (ADR 0024).
FOLLOW_MOVEMENTS = """
CREATE OR REPLACE FUNCTION linzhan_ledger_follows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO procurement_ledgerentry
            (id, movement_id, origin, region_code, project_id, kind, booked_on, year, source, fund_level, head,
             amount, reverses_id, posted_at)
        SELECT uuidv7(), e.movement_id, e.origin, e.region_code, e.project_id, e.kind, e.booked_on, e.year,
            e.source, e.fund_level, e.head, -e.amount, e.id, clock_timestamp()
        FROM old_rows o JOIN new_rows n ON n.id = o.id
        JOIN procurement_ledgerentry e ON e.movement_id = o.id AND e.amount > 0
        WHERE NOT EXISTS (SELECT FROM procurement_ledgerentry r WHERE r.reverses_id = e.id)
            AND (o.region_code, o.moved_on, o.kind, o.source, o.fund_level, o.head, o.amount, o.project_id)
                IS DISTINCT FROM
                (n.region_code, n.moved_on, n.kind, n.source, n.fund_level, n.head, n.amount, n.project_id);
        INSERT INTO procurement_ledgerentry
            (id, movement_id, origin, region_code, project_id, kind, booked_on, year, source, fund_level, head,
            amount, posted_at)
        SELECT uuidv7(), m.id, '', m.region_code, m.project_id, m.kind, m.moved_on, extract(year FROM m.moved_on)::smallint,
            m.source, m.fund_level, m.head, m.amount, clock_timestamp()
        FROM old_rows o JOIN new_rows m ON m.id = o.id
        WHERE m.amount > 0
            AND (o.region_code, o.moved_on, o.kind, o.source, o.fund_level, o.head, o.amount, o.project_id)
                IS DISTINCT FROM
                (m.region_code, m.moved_on, m.kind, m.source, m.fund_level, m.head, m.amount, m.project_id);
    ELSIF TG_OP = 'INSERT' THEN
        INSERT INTO procurement_ledgerentry
            (id, movement_id, origin, region_code, project_id, kind, booked_on, year, source, fund_level, head,
            amount, posted_at)
        SELECT uuidv7(), m.id, '', m.region_code, m.project_id, m.kind, m.moved_on, extract(year FROM m.moved_on)::smallint,
            m.source, m.fund_level, m.head, m.amount, clock_timestamp()
        FROM new_rows m WHERE m.amount > 0;
    ELSE
        INSERT INTO procurement_ledgerentry
            (id, movement_id, origin, region_code, project_id, kind, booked_on, year, source, fund_level, head,
             amount, reverses_id, posted_at)
        SELECT uuidv7(), e.movement_id, e.origin, e.region_code, e.project_id, e.kind, e.booked_on, e.year,
            e.source, e.fund_level, e.head, -e.amount, e.id, clock_timestamp()
        FROM old_rows o JOIN procurement_ledgerentry e ON e.movement_id = o.id AND e.amount > 0
        WHERE NOT EXISTS (SELECT FROM procurement_ledgerentry r WHERE r.reverses_id = e.id);
    END IF;
    RETURN NULL;
END $$;
"""
ADD_UP = """
CREATE OR REPLACE FUNCTION linzhan_ledger_adds_up() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF EXISTS (
        SELECT FROM new_rows n JOIN procurement_ledgerentry e ON e.id = n.reverses_id
        WHERE n.amount <> -e.amount OR e.reverses_id IS NOT NULL
            OR (n.region_code, n.kind, n.year, n.source, n.fund_level, n.head, n.booked_on)
                IS DISTINCT FROM
                (e.region_code, e.kind, e.year, e.source, e.fund_level, e.head, e.booked_on)
            OR n.project_id IS DISTINCT FROM e.project_id
    ) THEN
        RAISE EXCEPTION 'a reversal takes back the whole of one entry, and nothing else'
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT FROM new_rows n JOIN procurement_moneymonth m
            ON left(m.region_code, 6) = left(n.region_code, 6) AND m.stage = '已结账'
            AND m.month = date_trunc('month', n.booked_on)::date
    ) THEN
        RAISE EXCEPTION 'a month that is closed takes no entry' USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO procurement_ledgertotal AS t (id, region_code, year, source, fund_level, kind, amount, entries)
    SELECT uuidv7(), region_code, year, source, fund_level, kind, sum(amount), count(*)
    FROM new_rows GROUP BY region_code, year, source, fund_level, kind
    ORDER BY region_code, year, source, fund_level, kind
    ON CONFLICT (region_code, year, source, fund_level, kind)
        DO UPDATE SET amount = t.amount + excluded.amount, entries = t.entries + excluded.entries;
    RETURN NULL;
END $$;
"""
KEEP = """
CREATE OR REPLACE FUNCTION linzhan_ledger_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is never changed: reverse the entry' USING ERRCODE = 'check_violation';
END $$;
"""
TRIGGERS = """
CREATE TRIGGER linzhan_ledger_insert AFTER INSERT ON procurement_fundmovement
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION linzhan_ledger_follows();
CREATE TRIGGER linzhan_ledger_update AFTER UPDATE ON procurement_fundmovement
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION linzhan_ledger_follows();
CREATE TRIGGER linzhan_ledger_delete AFTER DELETE ON procurement_fundmovement
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION linzhan_ledger_follows();
CREATE TRIGGER linzhan_ledger_total AFTER INSERT ON procurement_ledgerentry
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION linzhan_ledger_adds_up();
CREATE TRIGGER linzhan_ledger_stays BEFORE UPDATE OR DELETE ON procurement_ledgerentry
    FOR EACH STATEMENT EXECUTE FUNCTION linzhan_ledger_stays();
"""
BEGIN_WITH = """
INSERT INTO procurement_ledgerentry
    (id, movement_id, origin, region_code, project_id, kind, booked_on, year, source, fund_level, head,
    amount, posted_at)
SELECT uuidv7(), m.id, '', m.region_code, m.project_id, m.kind, m.moved_on, extract(year FROM m.moved_on)::smallint,
            m.source, m.fund_level, m.head, m.amount, now()
FROM procurement_fundmovement m WHERE m.amount > 0;
"""
DROP = """
DROP TRIGGER IF EXISTS linzhan_ledger_insert ON procurement_fundmovement;
DROP TRIGGER IF EXISTS linzhan_ledger_update ON procurement_fundmovement;
DROP TRIGGER IF EXISTS linzhan_ledger_delete ON procurement_fundmovement;
DROP FUNCTION IF EXISTS linzhan_ledger_follows() CASCADE;
DROP FUNCTION IF EXISTS linzhan_ledger_adds_up() CASCADE;
DROP FUNCTION IF EXISTS linzhan_ledger_stays() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("procurement", "0003_purchases_from_need_to_renewal"),
    ]

    operations = [
        migrations.CreateModel(
            name="Allocation",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="下达编号")),
                ("allotted_on", models.DateField(verbose_name="下达日期")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "source",
                    models.CharField(
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
                        max_length=20,
                        verbose_name="资金来源",
                    ),
                ),
                (
                    "fund_level",
                    models.CharField(
                        blank=True,
                        choices=[("中央", "中央"), ("省", "省"), ("市", "市"), ("县", "县"), ("乡", "乡")],
                        default="",
                        max_length=4,
                        verbose_name="资金级次",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="金额")),
                ("document", models.CharField(blank=True, default="", max_length=200, verbose_name="文件")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("待复核", "待复核"),
                            ("已下达", "已下达"),
                            ("已收回", "已收回"),
                            ("作废", "作废"),
                        ],
                        default="待复核",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
            ],
            options={
                "verbose_name": "资金下达",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="BankLine",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="银行流水号")),
                ("happened_on", models.DateField(verbose_name="交易日期")),
                (
                    "paid_out",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="借方发生额"
                    ),
                ),
                (
                    "paid_in",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="贷方发生额"
                    ),
                ),
                (
                    "counterparty",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="对方户名"),
                ),
                ("account", models.CharField(blank=True, default="", max_length=64, verbose_name="本方账号")),
                ("summary", models.TextField(blank=True, default="", verbose_name="摘要")),
                ("voucher", models.CharField(blank=True, default="", max_length=64, verbose_name="凭证号")),
                (
                    "balance",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="余额"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("未对账", "未对账"), ("已对账", "已对账"), ("无需对账", "无需对账")],
                        default="未对账",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
            ],
            options={
                "verbose_name": "银行流水",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="BudgetInclusion",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "fund_level",
                    models.CharField(
                        blank=True,
                        choices=[("中央", "中央"), ("省", "省"), ("市", "市"), ("县", "县"), ("乡", "乡")],
                        default="",
                        max_length=4,
                        verbose_name="资金级次",
                    ),
                ),
                ("included", models.BooleanField(verbose_name="纳入本级预算")),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="预算金额"
                    ),
                ),
                ("line", models.CharField(blank=True, default="", max_length=200, verbose_name="预算科目")),
                ("document", models.CharField(blank=True, default="", max_length=200, verbose_name="文件")),
            ],
            options={
                "verbose_name": "预算纳入",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Clawback",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="追回编号")),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("未按规定备案", "未按规定备案"),
                            ("评估不合格", "评估不合格"),
                            ("未履行服务", "未履行服务"),
                            ("违规使用资金", "违规使用资金"),
                            ("结余收回", "结余收回"),
                            ("其他", "其他"),
                        ],
                        max_length=20,
                        verbose_name="情形",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="金额")),
                ("found_on", models.DateField(verbose_name="发现日期")),
                ("reason", models.TextField(verbose_name="事实和理由")),
                ("clause", models.CharField(blank=True, default="", max_length=200, verbose_name="依据")),
                ("heard_on", models.DateField(blank=True, null=True, verbose_name="告知日期")),
                ("answer", models.TextField(blank=True, default="", verbose_name="机构陈述")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("拟追回", "拟追回"),
                            ("已决定", "已决定"),
                            ("已追回", "已追回"),
                            ("不予追回", "不予追回"),
                        ],
                        default="拟追回",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("recovered_on", models.DateField(blank=True, null=True, verbose_name="追回日期")),
            ],
            options={
                "verbose_name": "资金追回",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="DelegatedWork",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="事项编号")),
                (
                    "department",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="委托部门"),
                ),
                ("matter", models.TextField(blank=True, default="", verbose_name="委托事项")),
                ("handed_on", models.DateField(verbose_name="委托日期")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "promised",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="约定经费"
                    ),
                ),
                (
                    "arrived",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="已拨经费"
                    ),
                ),
                ("document", models.CharField(blank=True, default="", max_length=200, verbose_name="文件")),
            ],
            options={
                "verbose_name": "费随事转",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="FinanceAdvice",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="督导编号")),
                ("held_on", models.DateField(verbose_name="日期")),
                ("adviser", models.CharField(blank=True, default="", max_length=200, verbose_name="督导人")),
                ("form", models.CharField(blank=True, default="", max_length=10, verbose_name="形式")),
                ("topics", models.TextField(blank=True, default="", verbose_name="内容")),
                ("found", models.TextField(blank=True, default="", verbose_name="发现问题")),
                ("advice", models.TextField(blank=True, default="", verbose_name="建议")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="整改完成日期")),
            ],
            options={
                "verbose_name": "财务督导",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="FinanceGuide",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="指引编号")),
                ("name", models.CharField(blank=True, default="", max_length=200, verbose_name="名称")),
                ("version", models.CharField(blank=True, default="", max_length=40, verbose_name="版本")),
                ("issued_on", models.DateField(verbose_name="印发日期")),
                ("in_force_on", models.DateField(blank=True, null=True, verbose_name="施行日期")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                ("issuer", models.CharField(blank=True, default="", max_length=200, verbose_name="印发单位")),
                ("summary", models.TextField(blank=True, default="", verbose_name="主要内容")),
            ],
            options={
                "verbose_name": "财务指引",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="FundingLine",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="安排编号")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "source",
                    models.CharField(
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
                        max_length=20,
                        verbose_name="资金来源",
                    ),
                ),
                (
                    "fund_level",
                    models.CharField(
                        blank=True,
                        choices=[("中央", "中央"), ("省", "省"), ("市", "市"), ("县", "县"), ("乡", "乡")],
                        default="",
                        max_length=4,
                        verbose_name="资金级次",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="金额")),
                ("basis", models.CharField(blank=True, default="", max_length=200, verbose_name="依据")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("拟安排", "拟安排"),
                            ("已承诺", "已承诺"),
                            ("已释放", "已释放"),
                            ("作废", "作废"),
                        ],
                        default="拟安排",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
            ],
            options={
                "verbose_name": "资金安排",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="FundReturn",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="冲减编号")),
                ("returned_on", models.DateField(verbose_name="日期")),
                (
                    "kind",
                    models.CharField(
                        choices=[("冲销", "冲销"), ("退回", "退回"), ("追回", "追回")],
                        max_length=10,
                        verbose_name="类型",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="金额")),
                ("reason", models.TextField(verbose_name="原因")),
                ("voucher", models.CharField(blank=True, default="", max_length=64, verbose_name="凭证号")),
                (
                    "stage",
                    models.CharField(
                        choices=[("待核准", "待核准"), ("已核准", "已核准"), ("作废", "作废")],
                        default="待核准",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
            ],
            options={
                "verbose_name": "资金冲减",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
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
                ("movement_id", models.UUIDField(null=True, verbose_name="资金流水")),
                (
                    "origin",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=40, verbose_name="登记自"
                    ),
                ),
                ("origin_id", models.UUIDField(null=True, verbose_name="登记")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("下达", "下达"),
                            ("预算", "预算"),
                            ("承诺", "承诺"),
                            ("拨付", "拨付"),
                            ("支出", "支出"),
                            ("结算", "结算"),
                            ("调减预算", "调减预算"),
                            ("释放承诺", "释放承诺"),
                            ("退回拨付", "退回拨付"),
                            ("冲减支出", "冲减支出"),
                            ("收回指标", "收回指标"),
                        ],
                        max_length=10,
                        verbose_name="类型",
                    ),
                ),
                (
                    "out_of_pot",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(kind="下达", then=models.Value("来源")),
                            models.When(kind="预算", then=models.Value("指标")),
                            models.When(kind="承诺", then=models.Value("预算")),
                            models.When(kind="拨付", then=models.Value("承诺")),
                            models.When(kind="支出", then=models.Value("拨付")),
                            models.When(kind="结算", then=models.Value("支出")),
                            models.When(kind="调减预算", then=models.Value("预算")),
                            models.When(kind="释放承诺", then=models.Value("承诺")),
                            models.When(kind="退回拨付", then=models.Value("拨付")),
                            models.When(kind="冲减支出", then=models.Value("支出")),
                            models.When(kind="收回指标", then=models.Value("指标")),
                            output_field=models.CharField(max_length=10),
                        ),
                        output_field=models.CharField(
                            choices=[
                                ("来源", "来源"),
                                ("指标", "指标"),
                                ("预算", "预算"),
                                ("承诺", "承诺"),
                                ("拨付", "拨付"),
                                ("支出", "支出"),
                                ("结算", "结算"),
                            ],
                            max_length=10,
                        ),
                        verbose_name="转出",
                    ),
                ),
                (
                    "into_pot",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(kind="下达", then=models.Value("指标")),
                            models.When(kind="预算", then=models.Value("预算")),
                            models.When(kind="承诺", then=models.Value("承诺")),
                            models.When(kind="拨付", then=models.Value("拨付")),
                            models.When(kind="支出", then=models.Value("支出")),
                            models.When(kind="结算", then=models.Value("结算")),
                            models.When(kind="调减预算", then=models.Value("指标")),
                            models.When(kind="释放承诺", then=models.Value("预算")),
                            models.When(kind="退回拨付", then=models.Value("承诺")),
                            models.When(kind="冲减支出", then=models.Value("拨付")),
                            models.When(kind="收回指标", then=models.Value("来源")),
                            output_field=models.CharField(max_length=10),
                        ),
                        output_field=models.CharField(
                            choices=[
                                ("来源", "来源"),
                                ("指标", "指标"),
                                ("预算", "预算"),
                                ("承诺", "承诺"),
                                ("拨付", "拨付"),
                                ("支出", "支出"),
                                ("结算", "结算"),
                            ],
                            max_length=10,
                        ),
                        verbose_name="转入",
                    ),
                ),
                ("booked_on", models.DateField(verbose_name="记账日期")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "source",
                    models.CharField(
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
                        max_length=20,
                        verbose_name="资金来源",
                    ),
                ),
                (
                    "fund_level",
                    models.CharField(
                        blank=True,
                        choices=[("中央", "中央"), ("省", "省"), ("市", "市"), ("县", "县"), ("乡", "乡")],
                        db_default="",
                        default="",
                        max_length=4,
                        verbose_name="资金级次",
                    ),
                ),
                (
                    "head",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("薪酬", "薪酬"),
                            ("督导培训", "督导培训"),
                            ("服务活动", "服务活动"),
                            ("管理", "管理"),
                            ("税费", "税费"),
                            ("设施设备", "设施设备"),
                            ("其他", "其他"),
                        ],
                        db_default="",
                        default="",
                        max_length=10,
                        verbose_name="支出科目",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="金额")),
                ("posted_at", models.DateTimeField(auto_now_add=True, verbose_name="入账时间")),
            ],
            options={
                "verbose_name": "账目",
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="LedgerTotal",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("下达", "下达"),
                            ("预算", "预算"),
                            ("承诺", "承诺"),
                            ("拨付", "拨付"),
                            ("支出", "支出"),
                            ("结算", "结算"),
                            ("调减预算", "调减预算"),
                            ("释放承诺", "释放承诺"),
                            ("退回拨付", "退回拨付"),
                            ("冲减支出", "冲减支出"),
                            ("收回指标", "收回指标"),
                        ],
                        max_length=10,
                        verbose_name="类型",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "source",
                    models.CharField(
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
                        max_length=20,
                        verbose_name="资金来源",
                    ),
                ),
                (
                    "fund_level",
                    models.CharField(
                        blank=True,
                        choices=[("中央", "中央"), ("省", "省"), ("市", "市"), ("县", "县"), ("乡", "乡")],
                        default="",
                        max_length=4,
                        verbose_name="资金级次",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="金额")),
                ("entries", models.IntegerField(verbose_name="笔数")),
            ],
            options={
                "verbose_name": "账户合计",
                "abstract": False,
                "default_permissions": (),
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="MatchingFund",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="配套编号")),
                ("payer", models.CharField(blank=True, default="", max_length=200, verbose_name="出资方")),
                (
                    "fund_level",
                    models.CharField(
                        choices=[("中央", "中央"), ("省", "省"), ("市", "市"), ("县", "县"), ("乡", "乡")],
                        max_length=4,
                        verbose_name="资金级次",
                    ),
                ),
                (
                    "source",
                    models.CharField(
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
                        max_length=20,
                        verbose_name="资金来源",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("promised", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="应配套")),
                (
                    "arrived",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="已到位"
                    ),
                ),
                ("arrived_on", models.DateField(blank=True, null=True, verbose_name="到位日期")),
                ("document", models.CharField(blank=True, default="", max_length=200, verbose_name="文件")),
            ],
            options={
                "verbose_name": "配套资金",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="MoneyMonth",
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
                ("month", models.DateField(verbose_name="月份")),
                (
                    "stage",
                    models.CharField(
                        choices=[("未结账", "未结账"), ("已结账", "已结账")],
                        default="未结账",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="结账日期")),
                ("note", models.CharField(blank=True, default="", max_length=200, verbose_name="说明")),
            ],
            options={
                "verbose_name": "月结",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="OperatorCheck",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="检查编号")),
                ("checked_on", models.DateField(verbose_name="检查日期")),
                (
                    "sections",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="参加股室"),
                ),
                (
                    "services",
                    models.CharField(blank=True, default="", max_length=10, verbose_name="服务开展"),
                ),
                ("money", models.CharField(blank=True, default="", max_length=10, verbose_name="资金管理")),
                (
                    "personnel",
                    models.CharField(blank=True, default="", max_length=10, verbose_name="人事管理"),
                ),
                ("found", models.TextField(blank=True, default="", verbose_name="发现问题")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="整改期限")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="整改完成日期")),
            ],
            options={
                "verbose_name": "承接机构检查",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Payment",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="拨付编号")),
                ("instalment", models.PositiveSmallIntegerField(verbose_name="期次")),
                (
                    "due_upon",
                    models.CharField(
                        choices=[
                            ("签约", "签约"),
                            ("中期评估", "中期评估"),
                            ("末期评估", "末期评估"),
                            ("验收", "验收"),
                            ("按期", "按期"),
                            ("奖补", "奖补"),
                        ],
                        max_length=10,
                        verbose_name="付款条件",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="应付日期")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="金额")),
                (
                    "source",
                    models.CharField(
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
                        max_length=20,
                        verbose_name="资金来源",
                    ),
                ),
                (
                    "fund_level",
                    models.CharField(
                        blank=True,
                        choices=[("中央", "中央"), ("省", "省"), ("市", "市"), ("县", "县"), ("乡", "乡")],
                        default="",
                        max_length=4,
                        verbose_name="资金级次",
                    ),
                ),
                ("delivered", models.TextField(blank=True, default="", verbose_name="本期服务")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("计划", "计划"),
                            ("已申请", "已申请"),
                            ("已复核", "已复核"),
                            ("已批准", "已批准"),
                            ("已支付", "已支付"),
                            ("已退回", "已退回"),
                            ("作废", "作废"),
                        ],
                        default="计划",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("paid_on", models.DateField(blank=True, null=True, verbose_name="支付日期")),
                ("voucher", models.CharField(blank=True, default="", max_length=64, verbose_name="凭证号")),
                (
                    "movement_id",
                    models.UUIDField(blank=True, editable=False, null=True, verbose_name="资金流水"),
                ),
            ],
            options={
                "verbose_name": "拨付申请",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Settlement",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="结算编号")),
                ("settled_on", models.DateField(verbose_name="结算日期")),
                (
                    "spent_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="核定支出"
                    ),
                ),
                ("audit", models.CharField(blank=True, default="", max_length=200, verbose_name="审计报告")),
                ("conclusion", models.TextField(blank=True, default="", verbose_name="结算说明")),
                (
                    "stage",
                    models.CharField(
                        choices=[("待核定", "待核定"), ("已核定", "已核定"), ("作废", "作废")],
                        default="待核定",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
            ],
            options={
                "verbose_name": "项目结算",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="SpecialFund",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="基金编号")),
                ("name", models.CharField(blank=True, default="", max_length=200, verbose_name="基金名称")),
                ("kind", models.CharField(blank=True, default="", max_length=20, verbose_name="类别")),
                ("holder", models.CharField(blank=True, default="", max_length=200, verbose_name="管理方")),
                (
                    "source",
                    models.CharField(
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
                        max_length=20,
                        verbose_name="资金来源",
                    ),
                ),
                ("founded_on", models.DateField(blank=True, null=True, verbose_name="设立日期")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="规模"
                    ),
                ),
                (
                    "used",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="本年使用"
                    ),
                ),
                ("purpose", models.TextField(blank=True, default="", verbose_name="用途")),
            ],
            options={
                "verbose_name": "专项基金",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Subsidy",
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
                ("code", models.CharField(db_collation="C", max_length=64, verbose_name="奖补编号")),
                ("rule", models.CharField(max_length=100, verbose_name="奖补名称")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "input_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="实际投入"
                    ),
                ),
                (
                    "formula_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="按办法计算"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="拟补金额"
                    ),
                ),
                ("basis", models.TextField(blank=True, default="", verbose_name="说明")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("拟补", "拟补"),
                            ("待批准", "待批准"),
                            ("已批准", "已批准"),
                            ("不予补助", "不予补助"),
                        ],
                        default="拟补",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="批准日期")),
            ],
            options={
                "verbose_name": "奖补",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddIndex(
            model_name="fundmovement",
            index=models.Index(fields=["-moved_on", "-id"], name="movements_by_day"),
        ),
        migrations.AddIndex(
            model_name="fundmovement",
            index=models.Index(fields=["county_code", "-moved_on", "-id"], name="movements_of_a_county"),
        ),
        migrations.AddIndex(
            model_name="allocation",
            index=models.Index(fields=["region_code", "year"], name="allocations_of_a_place"),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="an_allocation_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddField(
            model_name="bankline",
            name="movement",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procurement.fundmovement",
                verbose_name="资金流水",
            ),
        ),
        migrations.AddField(
            model_name="bankline",
            name="project",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procurement.serviceproject",
                verbose_name="项目",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetinclusion",
            constraint=models.UniqueConstraint(
                fields=("region_code", "year"), name="a_place_budgets_once_a_year"
            ),
        ),
        migrations.AddField(
            model_name="clawback",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procurement.serviceproject",
                verbose_name="项目",
            ),
        ),
        migrations.AddField(
            model_name="delegatedwork",
            name="project",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procurement.serviceproject",
                verbose_name="项目",
            ),
        ),
        migrations.AddField(
            model_name="financeadvice",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procurement.serviceproject",
                verbose_name="项目",
            ),
        ),
        migrations.AddConstraint(
            model_name="financeguide",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_finance_guide_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddField(
            model_name="fundingline",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procurement.serviceproject",
                verbose_name="项目",
            ),
        ),
        migrations.AddField(
            model_name="fundreturn",
            name="movement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procurement.fundmovement",
                verbose_name="资金流水",
            ),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="project",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procurement.serviceproject",
                verbose_name="项目",
            ),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="reverses",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procurement.ledgerentry",
                verbose_name="冲回",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgertotal",
            constraint=models.UniqueConstraint(
                fields=("region_code", "year", "source", "fund_level", "kind"),
                name="an_account_has_one_total",
            ),
        ),
        migrations.AddField(
            model_name="matchingfund",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procurement.serviceproject",
                verbose_name="项目",
            ),
        ),
        migrations.AddConstraint(
            model_name="moneymonth",
            constraint=models.UniqueConstraint(
                fields=("region_code", "month"), name="a_place_closes_a_month_once"
            ),
        ),
        migrations.AddField(
            model_name="operatorcheck",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procurement.serviceproject",
                verbose_name="项目",
            ),
        ),
        migrations.AddField(
            model_name="payment",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procurement.serviceproject",
                verbose_name="项目",
            ),
        ),
        migrations.AddField(
            model_name="settlement",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procurement.serviceproject",
                verbose_name="项目",
            ),
        ),
        migrations.AddIndex(
            model_name="specialfund",
            index=models.Index(fields=["region_code", "year"], name="special_funds_of_a_place"),
        ),
        migrations.AddConstraint(
            model_name="specialfund",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_special_fund_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddField(
            model_name="subsidy",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procurement.serviceproject",
                verbose_name="项目",
            ),
        ),
        migrations.AddIndex(
            model_name="bankline",
            index=models.Index(fields=["region_code", "happened_on"], name="bank_lines_of_a_place"),
        ),
        migrations.AddIndex(
            model_name="bankline",
            index=models.Index(fields=["region_code", "stage"], name="bank_lines_by_stage"),
        ),
        migrations.AddConstraint(
            model_name="bankline",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_bank_line_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddConstraint(
            model_name="bankline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("project__isnull", True), ("stage", "已对账")),
                fields=("movement",),
                name="a_movement_is_one_line_of_the_payer",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("project__isnull", False), ("stage", "已对账")),
                fields=("movement",),
                name="a_movement_is_one_line_of_the_operator",
            ),
        ),
        migrations.AddIndex(
            model_name="clawback",
            index=models.Index(fields=["project"], name="clawbacks_of_a_project"),
        ),
        migrations.AddConstraint(
            model_name="clawback",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_clawback_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddIndex(
            model_name="delegatedwork",
            index=models.Index(fields=["region_code", "year"], name="delegated_work_of_a_place"),
        ),
        migrations.AddConstraint(
            model_name="delegatedwork",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_delegated_work_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddIndex(
            model_name="financeadvice",
            index=models.Index(fields=["region_code", "held_on"], name="finance_advice_of_a_place"),
        ),
        migrations.AddConstraint(
            model_name="financeadvice",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_finance_advice_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddIndex(
            model_name="fundingline",
            index=models.Index(fields=["region_code", "year"], name="funding_lines_of_a_place"),
        ),
        migrations.AddIndex(
            model_name="fundingline",
            index=models.Index(fields=["project"], name="funding_lines_of_a_project"),
        ),
        migrations.AddConstraint(
            model_name="fundingline",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_funding_line_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddIndex(
            model_name="fundreturn",
            index=models.Index(fields=["movement"], name="returns_of_a_movement"),
        ),
        migrations.AddIndex(
            model_name="fundreturn",
            index=models.Index(fields=["region_code", "returned_on"], name="returns_of_a_place"),
        ),
        migrations.AddConstraint(
            model_name="fundreturn",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_return_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(fields=["region_code", "year", "source"], name="ledger_of_a_place"),
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(fields=["project", "booked_on"], name="ledger_of_a_project"),
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(fields=["movement_id"], name="ledger_of_a_movement"),
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(fields=["origin_id"], name="ledger_of_an_origin"),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__gt", 0), ("reverses__isnull", True)),
                    models.Q(("amount__lt", 0), ("reverses__isnull", False)),
                    _connector="OR",
                ),
                name="an_entry_is_above_nought_or_reverses_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "下达",
                            "预算",
                            "承诺",
                            "拨付",
                            "支出",
                            "结算",
                            "调减预算",
                            "释放承诺",
                            "退回拨付",
                            "冲减支出",
                            "收回指标",
                        ],
                    )
                ),
                name="an_entry_leads_somewhere",
            ),
        ),
        migrations.AddIndex(
            model_name="matchingfund",
            index=models.Index(fields=["project"], name="matching_funds_of_a_project"),
        ),
        migrations.AddIndex(
            model_name="matchingfund",
            index=models.Index(fields=["region_code", "year"], name="matching_funds_of_a_place"),
        ),
        migrations.AddConstraint(
            model_name="matchingfund",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_matching_fund_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddIndex(
            model_name="operatorcheck",
            index=models.Index(fields=["region_code", "checked_on"], name="operator_checks_of_a_place"),
        ),
        migrations.AddConstraint(
            model_name="operatorcheck",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="an_operator_check_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(fields=["region_code", "stage"], name="payments_of_a_place"),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(fields=["provider_id", "id"], name="payments_of_a_provider"),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_payment_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage", "作废"), _negated=True),
                fields=("project", "instalment"),
                name="a_contract_has_one_instalment_of_a_number",
            ),
        ),
        migrations.AddIndex(
            model_name="settlement",
            index=models.Index(fields=["region_code", "settled_on"], name="settlements_of_a_place"),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_settlement_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage", "作废"), _negated=True),
                fields=("project",),
                name="a_contract_is_settled_once",
            ),
        ),
        migrations.AddIndex(
            model_name="subsidy",
            index=models.Index(fields=["region_code", "year"], name="subsidies_of_a_place"),
        ),
        migrations.AddConstraint(
            model_name="subsidy",
            constraint=models.UniqueConstraint(
                fields=("code", "county_code"), name="a_subsidy_code_is_unique_in_its_county"
            ),
        ),
        migrations.AddConstraint(
            model_name="subsidy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage", "不予补助"), _negated=True),
                fields=("project", "rule", "year"),
                name="a_project_has_one_subsidy_of_a_rule_a_year",
            ),
        ),
        migrations.RunSQL([FOLLOW_MOVEMENTS, ADD_UP, KEEP, TRIGGERS, BEGIN_WITH], DROP),
    ]
