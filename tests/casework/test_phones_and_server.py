"""Phones, a server and everything that goes wrong between them, as a machine that Hypothesis drives (NFR-08, SVC-23).

Requests are lost, answers are lost, batches arrive twice, in pieces and in another order, phones crash and
start over from what they keep; the desk changes the same rows meanwhile. Whatever happened, once all phones
have been able to talk: nothing is lost, nothing is doubled, every phone agrees with the server, and whatever
was not taken as it was sent was told to its author.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from linzhan.accounts.api import Role
from linzhan.casework.api import EDIT_RECORDS, RecordResident, ServiceRecord
from linzhan.casework.enums import Outcome
from linzhan.kernel.access import rights_of
from linzhan.kernel.ids import uuid7
from linzhan.kernel.scope import EVERYTHING, Actor, Scope, opened
from linzhan.kernel.sync import feeding, receiving
from linzhan.kernel.sync.declaring import FEEDS, Reader
from linzhan.kernel.sync.devices import met
from linzhan.kernel.sync.models import SyncConflict
from linzhan.kernel.sync.settling import settle
from tests.factories.casework import resident
from tests.factories.network import station as any_station
from tests.factories.places import TUOYUAN
from tests.factories.workforce import worker as any_worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hunan")]
PHONES, PEOPLE = 2, 3
OUTCOMES = ("见到本人", "见到家属", "外出")
COMPARED = ("residents", "records", "me")
FATES = ("arrives", "request lost", "answer lost", "arrives twice", "in pieces", "out of order")


@dataclass
class Phone:
    """What a phone keeps through every crash: its queue, what it holds, and what it was told."""

    reader: Reader
    scope: Scope
    device: UUID = field(default_factory=uuid4)
    queue: list[dict[str, Any]] = field(default_factory=list)
    held: dict[str, dict[str, Any]] = field(default_factory=dict)
    state: str = ""
    last_of: dict[str, str] = field(default_factory=dict)  # subject to the last command about it
    known: dict[str, dict[str, str]] = field(default_factory=dict)  # record to what the phone believes of it
    told: dict[str, list[Any]] = field(default_factory=dict)  # command to what its author was told

    def enqueue(self, kind: str, subject: str, body: dict[str, Any]) -> str:
        identity = str(uuid7())
        self.queue.append(
            {
                "id": identity,
                "kind": kind,
                "subject": subject,
                "after": self.last_of.get(subject),
                "made_at": timezone.now().isoformat(),
                "body": body,
            }
        )
        self.last_of[subject] = identity
        return identity


class PhonesAndServer(RuleBasedStateMachine):
    """The world: two phones of one station, three people, a desk."""

    @initialize()
    def begin(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()
        with opened(EVERYTHING):
            self.station = any_station(TUOYUAN)
            self.people = [resident(self.station) for _ in range(PEOPLE)]
            workers = [any_worker(station=self.station.pk).pk for _ in range(PHONES)]
        self.phones = [self._phone(worker) for worker in workers]
        self.visits: dict[str, str] = {}
        self.notes: list[tuple[str, str]] = []
        self.wishes: list[tuple[Phone, str, str, str]] = []  # phone, command, record, outcome
        self.texts = 0

    def teardown(self) -> None:
        if not hasattr(self, "block"):
            return
        try:
            self.settle_down()
            self.everything_holds()
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def _phone(self, worker: UUID) -> Phone:
        user = uuid4()
        reader = Reader(
            user_id=user,
            role=Role.STATION_WORKER,
            rights=rights_of(Role.STATION_WORKER),
            region_code=self.station.region_code,
            station_id=self.station.pk,
            person_id=worker,
            now=timezone.now(),
        )
        return Phone(reader, Scope(stations=(str(self.station.pk),), people=(str(user), str(worker))))

    @rule(which=st.integers(0, PHONES - 1), who=st.integers(0, PEOPLE - 1))
    def visit(self, which: int, who: int) -> None:
        phone, record = self.phones[which], str(uuid7())
        began = timezone.now() - timedelta(hours=3)
        values = {
            "method": "探访",
            "started_at": began.isoformat(),
            "ended_at": (began + timedelta(minutes=20)).isoformat(),
            "residents": [str(self.people[who])],
            "outcome": OUTCOMES[0],
            "content": f"探访 {len(self.visits)}",
        }
        phone.enqueue(
            "save", record, {"rows": [{"register": "service-records", "id": record, "values": values}]}
        )
        phone.known[record] = {"outcome": OUTCOMES[0], "content": str(values["content"])}
        self.visits[record] = str(values["content"])

    @rule(which=st.integers(0, PHONES - 1), pick=st.integers(0, 50))
    def add_a_note(self, which: int, pick: int) -> None:
        phone = self.phones[which]
        if not phone.known:
            return
        record = sorted(phone.known)[pick % len(phone.known)]
        self.texts += 1
        was, note = phone.known[record]["content"], f"补记{self.texts}。"
        phone.known[record]["content"] = f"{was}\n{note}"
        fields = {"content": {"was": was, "is": f"{was}\n{note}"}}
        phone.enqueue("amend", record, {"register": "service-records", "id": record, "fields": fields})
        self.notes.append((record, note))

    @rule(which=st.integers(0, PHONES - 1), pick=st.integers(0, 50), outcome=st.sampled_from(OUTCOMES))
    def say_another_outcome(self, which: int, pick: int, outcome: str) -> None:
        phone = self.phones[which]
        if not phone.known:
            return
        record = sorted(phone.known)[pick % len(phone.known)]
        was = phone.known[record]["outcome"]
        if was == outcome:
            return
        phone.known[record]["outcome"] = outcome
        fields = {"outcome": {"was": was, "is": outcome}}
        command = phone.enqueue(
            "amend", record, {"register": "service-records", "id": record, "fields": fields}
        )
        self.wishes.append((phone, command, record, outcome))

    @rule(pick=st.integers(0, 50), outcome=st.sampled_from(Outcome.values[:3]))
    def the_desk_changes_it(self, pick: int, outcome: str) -> None:
        with opened(EVERYTHING, Actor(label="站长")):
            found = list(ServiceRecord.objects.filter(pk__in=list(self.visits)).order_by("pk"))
            if found:
                one = found[pick % len(found)]
                ServiceRecord.objects.filter(pk=one.pk).update(outcome=outcome)

    @rule(which=st.integers(0, PHONES - 1), other=st.integers(0, PHONES - 1))
    def hear_of_the_others(self, which: int, other: int) -> None:
        """A phone sees a record that another one made (the desk showed it), and may amend it."""
        phone = self.phones[which]
        with opened(EVERYTHING):
            for row in ServiceRecord.objects.filter(pk__in=list(self.phones[other].known)):
                phone.known.setdefault(str(row.pk), {"outcome": row.outcome, "content": row.content})

    @rule(which=st.integers(0, PHONES - 1), fate=st.sampled_from(FATES), shuffle=st.randoms())
    def talk(self, which: int, fate: str, shuffle: Any) -> None:
        phone = self.phones[which]
        batch = list(phone.queue)
        if fate == "request lost":
            return
        if fate == "in pieces":
            batch = batch[: 1 + len(batch) // 2]
        if fate == "out of order":
            shuffle.shuffle(batch)
        answer = self._sent(phone, batch, want=True)
        if fate == "answer lost":
            return
        if fate == "arrives twice":
            answer = self._sent(phone, batch, want=True)
        self._heard(phone, answer)

    @rule(which=st.integers(0, PHONES - 1))
    def crash(self, which: int) -> None:
        """What is not durable is gone: nothing else is kept in this model, so the token may be an old one."""
        self.phones[which].state = ""

    def _sent(
        self, phone: Phone, batch: Sequence[dict[str, Any]], *, want: bool
    ) -> tuple[list[Any], feeding.Answer]:
        with opened(phone.scope, Actor(id=str(phone.reader.user_id), label="社工")):
            device = met(phone.reader, phone.device, "测试")
            commands = receiving.read_commands(list(batch), timezone.now(), trusted=True)
            results = receiving.receive(commands, phone.reader, phone.device)
            feeds = feeding.changes(device, phone.reader, phone.state) if want else feeding.Answer()
            device.save()
        return results, feeds

    def _heard(self, phone: Phone, answer: tuple[list[Any], feeding.Answer]) -> None:
        results, feeds = answer
        over = {str(each.id) for each in results if each.state not in ("waiting", "retry")}
        for each in results:
            phone.told.setdefault(str(each.id), []).append(each)
        phone.queue = [each for each in phone.queue if each["id"] not in over]
        if feeds.reset:
            phone.held = {}
        for key, found in feeds.feeds.items():
            rows = phone.held.setdefault(key, {})
            for row in found["rows"]:
                rows[str(row["id"])] = row
            for gone in found["gone"]:
                rows.pop(gone, None)
        phone.state = feeds.state

    def settle_down(self) -> None:
        """All phones can talk, as often as it takes."""
        for _ in range(len(self.visits) + len(self.notes) + len(self.wishes) + 3):
            for phone in self.phones:
                self._heard(phone, self._sent(phone, phone.queue, want=True))
            if not any(phone.queue for phone in self.phones):
                break
        for phone in self.phones:  # once more, for what the other one brought last
            self._heard(phone, self._sent(phone, [], want=True))

    def everything_holds(self) -> None:
        assert not any(phone.queue for phone in self.phones), "nothing waits for ever"
        with opened(EVERYTHING):
            stored = {str(row.pk): row for row in ServiceRecord.objects.filter(pk__in=list(self.visits))}
            assert set(stored) == set(self.visits), "no visit is lost"
            assert RecordResident.objects.filter(record_id__in=list(self.visits)).count() == len(self.visits)
            conflicts = list(SyncConflict.objects.all())
        for record, note in self.notes:
            assert stored[record].content.splitlines().count(note) == 1, "a note is there, once"
        for record, text in self.visits.items():
            assert stored[record].content.splitlines()[0] == text
        asked = {(str(each.command_id), each.mine) for each in conflicts}
        for phone, command, _record, outcome in self.wishes:
            told = phone.told[command][-1]
            taken = told.state in ("done", "merged")
            assert taken or (command, outcome) in asked, "what was not taken waits for a person, and was told"
            if not taken:
                assert told.conflicts, "its author was told"
        self._phones_agree()
        self._a_person_settles(conflicts)

    def _phones_agree(self) -> None:
        for phone in self.phones:
            with opened(phone.scope):
                for entry in FEEDS:
                    if entry.key not in COMPARED:
                        continue
                    rows = {str(row["id"]): feeding.spelled(row) for row in entry.rows(phone.reader)}
                    held = {key: feeding.spelled(row) for key, row in phone.held.get(entry.key, {}).items()}
                    assert held == rows, f"the phone agrees with the server about {entry.key}"

    def _a_person_settles(self, conflicts: Sequence[SyncConflict]) -> None:
        with opened(EVERYTHING, Actor(label="站长")):
            for each in conflicts:
                row = ServiceRecord.objects.get(pk=each.row_id)
                SyncConflict.objects.filter(pk=each.pk).update(theirs=row.outcome or None)
                settle(each.pk, "mine", rights={EDIT_RECORDS}, by=None)
                assert ServiceRecord.objects.get(pk=each.row_id).outcome == each.mine


def test_whatever_happens_between_phones_and_server_nothing_is_lost_doubled_or_hidden() -> None:
    run_state_machine_as_test(
        PhonesAndServer,
        settings=settings(
            max_examples=8,
            stateful_step_count=16,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
