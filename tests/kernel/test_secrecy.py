"""Sealed fields: what is sealed opens, what was touched does not, and keys can be replaced (§19.5)."""

from __future__ import annotations

import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.kernel import secrecy
from linzhan.kernel.secrecy import Damaged, KeyFileFault, KeyRing, WrongKey, rotate

FIRST, SECOND = "a" * 43, "b" * 64
RINGS = [
    KeyRing(FIRST),
    KeyRing(f"cipher SM4-GCM\n{FIRST}"),
    KeyRing(f"# of the province\nhash SM3\ncipher SM4-GCM\n\n{FIRST}\n"),
]
ANY_RING = st.sampled_from(RINGS)


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty instance; yields the path of its key file."""
    monkeypatch.setenv("LINZHAN_DATA", str(tmp_path))
    monkeypatch.delenv("LINZHAN_FIELD_KEY", raising=False)
    secrecy.use(None)
    yield tmp_path / "keys" / "fields.key"
    secrecy.use(None)


@given(ANY_RING, st.text())
def test_what_is_sealed_opens(ring: KeyRing, text: str) -> None:
    assert ring.open_sealed(ring.seal(text)) == text


@given(ANY_RING, st.text(min_size=4))
def test_a_sealed_field_shows_nothing_of_its_text(ring: KeyRing, text: str) -> None:
    first, second = ring.seal(text), ring.seal(text)
    assert first != second
    assert text.encode() not in first


@given(ANY_RING, st.text(max_size=20), st.data())
def test_a_change_of_any_bit_is_noticed(ring: KeyRing, text: str, data: st.DataObject) -> None:
    sealed = bytearray(ring.seal(text))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((Damaged, WrongKey)):
        ring.open_sealed(bytes(sealed))


@given(ANY_RING, st.text(max_size=20), st.data())
def test_a_shortened_field_is_noticed(ring: KeyRing, text: str, data: st.DataObject) -> None:
    sealed = ring.seal(text)
    with pytest.raises(Damaged, match="备份"):
        ring.open_sealed(sealed[: data.draw(st.integers(0, len(sealed) - 1))])


def test_another_key_is_named_as_the_reason() -> None:
    sealed = KeyRing(FIRST).seal("990101199001010019")
    with pytest.raises(WrongKey, match=f"编号 {sealed[1:5].hex()} 的密钥"):
        KeyRing(SECOND).open_sealed(sealed)


def test_one_secret_makes_different_keys_for_different_ciphers() -> None:
    with pytest.raises(WrongKey):
        RINGS[1].open_sealed(RINGS[0].seal("x"))


def test_the_newest_key_seals_and_older_ones_open() -> None:
    old, new = KeyRing(FIRST), KeyRing(f"{FIRST}\ncipher SM4-GCM\n{SECOND}")
    sealed = old.seal("张三")
    assert new.open_sealed(sealed) == "张三"
    assert not new.is_current(sealed)
    assert new.is_current(new.seal(new.open_sealed(sealed)))


@given(st.text(), st.text())
def test_the_index_is_equal_exactly_for_equal_texts(one: str, other: str) -> None:
    ring = RINGS[0]
    assert (ring.blind_index(one) == ring.blind_index(other)) is (one == other)


def test_the_index_depends_on_the_secret_and_the_hash_and_survives_rotation() -> None:
    number = "990101199001010019"
    indexes = {KeyRing(text).blind_index(number) for text in (FIRST, SECOND, f"hash SM3\n{FIRST}")}
    assert len(indexes) == 3
    assert all(len(index) == 64 for index in indexes)
    assert KeyRing(f"{FIRST}\n{SECOND}").blind_index(number) == KeyRing(FIRST).blind_index(number)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "没有密钥"),
        ("# nothing yet", "没有密钥"),
        ("short", "第 1 行"),
        (f"{FIRST}\nhash SM3", "第 2 行"),
        (f"cipher DES\n{FIRST}", "第 1 行"),
        (f"{FIRST} {SECOND}", "第 1 行"),
    ],
)
def test_a_key_file_that_cannot_be_used_is_refused(text: str, said: str) -> None:
    with pytest.raises(KeyFileFault, match=said):
        KeyRing(text)


def test_a_message_about_the_key_file_holds_no_secret() -> None:
    with pytest.raises(KeyFileFault) as fault:
        KeyRing(f"{FIRST} {SECOND}")
    assert FIRST not in str(fault.value)


def test_the_key_file_is_made_once_for_its_owner_only(instance: Path) -> None:
    sealed = secrecy.seal("李四")
    text = instance.read_text()
    assert stat.S_IMODE(instance.stat().st_mode) == 0o600
    secrecy.use(None)
    assert secrecy.open_sealed(memoryview(sealed)) == "李四"
    assert instance.read_text() == text


def test_processes_that_start_together_agree_on_the_key(instance: Path) -> None:
    found: list[str] = []

    def work() -> None:
        found.append(secrecy._from_surroundings().blind_index("x"))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_a_key_file_that_others_may_read_is_refused(instance: Path) -> None:
    secrecy.seal("x")
    instance.chmod(0o644)
    with pytest.raises(KeyFileFault, match="chmod 600"):
        KeyRing.load(instance)


def test_the_variable_takes_the_place_of_the_file(instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINZHAN_FIELD_KEY", FIRST)
    assert secrecy.blind_index("x") == KeyRing(FIRST).blind_index("x")
    assert not instance.exists()


@pytest.mark.parametrize("cipher", ["AES-256-GCM", "SM4-GCM"])
def test_after_a_rotation_old_fields_open_and_new_ones_use_the_new_key(instance: Path, cipher: str) -> None:
    before, index = secrecy.seal("王五"), secrecy.blind_index("王五")
    rotate(instance, cipher=cipher)
    secrecy.use(None)
    after = secrecy.seal("王五")
    assert after[:5] != before[:5]
    assert secrecy.open_sealed(before) == secrecy.open_sealed(after) == "王五"
    assert secrecy.blind_index("王五") == index
    assert stat.S_IMODE(instance.stat().st_mode) == 0o600


def test_a_running_process_takes_up_a_rotation(instance: Path) -> None:
    secrecy.seal("x")
    running = secrecy.ring()
    rotate(instance)
    sealed_elsewhere = KeyRing.load(instance).seal("赵六")
    assert secrecy.ring() is running
    assert secrecy.open_sealed(sealed_elsewhere) == "赵六"


def test_a_rotation_to_an_unknown_cipher_changes_nothing(instance: Path) -> None:
    secrecy.seal("x")
    text = instance.read_text()
    with pytest.raises(KeyFileFault, match="SM4-GCM"):
        rotate(instance, cipher="DES")
    assert instance.read_text() == text
