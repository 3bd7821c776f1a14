"""Checks of what notes say: one's own copied (PC03), another's copied (PC04). Which are alike stands in the signatures.

Both hold the notes that are like an earlier one, and no others; notes themselves are not read.
"""

# ruff: noqa: S608 -- the statements are made of own texts only
from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.oversight.plausibility import parameters as named
from linzhan.oversight.plausibility.declaring import sql_check
from linzhan.oversight.warning.declaring import here

CLUSTERS = """
    , member AS (
        SELECT g.{kind}_root AS root, g.record_id, g.{kind}_share AS share FROM oversight_textsignature g
        WHERE g.region_code >= %(low)s AND g.region_code < %(high)s AND g.{kind}_as IS NOT NULL
        UNION ALL
        SELECT DISTINCT g.{kind}_root, g.{kind}_root, 100.0 FROM oversight_textsignature g
        WHERE g.region_code >= %(low)s AND g.region_code < %(high)s AND g.{kind}_as IS NOT NULL
    ), living AS (
        SELECT DISTINCT ON (m.root, m.record_id) m.root, m.record_id, m.share, s.worker_id, s.region_code, s.station_id,
            s.provider_id, s.day
        FROM member m JOIN plausible_service s ON s.record_id = m.record_id ORDER BY m.root, m.record_id, s.worker_id
    )
"""

sql_check(
    "PC03",
    name=gettext_lazy("记录内容雷同"),
    formula=gettext_lazy(
        "同一社工写不同对象的两条记录，去掉数字、姓名、标点后 {least} 字以上，三字组相似度 {alike}% 以上"
    ),
    innocent=gettext_lazy("同一对象的连续记录、短记录、本地公布的公用模板：这些都不比"),
    asks={"alike": named.SAME_TEXT, "least": named.TEXT_LEAST},
    sql=f"""
    {CLUSTERS.format(kind="same")}
    SELECT (array_agg(l.worker_id ORDER BY l.day DESC))[1] AS subject_id, l.root::text AS key, min(l.region_code) AS region_code,
        (array_agg(l.station_id ORDER BY l.day DESC))[1] AS station_id,
        (array_agg(l.provider_id ORDER BY l.day DESC))[1] AS provider_id,
        (array_agg(l.worker_id ORDER BY l.day DESC))[1] AS person_id, 1 AS severity, max(l.day) AS since, min(r.n) AS n,
        jsonb_build_object('records', count(*), 'share', round(min(l.share)::numeric), 'alike', min(r.alike)) AS facts,
        jsonb_agg(jsonb_build_array('service-records', l.record_id) ORDER BY l.day) AS rows
    FROM living l {here("l")} WHERE l.share >= r.alike GROUP BY l.root HAVING count(*) > 1
    """,
    told=lambda f: _("%(records)s 条不同对象的记录内容雷同，相似度 %(share)s%% 以上(提醒线 %(alike)s%%)") % f,
)

sql_check(
    "PC04",
    name=gettext_lazy("照抄他人记录"),
    formula=gettext_lazy(
        "不同社工在 {span} 日内的两条记录，去掉数字、姓名、标点后 {least} 字以上，三字组相似度 {alike}% 以上"
    ),
    innocent=gettext_lazy("两人一起服务同一对象各记一条、短记录、本地公布的公用模板：这些都不比"),
    asks={"alike": named.OTHER_TEXT, "span": named.OTHER_TEXT_DAYS, "least": named.TEXT_LEAST},
    sql=f"""
    {CLUSTERS.format(kind="other")}, copied AS (
        SELECT l.*, f.worker_id AS first_worker, f.record_id AS first_id
        FROM living l JOIN living f ON f.root = l.root AND f.record_id = l.root AND f.worker_id <> l.worker_id
    )
    SELECT c.worker_id AS subject_id, c.root::text || '@' || left(c.worker_id::text, 23) AS key, min(c.region_code) AS region_code,
        (array_agg(c.station_id))[1] AS station_id, (array_agg(c.provider_id))[1] AS provider_id,
        c.worker_id AS person_id, 1 AS severity, max(c.day) AS since, min(r.n) AS n,
        jsonb_build_object('records', count(*), 'share', round(min(c.share)::numeric), 'alike', min(r.alike)) AS facts,
        jsonb_build_array(jsonb_build_array('service-records', c.root))
            || jsonb_agg(jsonb_build_array('service-records', c.record_id) ORDER BY c.day) AS rows
    FROM copied c {here("c")} WHERE c.share >= r.alike AND EXISTS (
        SELECT FROM oversight_textsignature g JOIN plausible_service o ON o.record_id = g.other_as
        WHERE g.record_id = c.record_id AND abs(c.day - o.day) <= r.span)
    GROUP BY c.root, c.worker_id
    """,
    told=lambda f: _("%(records)s 条记录与另一名社工的记录相似度 %(share)s%% 以上(提醒线 %(alike)s%%)") % f,
)
