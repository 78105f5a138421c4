"""Sheets that nobody would send: the engine never fails, and what it reads stands where it says."""

import random

import pytest

from benchmarks.sheets.__main__ import DEVELOPED, HELD_OUT
from zhaoyin.adapters.spreadsheets.workbook import read_file
from zhaoyin.engines.sheet_reading.problem import BLANK, Cell, CellKind, Range, Sheet, SheetProblem, SourceFile
from zhaoyin.engines.sheet_reading.solve import solve

ODD = [
    "", "项目名称", "投资方", "总投资（万元）", "合计", "一、签约项目", "√", "3.5亿元", "5-6亿", "2022.5", "张三13900000001", "（", "）", "单位：", "：", "年", "-", "0", "１２",
    "一" * 300, "，" * 50, "13" * 20, "公司", "有限公司项目", "注：", "\n\n", "1e999", "9" * 40, "亿", "约", "至", "2022年13月45日", "4月", "5月", "〃", "项目名称：", "99999999999999999999亿元",
]  # fmt: skip


def mutated(sheet: Sheet, chance: random.Random) -> Sheet:
    """Cells lost, exchanged and replaced; rows and columns moved; merges anywhere."""
    rows = [list(row) for row in sheet.rows]
    for _ in range(chance.randrange(1, 30)):
        row = chance.choice(rows) if rows else []
        if not row:
            continue
        place = chance.randrange(len(row))
        row[place] = chance.choice(
            [
                BLANK,
                Cell(chance.choice(ODD)),
                Cell("", None, CellKind.UNKNOWN, "=A1"),
                chance.choice(row),
                Cell("#REF!", None, CellKind.ERROR),
            ]
        )
    if chance.random() < 0.3:
        chance.shuffle(rows)
    if chance.random() < 0.2:
        rows = [list(row) for row in zip(*[row + [BLANK] * 30 for row in rows[:40]], strict=False)]
    if chance.random() < 0.2:
        rows = [row[chance.randrange(3) :] for row in rows]
    merges = [
        Range(a, b, a + chance.randrange(6), b + chance.randrange(6))
        for a, b in ((chance.randrange(30), chance.randrange(12)) for _ in range(chance.randrange(8)))
    ]
    return Sheet(
        sheet.name, tuple(map(tuple, rows)), (*sheet.merges, *merges), hidden_rows=frozenset({chance.randrange(20)})
    )


@pytest.mark.parametrize("seed", range(2))
def test_it_survives_mutated_sheets_and_points_at_real_cells(seed: int) -> None:
    chance = random.Random(seed)
    for layout in (*DEVELOPED[:24:2], *HELD_OUT[:13:2]):
        case = layout(random.Random(seed))
        source = read_file(file_name=case.name, data=case.data).sheets[0]
        for _ in range(2):
            sheet = mutated(source, chance)
            reading = solve(problem=SheetProblem((SourceFile("x", (sheet,)),))).files[0]
            for record in reading.records:
                for value in record.values.values():
                    for cell in value.cells:
                        assert cell.row < len(sheet.rows)
                        assert cell.column < len(sheet.rows[cell.row])
