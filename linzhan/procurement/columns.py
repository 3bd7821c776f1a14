"""The columns by which sheets refer to a project, and to the institution that does the work."""

from __future__ import annotations

from linzhan.kernel.sheets.columns import Column
from linzhan.kernel.sheets.making import reference

PROJECT = reference("project", "项目编号", "项目", hint="属于哪个购买服务项目;合同指标按它累计,没有就留空")


def provider_column(*, required: bool = False, hint: str = "") -> Column:
    """承接机构代码: the institution a row belongs to."""
    return reference(
        "provider",
        "承接机构代码",
        "承接机构",
        "机构",
        "承接机构",
        "机构代码",
        "承接机构信用代码",
        required=required,
        hint=hint or "承接机构的统一社会信用代码,须已在“承接机构”中登记",
    )
