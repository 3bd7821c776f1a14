"""What PostgreSQL itself holds, read from its catalogue: policies, grants, history (NFR-05, NFR-06)."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction

from linzhan.kernel.figures.models import StatedFigure
from linzhan.kernel.scope import EVERYTHING, ScopedModel, opened
from linzhan.kernel.wall import audited, own_models
from tests.architecture.test_models import label
from tests.each import of_each

pytestmark = pytest.mark.django_db

SCOPED = {model._meta.db_table: model for model in own_models() if issubclass(model, ScopedModel)}
HISTORY = {f"linzhan_audit_{verb}" for verb in ("insert", "update", "delete")}
UNWATCHED = {
    "kernel.AuditEntry": "is the history",
    "kernel.RevealEntry": "is a log, written once",
    "kernel.Job": "the machine's own; what a job changes is in the history of what it changed",
    "kernel.ImportRun": "the machine's own, as above",
    "kernel.RegisterUse": "a note of the machine",
    "kernel.StaleMark": "a note of the machine",
    "kernel.StepEntry": "is a log, written once",
    "kernel.SyncCommand": "is a receipt; what a command changed is in the history of what it changed",
    "kernel.Device": "the machine's own, written at every contact; who reported it lost stands in it",
    "kernel.SearchPiece": "derived from names whose history is kept, can be made again",
    "casework.Incident": "written once, its facts are its history; the area must not read that there is one",
    "casework.IncidentFact": "as above",
    "casework.IncidentNotice": "as above",
    "oversight.AlertRun": "a note of the machine; what a run changed is in the history of the alerts",
    "oversight.PlausibilityFlag": "who took which step is logged once; the area must not read of questions about a person",
    "oversight.TextSignature": "derived from notes whose history is kept, can be made again",
    "oversight.UncomparedSignatures": "a note of the machine, gone with the run that wrote it",
    "oversight.PhotoSignature": "derived from photos, can be made again",
    "oversight.CallbackSample": "drawn once from its seed; the station must not read which services are called back",
    "oversight.Callback": "as above",
    "procurement.ProjectProgress": "counted anew every hour from targets and records, can be made again",
    "casework.ScaleResult": "written once; the history, which the area reads, must not tell whose health is looked at",
    "casework.VoidedResult": "as above",
    "workforce.StaffSanction": "who took which step is logged once; the area must not read of it before it holds",
    "workforce.ConductCase": "as above",
    "oversight.ProviderComplaint": "who took which step is logged once; the area must not read who complained",
    "workforce.SupervisionNote": "its writer and one worker read it; the area must not read of it in the history",
    "workforce.SupervisionRating": "as above",
    "quality.SurveyAnswer": "written once; its moment in the history, beside that of the list, would say whose it is",
    "kernel.StoredFigure": "derived, can be counted again",
    "procurement.LedgerEntry": "written once and only ever reversed: it is its own history",
    "procurement.LedgerTotal": "derived from the ledger, can be added up again",
    "territory.Region": "loaded from books; former names and changes are its history",
}
DOORS = {
    "linzhan_account": "signing in: one account by its exact name or id",
    "linzhan_appointments": "signing in: what one account holds",
    "linzhan_token": "signing in: one token by its digest",
    "linzhan_has_accounts": "the first page: whether there is anybody yet",
    "linzhan_has_demo": "the sign-in page: whether this is a demo",
    "linzhan_evaluated_places": "how far an evaluator sees: places of their rounds, by exact user name",
    "linzhan_device_lost": "a phone reported lost, before anybody signs in: whether it is, by its exact id",
    "linzhan_provider_ids": "an institution entered where it exists already: its id by its exact code",
    "linzhan_station_plates": "what hangs at a station's door, by its exact id: code, name and address",
    "linzhan_present_at_home": "an institution is present where it is registered, whoever registers it",
    "linzhan_incident_noticed": "a report leaves its supervisor a bare notice, whoever reports",
    "linzhan_incident_fact_signed": "a fact stands where its report stands, in the name of whoever adds it",
    "linzhan_incident_moved": "how far a report has come follows from its facts, and from nothing else",
    "linzhan_ledger_follows": "a movement of money is posted to the ledger by whoever writes it",
    "linzhan_ledger_adds_up": "the totals of the ledger follow from its entries, and from nothing else",
    "linzhan_gather_statistics": "who fills a table knows when it is due to be analysed",
    "linzhan_audit_insert": "writes the history, which the application may not",
    "linzhan_audit_update": "as above",
    "linzhan_audit_delete": "as above",
}
"""Functions that run with the owner's eyes. Each is a hole in the second wall, dug on purpose."""
QUALIFIED = {"linzhan_audit_insert"}
"""Those that need no search path of their own, for every name in them says where it is."""


def rows(statement: str, *arguments: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        return cursor.fetchall()


def column(statement: str, *arguments: object) -> set[object]:
    return {row[0] for row in rows(statement, *arguments)}


def test_every_scoped_table_is_guarded_by_its_policy() -> None:
    guarded = column(
        "SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace"
    )
    assert guarded >= set(SCOPED)
    policies = rows("SELECT tablename, policyname, permissive, cmd, roles::text FROM pg_policies")
    widening = {each[0]: each[1:] for each in policies if each[2] == "PERMISSIVE"}
    assert len(widening) == len([each for each in policies if each[2] == "PERMISSIVE"]), (
        "a second one widens the first"
    )
    assert set(widening) == set(SCOPED)
    assert set(widening.values()) == {("scope", "PERMISSIVE", "ALL", "{linzhan_app}")}


def test_a_row_seen_besides_its_own_place_is_only_read_from_there() -> None:
    narrowed = rows("SELECT tablename, cmd FROM pg_policies WHERE permissive = 'RESTRICTIVE'")
    wide = {t for t, model in SCOPED.items() if model.policy_besides() and not model.changed_where_seen}
    assert wide
    machine = {(table, "UPDATE") for table, model in SCOPED.items() if getattr(model, "repointed", ())}
    assert set(narrowed) == {(table, verb) for table in wide for verb in ("UPDATE", "DELETE")} | machine


@of_each("table", sorted(SCOPED))
def test_a_policy_says_nothing_before_there_is_a_scope(table: str) -> None:
    """Raw SQL through the application's role, no scope set: not one row, whatever is stored."""
    assert rows(f'SELECT count(*) FROM "{table}"') == [(0,)]


def test_no_other_table_of_people_lies_open() -> None:
    """Tables that libraries bring are reachable by the role: they are known, one by one."""
    tables = column("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    own = {model._meta.db_table for model in own_models()}
    libraries = ("auth_", "axes_", "django_", "procrastinate_")
    assert {name for name in tables - own if not str(name).startswith(libraries)} == set()


def test_every_table_keeps_its_history() -> None:
    found: dict[object, set[object]] = {}
    for table, trigger in rows(
        "SELECT event_object_table, trigger_name FROM information_schema.triggers"
        " WHERE trigger_name LIKE 'linzhan_audit_%%'"
        " UNION SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE t.tgname LIKE 'linzhan_audit_%%' AND t.tgenabled = 'O'"
    ):
        found.setdefault(table, set()).add(trigger)
    assert found == {model._meta.db_table: HISTORY for model in own_models() if audited(model)}


def test_a_table_without_history_has_a_reason() -> None:
    assert {label(model) for model in own_models() if not audited(model)} == set(UNWATCHED)


def test_the_application_role_owns_nothing_and_passes_no_wall() -> None:
    assert rows(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication"
        " FROM pg_roles WHERE rolname = current_user"
    ) == [("linzhan_app", False, False, False, False, False)]
    assert not column(
        "SELECT relname FROM pg_class WHERE relowner = current_user::regrole AND relpersistence <> 't'"
    )
    assert not column("SELECT proname FROM pg_proc WHERE proowner = current_user::regrole")
    member = "SELECT r.rolname FROM pg_roles r WHERE pg_has_role(current_user, r.oid, 'MEMBER') AND r.rolname <> current_user"
    assert not column(member)


def test_the_owner_is_no_superuser() -> None:
    assert rows("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'linzhan_owner'") == [
        (False, False)
    ]


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("SET ROLE linzhan_owner", id="becomes the owner"),
        pytest.param("ALTER TABLE casework_resident DISABLE ROW LEVEL SECURITY", id="turns the policy off"),
        pytest.param("DROP POLICY scope ON casework_resident", id="drops the policy"),
        pytest.param("ALTER TABLE casework_resident DISABLE TRIGGER ALL", id="turns the history off"),
        pytest.param("SET session_replication_role = replica", id="runs past the triggers"),
        pytest.param("TRUNCATE casework_resident", id="empties a table"),
        pytest.param("UPDATE kernel_auditentry SET actor_label = 'x'", id="rewrites the history"),
        pytest.param("DELETE FROM kernel_auditentry", id="deletes the history"),
        pytest.param(
            "INSERT INTO kernel_auditentry (at, actor_label, table_name, row_id, action)"
            " VALUES (now(), 'x', 'x', 'x', 'changed')",
            id="forges the history",
        ),
        pytest.param("DELETE FROM kernel_revealentry", id="deletes who looked"),
        pytest.param("UPDATE kernel_revealentry SET reason = ''", id="rewrites who looked"),
        pytest.param("UPDATE casework_incident SET stage = '结束'", id="ends a report"),
        pytest.param("UPDATE casework_incident SET facts = ''", id="rewrites a report"),
        pytest.param("DELETE FROM casework_incident", id="removes a report"),
        pytest.param("UPDATE casework_incidentfact SET text = ''", id="rewrites what was done"),
        pytest.param("DELETE FROM casework_incidentfact", id="removes what was done"),
        pytest.param("UPDATE casework_incidentnotice SET closed = true", id="hides a notice"),
        pytest.param("UPDATE casework_scaleresult SET answers = '{}'", id="rewrites answers"),
        pytest.param(
            "ALTER TABLE casework_incident DISABLE TRIGGER linzhan_incident_signed", id="signs as another"
        ),
        pytest.param("COPY kernel_auditentry TO PROGRAM 'cat'", id="runs a program"),
        pytest.param("COPY casework_resident FROM '/etc/passwd'", id="reads a file"),
        pytest.param("CREATE TABLE public.mine (x int)", id="makes a table"),
        pytest.param("CREATE EXTENSION file_fdw", id="brings an extension"),
    ],
)
def test_the_application_role_cannot_leave_its_place(statement: str) -> None:
    with opened(EVERYTHING), pytest.raises(ProgrammingError), transaction.atomic():
        rows(statement)


def test_doors_in_the_wall_are_known_and_narrow() -> None:
    found = rows(
        "SELECT proname, proconfig::text FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = pg_proc.oid AND d.deptype = 'e')"
    )
    assert {name for name, _ in found} == set(DOORS)
    assert {name for name, settings in found if "search_path" not in str(settings)} == QUALIFIED


def test_the_history_of_a_creation_goes_to_its_table_whatever_the_writers_search_path() -> None:
    """Its function has no search path of its own: each of its names is qualified (NFR-05)."""
    statement = "SELECT count(*) FROM public.kernel_auditentry WHERE table_name = 'kernel_statedfigure'"
    with opened(EVERYTHING), transaction.atomic(), connection.cursor() as cursor:
        before = rows(statement)[0][0]
        cursor.execute(
            "CREATE TEMPORARY TABLE kernel_auditentry (LIKE public.kernel_auditentry) ON COMMIT DROP"
        )
        cursor.execute("CREATE TEMPORARY TABLE new_rows (id text, region_code text) ON COMMIT DROP")
        cursor.execute("SET LOCAL search_path = pg_temp, public, pg_catalog")
        StatedFigure.objects.create(
            name="户数", region_code="430000000000", value=1, source="年报", stated_by="测试"
        )
        cursor.execute("SELECT count(*) FROM pg_temp.kernel_auditentry")
        assert cursor.fetchone() == (0,)
        assert rows(statement) == [(int(str(before)) + 1,)]
        transaction.set_rollback(True)


def test_no_view_shows_rows_with_its_owners_eyes() -> None:
    views = rows(
        "SELECT c.relname FROM pg_class c WHERE c.relkind IN ('v', 'm') AND c.relnamespace = 'public'::regnamespace"
        " AND NOT coalesce(c.reloptions::text LIKE '%%security_invoker=true%%', false)"
        " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"
    )
    assert views == []
