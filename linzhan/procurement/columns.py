"""The column by which other sheets refer to a project."""

from __future__ import annotations

from linzhan.kernel.sheets.making import reference

PROJECT = reference("project", "项目编号", "项目", hint="属于哪个购买服务项目；合同指标按它累计，没有就留空")
