"""Photos and signatures hidden in a simulated city: used again, or only looking so (PC05 and PC12, ``domain.md`` §14)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from linzhan.demo.simulating.background import Worker, moment
from linzhan.demo.simulating.ground import Ground, abuse, innocent
from linzhan.demo.simulating.pictures import as_photo, covered, scene, signature, taken_again


def photo(seed: int) -> bytes:
    return as_photo(scene(seed))


@abuse("PC05")
def one_photo_for_two_homes(ground: Ground, who: Worker) -> None:
    ground.note(
        "PC05", "两户的探访用同一张照片", who, *_photographed(ground, who, (photo, photo)), abuse=True
    )


@abuse("PC05")
def one_photo_made_smaller(ground: Ground, who: Worker) -> None:
    shots = (photo, lambda seed: as_photo(taken_again(scene(seed)), 60))
    ground.note("PC05", "同一张照片裁小、调亮以后再用", who, *_photographed(ground, who, shots), abuse=True)


@abuse("PC05")
def the_photo_of_another(ground: Ground, who: Worker) -> None:
    records = _photographed(ground, who, (photo, photo), first=ground.worker())
    ground.note("PC05", "用了别的社工的照片", who, *records, abuse=True)


@innocent("PC05")
def one_household_one_photo(ground: Ground, who: Worker) -> None:
    records = _photographed(ground, who, (photo, photo), residents=(0, 1))
    ground.note("PC05", "同一户两口人分开记、用同一张照片", who, *records)


@innocent("PC05")
def one_group_one_photo(ground: Ground, who: Worker) -> None:
    course = f"MKX{ground.count:07d}"
    records = _photographed(ground, who, (photo, photo), method="小组", case_code=course)
    ground.note("PC05", "同一小组两次活动用同一张合影", who, *records)


@innocent("PC05")
def another_photo_of_the_room(ground: Ground, who: Worker) -> None:
    shots = (photo, lambda seed: as_photo(scene(seed, beside=seed + 1)))
    ground.note("PC05", "同样的光线，另拍的一张", who, *_photographed(ground, who, shots))


@innocent("PC05")
def a_covered_lens(ground: Ground, who: Worker) -> None:
    shots = (lambda seed: as_photo(covered(seed)), lambda seed: as_photo(covered(seed + 1)))
    ground.note("PC05", "两次都拍黑了", who, *_photographed(ground, who, shots))


@innocent("PC05")
def sent_twice(ground: Ground, who: Worker) -> None:
    begins, picture = moment(ground.day(), 9, 0), as_photo(scene(_seed(ground)))
    code = ground.service(who, begins, 35)
    for minutes in (40, 41):
        ground.photo(code, begins + timedelta(minutes=minutes), picture)
    ground.note("PC05", "一次服务里同一张传了两遍", who, code)


def _seed(ground: Ground) -> int:
    return ground.chance.randrange(1 << 30)


def _photographed(
    ground: Ground,
    who: Worker,
    shots: Sequence[Callable[[int], bytes]],
    *,
    first: Worker | None = None,
    residents: tuple[int, int] = (0, 4),
    **values: Any,
) -> list[str]:
    """A service and another a week later, each with its photo; the earlier one may be somebody else's."""
    day, seed, codes = ground.day(), _seed(ground), []
    for nth, (shot, resident) in enumerate(zip(shots, residents, strict=True)):
        worker = first if first is not None and nth == 0 else who
        begins = moment(day + timedelta(days=7 * nth), 9, 0)
        code = ground.service(worker, begins, 35, residents=(worker.residents[resident],), **values)
        ground.photo(code, begins + timedelta(minutes=40), shot(seed))
        codes.append(code)
    return codes


@abuse("PC12")
def one_signature_for_two_consents(ground: Ground, who: Worker) -> None:
    _agreed(ground, who, (0, 4))
    ground.note("PC12", "两户的知情同意书同一个签名", who, *_residents(who, 0, 4), abuse=True)


@abuse("PC12")
def one_signature_for_two_visits(ground: Ground, who: Worker) -> None:
    _signed(ground, who, ((0,), (4,)))
    ground.note("PC12", "两户的探访记录同一个签名", who, *_residents(who, 0, 4), abuse=True)


@innocent("PC12")
def a_guardian_for_two_children(ground: Ground, who: Worker) -> None:
    _agreed(ground, who, (0, 1), given_by="监护人", giver="拟某", relation="祖父母")
    ground.note("PC12", "监护人替同一户两个孩子签", who, *_residents(who, 0, 1))


@innocent("PC12")
def one_person_signs_twice(ground: Ground, who: Worker) -> None:
    _signed(ground, who, ((0,), (0,)))
    ground.note("PC12", "同一人两次用自己存的签名", who, *_residents(who, 0))


@innocent("PC12")
def one_signs_for_neighbours(ground: Ground, who: Worker) -> None:
    _signed(ground, who, ((0, 4),))
    ground.note("PC12", "一次服务两户，一人签字", who, *_residents(who, 0, 4))


@innocent("PC12")
def hands_alike(ground: Ground, who: Worker) -> None:
    _agreed(ground, who, (0, 4), shaken=True)
    ground.note("PC12", "笔画相近的两个签名", who, *_residents(who, 0, 4))


def _residents(who: Worker, *places: int) -> list[str]:
    return [who.residents[each] for each in places]


def _agreed(
    ground: Ground, who: Worker, places: tuple[int, ...], *, shaken: bool = False, **values: str
) -> None:
    """Consents of these residents with the same signature; ``shaken`` with one that only looks so."""
    day, seed = ground.day(), _seed(ground)
    for nth, resident in enumerate(_residents(who, *places)):
        code = f"MT{len(ground.rows.get('resident-consents', ())):07d}"
        ground.add(
            "resident-consents", code=code, resident=resident, purpose="建档服务", method="签字",
            given_on=day.isoformat(), **{"given_by": "本人", **values},
        )  # fmt: skip
        at = moment(day, 9, 10 * nth)
        ground.signature("resident-consents", code, at, signature(seed, shaken=nth if shaken else 0))


def _signed(ground: Ground, who: Worker, served: Sequence[tuple[int, ...]]) -> None:
    """A visit a week to each of these, signed with one picture."""
    day, picture = ground.day(), signature(_seed(ground))
    for nth, places in enumerate(served):
        begins = moment(day + timedelta(days=7 * nth), 9, 0)
        code = ground.service(who, begins, 35, residents=tuple(_residents(who, *places)))
        ground.signature("service-records", code, begins + timedelta(minutes=36), picture)
