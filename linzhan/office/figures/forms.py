from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class StateForm(forms.Form):
    """A stated figure: a number and where it is from."""

    value = forms.DecimalField(label=_("数值"), max_digits=20, decimal_places=4)
    source = forms.CharField(
        label=_("来源"), max_length=300, help_text=_("哪份报表、台账或文件，谁提供；日后据此核对")
    )
