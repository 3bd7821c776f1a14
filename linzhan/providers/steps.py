"""The machines of what happens to an institution: the year's inspection, a rating, a sanction, a draw, the exit."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from linzhan.kernel.steps import CREATED, Steps, step
from linzhan.providers import checking, guards
from linzhan.providers.enums import (
    AnnualStage,
    DrawStage,
    ExitStage,
    RatingStage,
    SanctionStage,
    TradeNoticeStage,
)
from linzhan.providers.rights import (
    ANSWER_SANCTIONS,
    DECIDE_SANCTIONS,
    EDIT_INSPECTIONS,
    EDIT_OWN,
    EDIT_PROGRAMMES,
    EDIT_PROVIDERS,
    EDIT_RATINGS,
    PROPOSE_SANCTIONS,
)

ANNUAL_STEPS: Final = Steps(
    _("年度检查"),
    states={stage.value: stage.label for stage in AnnualStage},
    initial=[AnnualStage.OPEN],
    steps=[
        step(
            "submit", _("报送业务主管单位"), AnnualStage.OPEN, AnnualStage.SUBMITTED, right=EDIT_OWN,
            checks=checking.annual_deadline, reported_on=_("报送日期"),
        ),
        step(
            "hand_back", _("退回补正"), (AnnualStage.SUBMITTED, AnnualStage.REVIEWED), AnnualStage.OPEN,
            right=EDIT_INSPECTIONS, note=_("退回原因"),
        ),
        step(
            "review", _("初审并报登记机关"), AnnualStage.SUBMITTED, AnnualStage.REVIEWED, right=EDIT_INSPECTIONS,
            not_by="submit", asks=("party_work",), reviewed_on=_("初审日期"), opinion=_("初审意见"),
        ),
        step(
            "pass", _("作出合格结论"), AnnualStage.REVIEWED, AnnualStage.PASSED, right=EDIT_INSPECTIONS,
            not_by="review", asks=("findings",), concluded_on=_("结论日期"),
        ),
        step(
            "require", _("责令整改"), AnnualStage.REVIEWED, AnnualStage.RECTIFYING, right=EDIT_INSPECTIONS,
            not_by="review", guard=guards.bad_result, checks=checking.rectification_term,
            conclusion=_("结论"), concluded_on=_("结论日期"), findings=_("发现问题"), rectify_by=_("整改期限"),
        ),
        step(
            "accept", _("确认整改完成"), AnnualStage.RECTIFYING, AnnualStage.RECTIFIED, right=EDIT_INSPECTIONS,
            not_by="require", rectification=_("整改报告"), rectified_on=_("整改完成日期"),
        ),
        step(
            "miss", _("认定未参加"), AnnualStage.OPEN, AnnualStage.MISSED, right=EDIT_INSPECTIONS,
            guard=guards.past_deadline, note=_("催报情况"),
        ),
        step(
            "exempt", _("认定免检"), AnnualStage.OPEN, AnnualStage.EXEMPT, right=EDIT_INSPECTIONS,
            guard=guards.young_enough, note=_("理由"),
        ),
    ],
)  # fmt: skip

RATING_STEPS: Final = Steps(
    _("等级评定"),
    states={stage.value: stage.label for stage in RatingStage},
    initial=[RatingStage.APPLIED],
    steps=[
        step(
            "publish", _("公示评估结果"), RatingStage.APPLIED, RatingStage.PUBLISHED, right=EDIT_RATINGS,
            checks=checking.rating_conditions, asks=("score",), level=_("等级"), assessor=_("评估机构"),
            published_on=_("公示日期"), publish_until=_("公示截止"),
        ),
        step(
            "refuse", _("不予评定"), (RatingStage.APPLIED, RatingStage.PUBLISHED), RatingStage.REFUSED,
            right=EDIT_RATINGS, note=_("理由"),
        ),
        step(
            "grant", _("发证"), RatingStage.PUBLISHED, RatingStage.GRANTED, right=EDIT_RATINGS,
            not_by="publish", guard=guards.published_long_enough, checks=checking.rating_term,
            issued_on=_("发证日期"), valid_until=_("有效期至"),
        ),
        step(
            "downgrade", _("降级"), RatingStage.GRANTED, RatingStage.DOWNGRADED, right=EDIT_RATINGS,
            not_by="grant", at_will=True, guard=guards.lower, level_after=_("降级后等级"), ended_on=_("决定日期"),
            note=_("理由"),
        ),
        step(
            "withdraw", _("取消等级"), (RatingStage.GRANTED, RatingStage.DOWNGRADED), RatingStage.WITHDRAWN,
            right=EDIT_RATINGS, not_by="grant", at_will=True, ended_on=_("决定日期"), note=_("理由"),
        ),
        step(
            "expire", _("到期"), (RatingStage.GRANTED, RatingStage.DOWNGRADED), RatingStage.EXPIRED,
            right=EDIT_RATINGS, guard=guards.rating_over,
        ),
    ],
)  # fmt: skip

SANCTION_STEPS: Final = Steps(
    _("机构处理"),
    states={stage.value: stage.label for stage in SanctionStage},
    initial=[SanctionStage.PROPOSED],
    steps=[
        step(
            "notify", _("告知机构"), SanctionStage.PROPOSED, SanctionStage.NOTIFIED, right=PROPOSE_SANCTIONS,
            guard=guards.time_to_answer, notified_on=_("告知日期"), reply_by=_("陈述申辩截止"),
        ),
        step(
            "hear", _("听证"), SanctionStage.NOTIFIED, SanctionStage.HEARD, right=PROPOSE_SANCTIONS,
            heard_on=_("听证日期"), hearing=_("听证情况"),
        ),
        step(
            "decide", _("作出决定"), (SanctionStage.NOTIFIED, SanctionStage.HEARD), SanctionStage.IN_FORCE,
            right=DECIDE_SANCTIONS, not_by="notify", guard=guards.heard_out, checks=checking.sanction_rules,
            asks=("reply", "ends_on"), decision_number=_("决定书文号"), decided_on=_("决定日期"),
            starts_on=_("起始日期"), note=_("理由"),
        ),
        step(
            "drop", _("不予处理"), (SanctionStage.PROPOSED, SanctionStage.NOTIFIED, SanctionStage.HEARD),
            SanctionStage.DROPPED, right=DECIDE_SANCTIONS, note=_("理由"),
        ),
        step(
            "lift", _("解除"), SanctionStage.IN_FORCE, SanctionStage.LIFTED, right=DECIDE_SANCTIONS,
            not_by="decide", at_will=True, guard=guards.lifted_in_term, lifted_on=_("解除日期"), note=_("理由"),
        ),
        step(
            "expire", _("期满"), SanctionStage.IN_FORCE, SanctionStage.EXPIRED, right=DECIDE_SANCTIONS,
            guard=guards.sanction_over,
        ),
        step(
            "revoke", _("撤销决定"), (SanctionStage.IN_FORCE, SanctionStage.EXPIRED, SanctionStage.LIFTED),
            SanctionStage.REVOKED, right=DECIDE_SANCTIONS, not_by="decide", at_will=True, note=_("撤销依据"),
        ),
    ],
)  # fmt: skip

DRAW_STEPS: Final = Steps(
    _("双随机抽查"),
    states={stage.value: stage.label for stage in DrawStage},
    initial=[DrawStage.PLANNED],
    steps=[
        step(
            "seed", _("公布种子"), DrawStage.PLANNED, DrawStage.SEEDED, right=EDIT_INSPECTIONS,
            seed=_("随机种子"), seed_source=_("种子来源"), seeded_on=_("种子公布日期"),
        ),
        step(
            "draw", _("抽取"), DrawStage.SEEDED, DrawStage.DRAWN, right=EDIT_INSPECTIONS, not_by="seed",
            guard=guards.can_draw, checks=checking.sample_rule, drawn_on=_("抽取日期"),
        ),
        step(
            "publish", _("公开名单"), DrawStage.DRAWN, DrawStage.OPEN, right=EDIT_INSPECTIONS,
            published_on=_("名单公开日期"), published_at=_("公开渠道"),
        ),
        step(
            "close", _("公开结果"), DrawStage.OPEN, DrawStage.CLOSED, right=EDIT_INSPECTIONS,
            guard=guards.all_inspected, closed_on=_("结果公开日期"),
        ),
    ],
)  # fmt: skip

EXIT_STEPS: Final = Steps(
    _("机构退出"),
    states={stage.value: stage.label for stage in ExitStage},
    initial=[ExitStage.PROPOSED],
    steps=[
        step(
            "hand_over", _("开始清算移交"), ExitStage.PROPOSED, ExitStage.HANDING, right=EDIT_PROVIDERS,
            not_by=CREATED, checks=checking.exit_grounds, handover=_("人员和项目移交"),
        ),
        step(
            "withdraw", _("撤回"), (ExitStage.PROPOSED, ExitStage.HANDING), ExitStage.WITHDRAWN,
            right=EDIT_PROVIDERS, note=_("原因"),
        ),
        step(
            "finish", _("办结退出"), ExitStage.HANDING, ExitStage.DONE, right=EDIT_PROVIDERS,
            not_by="hand_over", records=_("档案移交"), done_on=_("办结日期"),
        ),
    ],
)  # fmt: skip

TRADE_NOTICE_STEPS: Final = Steps(
    _("行业预警调处"),
    states={stage.value: stage.label for stage in TradeNoticeStage},
    initial=[TradeNoticeStage.RAISED],
    steps=[
        step(
            "answer", _("登记机构意见"), TradeNoticeStage.RAISED, TradeNoticeStage.ANSWERED, right=ANSWER_SANCTIONS,
            reply=_("机构意见"), replied_on=_("答复日期"),
        ),
        step(
            "settle", _("办结"), (TradeNoticeStage.RAISED, TradeNoticeStage.ANSWERED), TradeNoticeStage.SETTLED,
            right=EDIT_PROGRAMMES, guard=guards.notice_answered, outcome=_("结果"), result=_("处理情况"),
            settled_on=_("办结日期"),
        ),
        step(
            "withdraw", _("撤回"), (TradeNoticeStage.RAISED, TradeNoticeStage.ANSWERED), TradeNoticeStage.WITHDRAWN,
            right=EDIT_PROGRAMMES, note=_("理由"),
        ),
    ],
)  # fmt: skip
