"""Small ledgers as people send them, made with invented projects."""

import io
from collections.abc import Sequence

import xlsxwriter

HEAD = (
    "序号",
    "项目名称",
    "投资方",
    "计划总投资（亿元）",
    "签约时间",
    "项目进展",
    "所属产业",
    "责任专班",
    "联系人",
    "联系电话",
)


def sheet(
    rows: Sequence[Sequence[object]], *, head: Sequence[str] = HEAD, title: str = "签约项目台账（截至2026年5月31日）",
    total: Sequence[object] | None = None, name: str = "Sheet1",
) -> bytes:  # fmt: skip
    """An .xlsx with a title line, a head, rows, and a totals row when given."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet(name)
        page.merge_range(0, 0, 0, len(head) - 1, title)
        page.write_row(1, 0, head)
        for place, row in enumerate([*rows, *([total] if total else [])]):
            page.write_row(2 + place, 0, row)
    return buffer.getvalue()


def row(
    number: int, name: str, investor: str, amount: object, signed: str = "2026-05-12", progress: str = "已签约", industry: str = "新一代信息技术",
    force: str = "信息技术专班", person: str = "钱一", phone: str = "13800000001",
) -> tuple[object, ...]:  # fmt: skip
    """One project."""
    return (number, name, investor, amount, signed, progress, industry, force, person, phone)


MAY = (
    row(1, "年产5万片功率器件项目", "云帆微电有限公司", 10),
    row(2, "智能传感器产业园项目", "澜谷传感科技有限公司", 3.5, "2026-05-20"),
    row(3, "车载摄像模组项目", "明湃光学有限公司", 2.2, "2026-04-02"),
)
