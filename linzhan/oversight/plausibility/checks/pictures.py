"""Checks of photos and signatures (PC05, PC06, PC12), as far as the platform keeps what they look at.

PC05 and PC12 hold a row for each photo and each picture of a signature, PC05 the pairs that are alike.

Nobody has to send a photo (``domain.md`` §1), and one that is sent leaves place, time and device behind on
the telephone: what that costs is said here.
"""

# ruff: noqa: S608 -- the statements are made of own texts only
from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.oversight.plausibility import parameters as named
from linzhan.oversight.plausibility.declaring import sql_check, unable
from linzhan.oversight.warning.declaring import here

sql_check(
    "PC05",
    name=gettext_lazy("照片重复使用"),
    formula=gettext_lazy(
        "不同服务用了同一张照片(文件完全相同)，或同一站点的两张照片几乎一样(差异散列相差 {bits} 位以内)"
    ),
    innocent=gettext_lazy("同一小组、同一活动的合影，同一户分开记的探访：这些都不提；太暗、太空白的照片不比"),
    asks={"bits": named.PHOTO_BITS},
    sql=f"""
    , shot AS MATERIALIZED (
        SELECT DISTINCT ON (a.id) a.id, a.digest, s.record_id, s.worker_id, s.region_code, s.station_id, s.provider_id,
            s.day, s.started_at, s.case_code
        FROM kernel_attachment a JOIN plausible_service s ON s.record_id = a.row_id
        WHERE a.register = 'service-records' AND a.kind = 'photo' AND a.digest <> ''
        ORDER BY a.id, s.worker_id
    ), earlier AS (
        SELECT *, first_value(record_id) OVER w AS first_id, first_value(case_code) OVER w AS first_case
        FROM shot WINDOW w AS (PARTITION BY digest ORDER BY started_at, record_id)
    ), used AS (
        SELECT e.record_id, e.first_id, 0 AS bits FROM earlier e
        WHERE e.first_id <> e.record_id AND NOT (e.case_code <> '' AND e.case_code = e.first_case)
        UNION
        SELECT p.record_id, p.like_record, p.distance FROM oversight_photosignature p
        WHERE p.region_code >= %(low)s AND p.region_code < %(high)s AND p.like_record IS NOT NULL
            AND p.distance <= (SELECT max(bits) FROM ruled)
    )
    SELECT s.worker_id AS subject_id, s.record_id::text AS key, s.region_code, s.station_id, s.provider_id,
        s.worker_id AS person_id, 1 AS severity, s.day AS since, r.n,
        jsonb_build_object('day', s.day, 'bits', u.bits, 'others', u.others, 'limit', r.bits) AS facts,
        jsonb_build_array(jsonb_build_array('service-records', s.record_id)) || u.rows AS rows
    FROM (SELECT u.record_id, min(u.bits) AS bits, count(DISTINCT u.first_id) AS others,
            jsonb_agg(DISTINCT jsonb_build_array('service-records', u.first_id)) AS rows
        FROM used u WHERE EXISTS (SELECT FROM plausible_service f WHERE f.record_id = u.first_id) AND NOT EXISTS (
            SELECT FROM casework_recordresident x JOIN casework_resident p ON p.id = x.resident_id
                JOIN casework_resident q ON q.household = p.household AND q.county_code = p.county_code AND q.id <> p.id
                JOIN casework_recordresident y ON y.resident_id = q.id AND y.record_id = u.record_id
            WHERE x.record_id = u.first_id AND p.household <> '')
        GROUP BY u.record_id) u
    CROSS JOIN LATERAL (SELECT * FROM plausible_service f WHERE f.record_id = u.record_id ORDER BY f.worker_id LIMIT 1) s
    {here("s")} WHERE u.bits <= r.bits
    """,
    told=lambda f: (
        _("%(day)s 的服务用了另外 %(others)s 次服务的同一张照片") % f
        if f["bits"] == 0
        else _("%(day)s 的服务照片与另外 %(others)s 次服务的几乎一样(差异散列相差 %(bits)s 位)") % f
    ),
)

unable(
    "PC06",
    name=gettext_lazy("照片时间不符"),
    formula=gettext_lazy("照片自带的拍摄时间与服务时间相差 24 小时以上"),
    why=gettext_lazy("照片离开手机前已去掉拍摄时间、地点和机型，平台不留这些，也不要求手机多交；所以不核对"),
)

sql_check(
    "PC12",
    name=gettext_lazy("签名复制"),
    formula=gettext_lazy("不同户的两名对象名下，签名图片完全相同"),
    innocent=gettext_lazy(
        "监护人替同一户的几个孩子签的不提；同一人自己的签名不比；一条记录服务了几户的，说不准是谁签的，不比"
    ),
    partly=gettext_lazy("平台只收签名的图片，不收笔迹的轨迹，所以只查图片完全相同，不比笔迹"),
    asks={},
    needs=("residents",),
    sql=f"""
    , signed AS (
        SELECT a.id, a.digest, p.id AS resident_id, coalesce(n.worker_id, p.worker_id) AS worker_id, p.region_code, p.station_id,
            p.provider_id, coalesce(p.county_code || '/' || nullif(p.household, ''), p.id::text) AS house,
            (a.completed_at AT TIME ZONE 'Asia/Shanghai')::date AS day
        FROM kernel_attachment a
            LEFT JOIN casework_consent c ON a.register = 'resident-consents' AND c.id = a.row_id
            LEFT JOIN casework_recordresident x ON a.register = 'service-records' AND x.record_id = a.row_id
            LEFT JOIN LATERAL (
                SELECT w.worker_id FROM casework_recordworker w WHERE w.record_id = x.record_id ORDER BY 1 LIMIT 1) n ON true
            JOIN casework_resident p ON p.id = coalesce(c.resident_id, x.resident_id,
                CASE WHEN a.register = 'residents' THEN a.row_id END)
        WHERE a.kind = 'signature' AND a.digest <> '' AND p.region_code >= %(low)s AND p.region_code < %(high)s
            AND a.completed_at < (%(day)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
    ), owned AS (
        SELECT * FROM (SELECT s.*, min(house) OVER w AS first_house, max(house) OVER w AS last_house
            FROM signed s WINDOW w AS (PARTITION BY id)) o WHERE first_house = last_house
    ), twin AS (
        SELECT digest, max(day) AS since, count(DISTINCT house) AS houses, (array_agg(worker_id ORDER BY day DESC))[1] AS worker_id,
            (array_agg(region_code ORDER BY day DESC))[1] AS region_code, (array_agg(station_id ORDER BY day DESC))[1] AS station_id,
            (array_agg(provider_id ORDER BY day DESC))[1] AS provider_id,
            jsonb_agg(DISTINCT jsonb_build_array('residents', resident_id)) AS rows
        FROM owned GROUP BY digest HAVING count(DISTINCT house) > 1
    )
    SELECT t.worker_id AS subject_id, t.digest AS key, t.region_code, t.station_id, t.provider_id,
        t.worker_id AS person_id, 1 AS severity, t.since, r.n,
        jsonb_build_object('houses', t.houses) AS facts, t.rows
    FROM twin t {here("t")}
    """,
    told=lambda f: _("%(houses)s 户不同的对象名下，签名图片完全相同") % f,
)
