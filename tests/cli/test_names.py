"""`zhaoyin names resolve` on the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from zhaoyin.cli.names import run


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    registry, queries, aliases = (tmp_path / name for name in ("names.txt", "queries.txt", "aliases.tsv"))
    registry.write_text(
        "苏州禾瑞精密机械有限公司\n\n广东省昱锵新材料股份有限公司\n苏州禾瑞精密机械有限公司\n", encoding="utf-8"
    )
    queries.write_text("禾瑞精密\n老昱锵\n完全不同的机构\n", encoding="gb18030")
    aliases.write_text("老昱锵\t广东省昱锵新材料股份有限公司\n", encoding="utf-8")
    return ["resolve", "--registry", str(registry), "--queries", str(queries), "--aliases", str(aliases)]


def test_it_prints_one_object_a_line(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*files, "--json"]) == 0
    near, alias, nobody = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (near["query"], near["decision"]) == ("禾瑞精密", "accept")
    assert near["candidates"][0]["name"] == "苏州禾瑞精密机械有限公司" and near["candidates"][0]["score"] > 0.8
    assert alias["candidates"] == [{"name": "广东省昱锵新材料股份有限公司", "score": 1.0, "reason": "alias"}]
    assert nobody["decision"] == "none"


def test_it_prints_a_table_for_people(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files) == 0
    assert "采用\t苏州禾瑞精密机械有限公司" in capsys.readouterr().out


def test_it_names_the_line_or_file_that_is_wrong(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(files[-1]).write_text("好\t坏\n没有制表符\n", encoding="utf-8")
    assert run(files) == 1
    assert "line 2" in capsys.readouterr().err
    assert run(["resolve", "--registry", str(tmp_path / "missing.txt"), "--queries", files[4]]) == 1
    assert "missing.txt" in capsys.readouterr().err
    long = tmp_path / "long.txt"
    long.write_text("长" * 300 + "\n禾瑞精密\n", encoding="utf-8")
    assert run([*files[:3], "--queries", str(long), "--json"]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_it_loads_nothing_heavy(files: list[str]) -> None:
    code = (
        f"import sys; from zhaoyin.cli.main import main; main(['names', *{files!r}, '--json'])\n"
        "print([name for name in ('django', 'numba', 'pandas', 'ibis', 'duckdb', 'pyarrow') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


REGISTER = """企业名称,统一社会信用代码,电话,地址,法定代表人
苏州禾瑞精密机械有限公司,,19900000001,苏州市高新区滨海路88号,钱一帆
青岛沐棠光电有限公司,,19900000002,青岛市东城区人民路3号,孙二
禾瑞（苏州）精密机械有限公司,,19900000001,滨海路88号,钱一帆
"""


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_it_finds_companies_that_stand_twice(encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("splink")
    register = tmp_path / "register.csv"
    register.write_text(REGISTER, encoding=encoding)
    assert run(["doubles", "--register", str(register), "--json"]) == 0
    (pair,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (pair["first"], pair["second"], pair["decision"]) == ("2", "4", "accept")


def test_it_says_when_a_register_has_no_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("splink")
    register = tmp_path / "register.csv"
    register.write_text("a,b\n1,2\n", "utf-8")
    assert run(["doubles", "--register", str(register)]) == 1
    assert "register-without-names" in capsys.readouterr().err
