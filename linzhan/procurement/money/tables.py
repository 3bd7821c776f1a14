"""What the database itself does for the ledger: it posts, it corrects, it adds up (ADR 0022).

Whatever writes a row of 资金 (form, file, API, a payment, a mistake in raw SQL) posts to the ledger in the
same transaction, because a trigger does it. The functions run with the owner's eyes: the application may
read the ledger, and add entries of its own, but it changes none.
"""

from __future__ import annotations

from typing import Final

FOLLOW_MOVEMENTS: Final = """
CREATE OR REPLACE FUNCTION linzhan_ledger_follows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO procurement_ledgerentry
            (id, movement_id, origin, region_code, project_id, kind, booked_on, year, source, fund_level, head,
             amount, reverses_id, posted_at)
        SELECT gen_random_uuid(), e.movement_id, e.origin, e.region_code, e.project_id, e.kind, e.booked_on, e.year,
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
        SELECT gen_random_uuid(), m.id, '', m.region_code, m.project_id, m.kind, m.moved_on, extract(year FROM m.moved_on)::smallint,
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
        SELECT gen_random_uuid(), m.id, '', m.region_code, m.project_id, m.kind, m.moved_on, extract(year FROM m.moved_on)::smallint,
            m.source, m.fund_level, m.head, m.amount, clock_timestamp()
        FROM new_rows m WHERE m.amount > 0;
    ELSE
        INSERT INTO procurement_ledgerentry
            (id, movement_id, origin, region_code, project_id, kind, booked_on, year, source, fund_level, head,
             amount, reverses_id, posted_at)
        SELECT gen_random_uuid(), e.movement_id, e.origin, e.region_code, e.project_id, e.kind, e.booked_on, e.year,
            e.source, e.fund_level, e.head, -e.amount, e.id, clock_timestamp()
        FROM old_rows o JOIN procurement_ledgerentry e ON e.movement_id = o.id AND e.amount > 0
        WHERE NOT EXISTS (SELECT FROM procurement_ledgerentry r WHERE r.reverses_id = e.id);
    END IF;
    RETURN NULL;
END $$;
"""

ADD_UP: Final = """
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
    SELECT gen_random_uuid(), region_code, year, source, fund_level, kind, sum(amount), count(*)
    FROM new_rows GROUP BY region_code, year, source, fund_level, kind
    ORDER BY region_code, year, source, fund_level, kind
    ON CONFLICT (region_code, year, source, fund_level, kind)
        DO UPDATE SET amount = t.amount + excluded.amount, entries = t.entries + excluded.entries;
    RETURN NULL;
END $$;
"""

KEEP: Final = """
CREATE OR REPLACE FUNCTION linzhan_ledger_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is never changed: reverse the entry' USING ERRCODE = 'check_violation';
END $$;
"""

TRIGGERS: Final = """
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

BEGIN_WITH: Final = """
INSERT INTO procurement_ledgerentry
    (id, movement_id, origin, region_code, project_id, kind, booked_on, year, source, fund_level, head,
    amount, posted_at)
SELECT gen_random_uuid(), m.id, '', m.region_code, m.project_id, m.kind, m.moved_on, extract(year FROM m.moved_on)::smallint,
            m.source, m.fund_level, m.head, m.amount, now()
FROM procurement_fundmovement m WHERE m.amount > 0;
"""

DROP: Final = """
DROP TRIGGER IF EXISTS linzhan_ledger_insert ON procurement_fundmovement;
DROP TRIGGER IF EXISTS linzhan_ledger_update ON procurement_fundmovement;
DROP TRIGGER IF EXISTS linzhan_ledger_delete ON procurement_fundmovement;
DROP FUNCTION IF EXISTS linzhan_ledger_follows() CASCADE;
DROP FUNCTION IF EXISTS linzhan_ledger_adds_up() CASCADE;
DROP FUNCTION IF EXISTS linzhan_ledger_stays() CASCADE;
"""
