"""A roster sheet (名册) as a grid of text: which column is what, which rows can be used, what is wrong with the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhaoyin.domain.errors import DomainError, InvalidValue
from zhaoyin.domain.period import PartialDate, Precision

HEADS: dict[str, tuple[str, ...]] = {
    "name": ("姓名", "人员", "名字", "name"),
    "username": ("登录名", "账号", "帐号", "用户名", "login", "username"),
    "title": ("职务", "职级", "title", "position"),
    "task_force": ("专班", "所属专班", "招商专班", "招引专班", "taskforce", "task force"),
    "role": ("专班角色", "角色", "专班职务", "role"),
    "unit": ("来自单位", "原单位", "单位", "所在单位", "部门", "unit", "department"),
    "starts_on": ("开始日期", "到岗日期", "到班日期", "开始", "start", "starts on"),
}
ROLE_WORDS = {
    "": "member", "成员": "member", "组员": "member", "队员": "member", "member": "member",
    "副职": "deputy", "副班长": "deputy", "副组长": "deputy", "deputy": "deputy",
    "负责人": "leader", "班长": "leader", "组长": "leader", "专班负责人": "leader", "leader": "leader",
}  # fmt: skip
HEAD_WITHIN_ROWS = 10


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person as the sheet names them; `row` is the sheet's own number, starting at 1."""

    row: int
    name: str
    username: str
    title: str
    task_force: str
    role: str
    unit: str
    starts_on: date | None


@dataclass(frozen=True, slots=True)
class Parsed:
    """Rows that can be read, and an error (row, field, value) for each that cannot."""

    rows: Sequence[RosterRow]
    errors: Sequence[DomainError]
    unknown_heads: Sequence[str]


def _plain(text: str) -> str:
    return "".join(text.split()).lower().rstrip("*：:")


_BY_WORD = {_plain(word): field for field, words in HEADS.items() for word in words}


def _find_head(grid: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    for at, cells in enumerate(grid[:HEAD_WITHIN_ROWS]):
        columns: dict[str, int] = {}
        for column, cell in enumerate(cells):
            field = _BY_WORD.get(_plain(cell))
            if field is not None and field not in columns:
                columns[field] = column
        if "name" in columns and "task_force" in columns:
            return at, columns
    raise InvalidValue("roster-head-missing", field="file", value="")


def _day(text: str, row: int) -> date | None:
    if not text:
        return None
    cleaned = (
        text.split(" ")[0].replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-")
    )
    try:
        found = PartialDate.parse(cleaned.rstrip("-"))
    except InvalidValue as error:
        raise InvalidValue(error.code, row=row, field="starts_on", value=text) from error
    if found.precision is not Precision.DAY:
        raise InvalidValue("date-needs-day", row=row, field="starts_on", value=text)
    return found.first


def parse(grid: Sequence[Sequence[str]]) -> Parsed:
    """InvalidValue when no row among the first ten names the columns 姓名 and 专班; empty rows are passed over."""
    head, columns = _find_head(grid)
    rows: list[RosterRow] = []
    errors: list[DomainError] = []
    for index, cells in enumerate(grid[head + 1 :], start=head + 2):
        given = {field: cells[at].strip() if at < len(cells) else "" for field, at in columns.items()}
        if not any(given.values()):
            continue
        try:
            rows.append(_row(index, given))
        except DomainError as error:
            errors.append(error)
    known = set(columns.values())
    unknown = [cell for at, cell in enumerate(grid[head]) if cell.strip() and at not in known]
    return Parsed(rows, errors, unknown)


def _row(index: int, given: dict[str, str]) -> RosterRow:
    if not given["name"]:
        raise InvalidValue("name-missing", row=index, field="name", value="")
    if not given["task_force"]:
        raise InvalidValue("task-force-missing", row=index, field="task_force", value="")
    role = ROLE_WORDS.get(given.get("role", "").lower())
    if role is None:
        raise InvalidValue("roster-role-unknown", row=index, field="role", value=given["role"])
    return RosterRow(
        row=index, name="".join(given["name"].split()), username=given.get("username", ""),
        title=given.get("title", ""), task_force=given["task_force"], role=role, unit=given.get("unit", ""),
        starts_on=_day(given.get("starts_on", ""), index),
    )  # fmt: skip
