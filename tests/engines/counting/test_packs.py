"""Rule packs: what a mistake is answered with, what a pack says in words, what two packs say differently."""

import json
from datetime import date
from decimal import Decimal

import pytest

from tests.engines.counting.test_counting import GOOD
from zhaoyin.cli.main import main
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.engines.counting import (
    check_pack,
    in_force,
    json_schema,
    load_pack,
    overlapping,
    parse_pack,
    shipped_packs,
)
from zhaoyin.engines.counting.pack_words import differences, explain
from zhaoyin.engines.counting.params import PACKS, CreditPolicy, credited_shares

CONDITION = '[[condition]]\nname = "c"\ntitle = "丙"\ntitle_en = "C"\nstage = "filed"\n'


@pytest.mark.parametrize(
    ("added", "error", "said"),
    [
        ('[exclude]\ntraits = ["ppp"]\n[require]\ntraits = ["ppp"]', True, "both required and excluded"),
        ('[[threshold]]\nat_least = "1"\nfigures = ["signde"]', True, "'signde' is no figure"),
        ('[[threshold]]\nat_least = 1.5\nfigures = ["signed"]', True, "must be exact"),
        ('[[threshold]]\nat_least = "2"\nfigures = ["signed"]\n' * 2, False, "never decides"),
        (CONDITION, False, "no figure uses 'c'"),
        (CONDITION + 'contracts = ["formal"]', True, "says 2 things"),
        ('[[figure]]\nname = "signed"\ntitle = "乙"\ntitle_en = "B"\nreaches = "filed"', True, "is there twice"),
        ('[[figure]]\nname = "n"\ntitle = "乙"\ntitle_en = "B"\nneeds = ["missing"]', True, "'missing' is no condition"),
        ('[[figure]]\nname = "f"\ntitle = "乙"\ntitle_en = "B"\nof = "signed"\namount = "foreign_capital_utilised"', False, "without any rate"),
        ('[[figure]]\nname = "f"\ntitle = "乙"\ntitle_en = "B"\nfunds = ["funds_in_place"]\nof = "signed"', True, "and of"),
        ('[[ratio]]\nname = "r"\ntitle = "率"\ntitle_en = "R"\nnumerator = "signed"\ndenominator = "sinned"', True, "'sinned' is no figure"),
        ('[[rate]]\ncurrency = "USD"\nfrom = 2025-01-01\nyuan = "7"\nsource = "s"\n' * 2, True, "two rates from the same day"),
        ('[sizes]\nbounds = ["2", "1"]', True, "do not rise"),
        ('[credit]\ntransfer = ["0.7", "0.6"]', True, "above one"),
        ("[thresold]", True, "unknown table 'thresold'"),
        ('[[substitute]]\nproject_kinds = ["new"]\ninstead_of = "funds_in_place"\namount = "funds_in_place"', True, "stands in for itself"),
    ],
)  # fmt: skip
def test_it_tells_mistakes_from_oddities_and_names_the_line(added: str, error: bool, said: str) -> None:
    text = GOOD + added
    found = [one for one in check_pack(text, name="x") if said in one.problem[0]]
    assert [one.error for one in found][:1] == [error]
    assert 1 <= found[0].line <= len(text.splitlines())
    assert found[0].problem[1] and found[0].problem[1] != found[0].problem[0]


def test_it_tells_every_mistake_and_not_the_first_only() -> None:
    text = GOOD.replace("formal", "formel").replace("2025-01-01", '"2025"') + "[sizes]\nbounds = []\nlimit = 1"
    assert len([one for one in check_pack(text, name="x") if one.error]) >= 3


def test_it_finds_editions_of_one_pack_that_overlap() -> None:
    first = parse_pack(GOOD, name="a")
    ended = parse_pack(GOOD.replace("basis = ", "valid_until = 2026-06-30\nbasis = "), name="b")
    later = parse_pack(GOOD.replace("2025-01-01", "2026-01-01"), name="c")
    assert overlapping([("a", first), ("a2", first)]) == [("a", "a2")]
    assert overlapping([("b", ended), ("c", later)]) == [("b", "c")]
    assert overlapping([("a", first), ("c", later)]) == []


def test_it_takes_the_edition_in_force_on_a_day() -> None:
    first = parse_pack(GOOD, name="a")
    later = parse_pack(GOOD.replace("2025-01-01", "2026-01-01").replace('"1"', '"2"'), name="b")
    chosen = [in_force([later, first], date.fromisoformat(day)) for day in ("2024-12-31", "2025-12-31", "2026-01-01")]
    assert [pack and pack.version for pack in chosen] == [None, "1", "2"]


@pytest.mark.parametrize("name", shipped_packs())
def test_a_shipped_pack_has_no_mistake_and_names_its_basis(name: str) -> None:
    pack = load_pack(name)
    assert not [one for one in check_pack((PACKS / f"{name}.toml").read_text(encoding="utf-8"), name=name) if one.error]
    assert pack.basis in explain(pack)
    assert pack.basis_en in explain(pack, "en")
    assert not any("一" <= letter <= "鿿" for letter in explain(pack, "en").replace("、", "").replace("“", ""))


def test_it_ships_packs_that_differ_in_kind() -> None:
    assert len(shipped_packs()) >= 5
    with pytest.raises(InvalidValue) as caught:
        load_pack("county-contrat-date")
    assert caught.value.params["near"] == "county-contract-date"


def test_packs_differ_in_what_they_say_and_not_in_layout() -> None:
    pack = parse_pack(GOOD, name="a")
    assert differences(pack, parse_pack("# a remark\n" + GOOD.replace("\n\n", "\n\n\n"), name="b")) == []
    changed = parse_pack(GOOD.replace('["formal"]', '["framework", "formal"]'), name="b")
    assert [one.topic for one in differences(pack, changed)] == ["figure signed"]


def test_the_schema_names_every_table_and_key() -> None:
    schema = json.loads(json.dumps(json_schema()))
    figure = schema["properties"]["figure"]["items"]["properties"]
    assert {"needs", "intervals", "once", "funds"} <= set(figure)
    assert schema["required"] == ["pack", "figure"]


@pytest.mark.parametrize(
    ("policy", "stated", "expected"),
    [
        (CreditPolicy(), "", {"u": "1"}),
        (CreditPolicy(without="nobody"), "", {None: "1"}),
        (CreditPolicy(), "joint;a=0.6;b=0.3", {"a": "0.6", "b": "0.3", None: "0.1"}),
        (CreditPolicy(joint="equal"), "joint;a=0.6;b=0.3;c=0.1", {"a": "0.3334", "b": "0.3333", "c": "0.3333"}),
        (CreditPolicy(), "dual;a=1;b=1", {"a": "1"}),
        (CreditPolicy(dual="allowed"), "dual;a=1;b=1", {"a": "1", "b": "1"}),
        (CreditPolicy(transfer=(Decimal("0.4"), Decimal("0.6"))), "transfer;a=0.5;b=0.5", {"a": "0.4", "b": "0.6"}),
    ],
)
def test_shares_make_one_project_unless_dual_credit_is_allowed(
    policy: CreditPolicy, stated: str, expected: dict[str | None, str]
) -> None:
    found = dict(credited_shares(policy, unit="u", stated=stated))
    assert found == {unit: Decimal(share) for unit, share in expected.items()}
    assert policy.dual == "allowed" or sum(found.values()) == 1


def test_the_command_checks_explains_and_compares(capsys: pytest.CaptureFixture[str], tmp_path: object) -> None:
    assert main(["pack", "check", "county-contract-date", "start-within-year"]) == 0
    assert main(["pack", "explain", "start-within-year", "--lang", "en"]) == 0
    assert "same calendar year" in capsys.readouterr().out
    assert main(["pack", "diff", "county-contract-date", "increments-phases"]) == 0
    assert "增量投资" in capsys.readouterr().out
    assert main(["pack", "check", "no-such-pack"]) == 1
    wrong = tmp_path / "w.toml"  # type: ignore[operator]
    wrong.write_text(GOOD.replace("formal", "formel"), encoding="utf-8")
    assert main(["pack", "check", str(wrong)]) == 1
    assert "w.toml:15: 错误" in capsys.readouterr().out
