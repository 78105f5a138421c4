"""A plain reader for comparison: the first row with known words is the head, columns by key words, unit from the head."""

import re

from zhaoyin.engines.sheet_reading.problem import SourceFile

WORDS = {
    "project_name": ("项目名称", "项目"), "investor": ("投资方", "投资主体", "投资企业", "投资单位", "企业"), "fixed_asset_investment": ("固定资产", "固投"),
    "funds_in_place": ("到位", "到资"), "planned_total_investment": ("总投资", "投资额", "投资规模"), "stage": ("阶段", "状态"), "signed_on": ("签约时间", "签约日期"),
    "industry": ("产业", "行业"), "task_force_or_unit": ("专班", "责任单位", "招引单位", "部门"), "site": ("选址",), "progress_text": ("进展",), "jobs": ("用工", "就业"),
    "land_mu": ("用地",),
}  # fmt: skip
STAGES = {
    "线索": "lead",
    "在谈": "negotiating",
    "洽谈": "negotiating",
    "签约": "signed",
    "注册": "registered",
    "开工": "construction",
    "在建": "construction",
    "投产": "production",
    "终止": "terminated",
}
SKIPPED = ("合计", "小计", "总计", "备注", "注")


def read(file: SourceFile) -> list[dict[str, object]]:
    """Records in the form of the scorer."""
    return [
        record
        for sheet in file.sheets
        for record in _sheet(sheet.name, [[cell.text for cell in row] for row in sheet.rows])
    ]


def _sheet(name: str, rows: list[list[str]]) -> list[dict[str, object]]:
    head = next(
        (
            place
            for place, row in enumerate(rows[:10])
            if sum(any(w in c for ws in WORDS.values() for w in ws) for c in row) >= 3
        ),
        None,
    )
    if head is None:
        return []
    top = " ".join(cell for row in rows[:head] for cell in row)
    columns: dict[str, int] = {}
    for field, words in WORDS.items():
        for word in words:
            found = next(
                (place for place, cell in enumerate(rows[head]) if word in cell and place not in columns.values()), None
            )
            if found is not None:
                columns[field] = found
                break
    records = []
    for place, row in enumerate(rows[head + 1 :], start=head + 1):
        cells = {
            field: row[column].strip() for field, column in columns.items() if column < len(row) and row[column].strip()
        }
        if not cells.get("project_name") or any(word in "".join(row[:2]) for word in SKIPPED):
            continue
        record: dict[str, object] = {"row": {"sheet": name, "row": place + 1}}
        for field, value in cells.items():
            read_value = _value(field, value, rows[head][columns[field]] + " " + top)
            if read_value is not None:
                record[field] = read_value
        records.append(record)
    return records


def _value(field: str, value: str, around: str) -> object:
    number = re.search(r"[\d,]+(?:\.\d+)?", value)
    if field in {"planned_total_investment", "fixed_asset_investment", "funds_in_place"}:
        if number is None or not number[0].strip(","):
            return None
        scale = (
            1e8
            if "亿" in value or ("万" not in value and "亿" in around)
            else 1e4
            if "万" in value or "万" in around
            else 1.0
        )
        return {
            "value": float(number[0].replace(",", "")) * scale,
            "currency": "USD" if "美元" in value + around else "CNY",
        }
    if field in {"jobs", "land_mu"}:
        return float(number[0].replace(",", "")) if number and number[0].strip(",") else None
    if field == "stage":
        return next((stage for word, stage in STAGES.items() if word in value), None)
    if field == "signed_on":
        found = re.fullmatch(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?", value)
        return {"date": f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}"} if found else None
    return value
