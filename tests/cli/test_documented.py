"""What the documents say exists, and what exists is documented."""

import re
from pathlib import Path

from zhaoyin.cli.main import COMMANDS, main, usage
from zhaoyin.domain.company import COMPANY_EVENTS
from zhaoyin.domain.project import EVENT_KINDS
from zhaoyin.domain.visit import ENGAGEMENT_EVENTS

ROOT = Path(__file__).resolve().parents[2]


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_command_is_documented_and_every_documented_command_exists() -> None:
    documented = set(re.findall(r"`zhaoyin ([a-z]+)", text_of("docs/reference/commands.md")))
    assert documented == set(COMMANDS)
    assert all(name in usage() for name in COMMANDS)


def test_every_make_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", text_of("Makefile"), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md"):
        assert set(re.findall(r"make ([a-z][a-z-]*)", text_of(name))) <= targets


def test_every_kind_of_event_is_documented() -> None:
    text = text_of("docs/reference/events.md")
    for kinds in (EVENT_KINDS, COMPANY_EVENTS, ENGAGEMENT_EVENTS):
        assert [kind for kind in kinds if kind not in text] == []


def test_an_unknown_command_says_so(capsys: object) -> None:
    assert main(["nonsense"]) == 2
    assert main([]) == 2
    assert main(["--version"]) == 0
