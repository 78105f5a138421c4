"""The tile map draws every province-level unit once, at a place of its own."""

import re
from pathlib import Path

from zhaoyin.domain.region import PROVINCES

SCRIPT = Path(__file__).resolve().parents[3] / "src/zhaoyin/apps/ui/static/ui/tile-map.js"
TILE = re.compile(r'(\d\d): \[(\d), (\d), "([^"]+)", "([A-Z]+)"\]')


def test_it_has_all_34_units_of_the_region_table_each_on_its_own_tile() -> None:
    tiles = TILE.findall(SCRIPT.read_text("utf-8"))
    assert {code: name for code, _column, _row, name, _short in tiles} == {
        code: names[0] for code, names in PROVINCES.items()
    }
    assert len({(column, row) for _code, column, row, _name, _short in tiles}) == 34
    assert len({short for *_rest, short in tiles}) == 34
