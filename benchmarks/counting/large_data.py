"""Millions of events made by the database itself, the same for the same number of projects: four a project, 14 % restated later."""

import duckdb

from zhaoyin.engines.counting.problem import EVENT_COLUMNS, KEY_BASE

FIRST, DAYS = 738_521, 1400  # 2023-01-01, as an ordinal
EPOCH = 719_163  # ordinal of 1970-01-01
_ENUMS = {
    "kind": ("opened", "amount_stated", "stage_reached", "contract_signed", "placed", "progress_noted", "retracted"),
    "contract_kind": ("intent", "framework", "formal"),
    "outcome": ("", "lost", "terminated", "withdrawn"),
    "amount_kind": ("planned_total_investment", "fixed_asset_investment"),
    "currency": ("", "CNY", "USD"),
    "project_kind": ("", "new", "reinvestment_expansion"),
    "channel": ("", "outreach", "capital_led"),
}
_NARROW = {
    "zone": "TINYINT", "seq": "INTEGER", "project": "INTEGER", "first_day": "INTEGER", "end_day": "INTEGER", "month": "INTEGER",
    "key": "BIGINT", "supersedes": "INTEGER", "rank": "TINYINT", "amount": "DECIMAL(18, 2)", "task_force": "TINYINT",
    "industry": "TINYINT", "origin": "SMALLINT", "merged_into": "INTEGER", "unit": "TINYINT", "traits": "SMALLINT",
    "phase": "TINYINT", "arrived": "TINYINT", "vouchers": "SMALLINT", "credit": "TINYINT", "matter": "TINYINT",
    "recognition": "INTEGER",
}  # fmt: skip
"""Types of the columns: dictionary codes instead of texts."""


def _draw(salt: int) -> str:
    """A number from 0 to 1 for each project."""
    return f"((hash(p * 31 + {salt}) % 1000003) / 1000003.0)"


def make_events(connection: duckdb.DuckDBPyConnection, projects: int) -> int:
    """Make the table `events`; the number of events. Restatements come last, as they do in a ledger."""
    for name, values in _ENUMS.items():
        listed = ", ".join(f"'{value}'" for value in values)
        connection.execute(f"CREATE TYPE enum_{name} AS ENUM ({listed})")
    day = f"({FIRST} + (hash(p) % {DAYS - 150})::INTEGER)"
    yuan = "((hash(p * 7 + {salt}) % 499 + 1)::INTEGER * 1000000)::DECIMAL(18, 2)"
    team, field = "(p % 8 + 1)", "(hash(p * 3) % 8 + 1)::TINYINT"
    parts = [
        ("opened", f"{day}", "true", {"task_force": team, "industry": field, "origin": "3702", "project_kind": "'new'", "unit": team}),
        ("amount_stated", f"{day}", "true", {"amount_kind": "'planned_total_investment'", "amount": yuan.format(salt=1), "currency": "'CNY'", "phase": "0"}),
        ("stage_reached", f"{day} + 5 + (hash(p * 5) % 60)::INTEGER", "true", {"rank": "1"}),
        ("contract_signed", f"{day} + 90", f"{_draw(1)} < 0.30", {"rank": "3", "contract_kind": "'formal'"}),
        ("stage_reached", f"{day} + 140", f"{_draw(1)} < 0.14", {"rank": "6"}),
        ("placed", f"{day} + 30", f"{_draw(2)} < 0.10", {"task_force": "((p + 3) % 8 + 1)"}),
        ("progress_noted", f"{day} + 40", f"{_draw(3)} < 0.32", {}),
        ("amount_stated", f"{day}", f"{_draw(4)} < 0.14", {"amount_kind": "'planned_total_investment'", "amount": yuan.format(salt=2), "currency": "'CNY'", "phase": "0"}),
    ]  # fmt: skip
    selects = [
        "SELECT p, {n} AS part, '{kind}' AS kind, {day} AS day, {columns} FROM range({projects}) t(p) WHERE {where}".format(
            n=n, kind=kind, day=when, projects=projects, where=where,
            columns=", ".join(f"{said.get(c, 'NULL')} AS {c}" for c in _SAID),
        )
        for n, (kind, when, where, said) in enumerate(parts)
    ]  # fmt: skip
    numbered = f"SELECT *, row_number() OVER (ORDER BY part = {len(parts) - 1}, p, part)::INTEGER AS seq FROM ({' UNION ALL '.join(selects)})"
    connection.execute(f"CREATE TABLE drafted AS {numbered}")
    connection.execute("CREATE TABLE amounts_first AS SELECT p, seq FROM drafted WHERE part = 1")
    date = f"(DATE '1970-01-01' + (day - {EPOCH})::INTEGER)"
    made = {
        "zone": "0", "project": "d.p", "first_day": "day", "end_day": "day + 1", "key": f"day::BIGINT * {KEY_BASE} + d.seq",
        "month": f"year({date}) * 12 + month({date}) - 1", "seq": "d.seq", "kind": "kind",
        "supersedes": f"CASE WHEN part = {len(parts) - 1} THEN a.seq END",
    }  # fmt: skip
    columns = ", ".join(
        f"({made.get(c) or (c if c in _SAID else 'NULL')})::{_NARROW.get(c) or f'enum_{c}'} AS {c}"
        for c in EVENT_COLUMNS
    )
    connection.execute(
        f"CREATE TABLE events AS SELECT {columns} FROM drafted d LEFT JOIN amounts_first a ON d.p = a.p ORDER BY d.seq"
    )
    connection.execute("DROP TABLE drafted; DROP TABLE amounts_first; CHECKPOINT")
    return int(connection.execute("SELECT count(*) FROM events").fetchall()[0][0])


_SAID = (
    "rank", "contract_kind", "amount_kind", "amount", "currency", "task_force", "industry", "origin", "project_kind", "unit", "phase",
)  # fmt: skip
