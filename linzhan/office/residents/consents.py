"""同意: each purpose with what stands today, the wording that is told, and all that was given or withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.casework.api import EDIT_RESIDENTS, VIEW_RESIDENTS
from linzhan.casework.api.residents import CONSENTS, PURPOSE_CODES, Consent, Purpose, standing_consents
from linzhan.office import parts
from linzhan.office.registers.extending import FileAsked, file_part
from linzhan.office.registers.listed import short_table
from linzhan.office.residents.head import new_url
from linzhan.office.residents.noted import noted

NAMES: Final = ("purpose", "given_by", "relation", "method", "text_version", "given_on", "withdrawn_on")


@file_part(
    "residents",
    key="consents",
    label=gettext_lazy("同意"),
    template="office/residents/consents.html",
    order=20,
    right=VIEW_RESIDENTS,
    takes=("resident-consents.resident",),
)
def consents(asked: FileAsked) -> Mapping[str, object]:
    identity, texts = asked.row["id"], noted(asked).texts
    standing = standing_consents([identity]).get(identity, {})
    rows = Consent.objects.filter(resident_id=identity).order_by("-given_on", "-pk")
    return {
        "purposes": parts.Table(
            id="purposes",
            caption=_("同意了什么"),
            columns=[
                parts.TableColumn(key="purpose", label=_("事项"), lead=True),
                parts.TableColumn(key="state", label=_("现在")),
                parts.TableColumn(key="said", label=_("谁、何时、怎样同意")),
            ],
            rows=[_purpose(asked, each, standing.get(each.value)) for each in Purpose],
        ),
        "texts": [
            parts.Fact(f"{PURPOSE_CODES[each]} {each.label}", texts.get(each.value, ""), long=True)
            for each in Purpose
        ],
        "all": short_table(
            asked.request,
            CONSENTS,
            rows,
            NAMES,
            empty=parts.Empty(
                title=_("还没有同意记录"),
                body=_("先念告知书，再记下谁、以什么方式、同意了哪一项；不同意不影响必需的服务。"),
            ),
        ),
    }


def _purpose(asked: FileAsked, purpose: Purpose, given: Consent | None) -> parts.TableRow:
    if given is None:
        url = new_url("resident-consents", asked, purpose=purpose.value)
        action = parts.Action(label=_("登记同意"), url=url)
        said, state = _("没有同意，不做这一项"), parts.Status(_("未同意"), "off")
    else:
        url = f"/r/resident-consents/{given.pk}/edit/"
        action = parts.Action(label=_("撤回或更正"), url=url, style="quiet")
        words = {"who": given.given_by, "day": given.given_on, "how": given.method}
        said, state = _("%(who)s %(day)s %(how)s") % words, parts.Status(_("已同意"), "good")
    return parts.TableRow(
        cells={"purpose": f"{PURPOSE_CODES[purpose]} {purpose.label}", "state": state, "said": said},
        actions=[action] if asked.holds(EDIT_RESIDENTS) else [],
    )
