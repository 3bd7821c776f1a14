from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linzhan.policy.api import DocumentKind, DocumentStatus, PolicyDocument


class StatementForm(forms.Form):
    """What goes with a value: from when, on whose word (CFG-01…16)."""

    document = forms.ModelChoiceField(
        PolicyDocument.objects.none(),
        label=_("依据文件"),
        empty_label=_("请选择"),
        help_text=_("没有列出的文件，先登记"),
    )
    clause = forms.CharField(label=_("条款"), max_length=120, help_text=_("如 第三条第二款"))
    valid_from = forms.DateField(label=_("生效日期"), widget=forms.DateInput)
    valid_to = forms.DateField(
        label=_("失效日期"),
        widget=forms.DateInput,
        required=False,
        help_text=_("自当日起不再适用；不填为长期"),
    )
    note = forms.CharField(label=_("说明"), widget=forms.Textarea, required=False)
    variant = forms.CharField(label=_("分项"), max_length=80, required=False)

    def __init__(self, *args: Any, region: list[str], variants: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usable = PolicyDocument.objects.exclude(status__in=(DocumentStatus.DRAFT, DocumentStatus.REPEALED))
        field = self.fields["document"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = usable.filter(region_code__in=region).order_by("-region_code", "title")
        self.fields["valid_from"].initial = timezone.localdate()
        if variants:
            self.fields["variant"].label = variants
            self.fields["variant"].required = True
        else:
            del self.fields["variant"]


class DocumentForm(forms.Form):
    """A paper that rules here (DOC-01)."""

    title = forms.CharField(label=_("标题"), max_length=200)
    number = forms.CharField(label=_("文号"), max_length=80, required=False)
    issuers = forms.CharField(
        label=_("发文单位"), required=False, widget=forms.Textarea, help_text=_("一行一个")
    )
    kind = forms.ChoiceField(label=_("类别"), choices=DocumentKind.choices)
    status = forms.ChoiceField(
        label=_("状态"), choices=[pair for pair in DocumentStatus.choices if pair[0] != DocumentStatus.REPEALED],
        initial=DocumentStatus.IN_FORCE,
    )  # fmt: skip
    issued_on = forms.DateField(label=_("印发日期"), required=False, widget=forms.DateInput)
    text = forms.CharField(label=_("全文"), required=False, widget=forms.Textarea)


class WithdrawForm(forms.Form):
    on = forms.DateField(label=_("自哪天起不再适用"), widget=forms.DateInput)
    reason = forms.CharField(label=_("撤回原因"), max_length=200)
