"""`zhaoyin pack check|explain|diff|schema`: rule packs without a database."""

import argparse
import json
import sys
from pathlib import Path

from zhaoyin.domain.errors import InvalidValue
from zhaoyin.engines.counting.pack_check import check_read, overlapping, parse_pack
from zhaoyin.engines.counting.pack_file import Finding, read_pack
from zhaoyin.engines.counting.pack_schema import json_schema
from zhaoyin.engines.counting.pack_words import differences, explain
from zhaoyin.engines.counting.params import Pack, PackError, pack_path, shipped_packs

_WORDS = {
    "zh": {
        "error": "错误", "warning": "提醒", "fix": "改法", "good": "可用", "bad": "不可用", "same": "两个规则包说法相同",
        "nothing": "（未说）", "overlap": "{a} 与 {b} 是同一规则包，施行日期重叠：请给先前的写上 valid_until",
        "unknown": "没有规则包或文件“{value}”。{near}现有：{known}", "near": "是不是“{near}”？", "unreadable": "读不了 {value}：{why}",
    },
    "en": {
        "error": "error", "warning": "warning", "fix": "fix", "good": "can be used", "bad": "cannot be used",
        "same": "the packs say the same", "nothing": "(nothing said)",
        "overlap": "{a} and {b} are one pack and their validities overlap: give the earlier one a valid_until",
        "unknown": "no pack or file {value!r}. {near}Known: {known}", "near": "Did you mean {near!r}? ", "unreadable": "cannot read {value}: {why}",
    },
}  # fmt: skip


class _Refused(Exception):
    """What is printed on the error stream."""


def run(arguments: list[str]) -> int:
    """0; 1 when a pack cannot be used; 2 for a usage error."""
    parser = argparse.ArgumentParser(
        prog="zhaoyin pack", description="check, explain and compare rule packs (no database)"
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text, given, many in (
        ("check", "mistakes and oddities of pack files, with line and fix", "file", "+"),
        ("explain", "a pack in sentences", "pack", None),
        ("diff", "what two packs say differently", "packs", 2),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument(given, nargs=many, metavar=given.upper(), help="a file, or the name of a shipped pack")
        command.add_argument("--lang", choices=["zh", "en"], default="zh")
        command.add_argument("--json", action="store_true")
    commands.add_parser("schema", help="JSON schema of a pack file")
    options = parser.parse_args(arguments)
    if options.command == "schema":
        print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
        return 0
    try:
        return {"check": _check, "explain": _explain, "diff": _diff}[options.command](options)
    except _Refused as refused:
        print(refused, file=sys.stderr)
        return 1


def _text(value: str, lang: str) -> tuple[str, str]:
    """Text and name of a file, or of a shipped pack."""
    path = Path(value)
    try:
        if not path.is_file():
            path = pack_path(value)
        return path.read_text(encoding="utf-8"), path.name
    except InvalidValue as error:
        words = _WORDS[lang]
        near = str(error.params.get("near") or "")
        said = words["near"].format(near=near) if near else ""
        raise _Refused(words["unknown"].format(value=value, near=said, known=", ".join(shipped_packs()))) from error
    except (OSError, UnicodeDecodeError) as error:
        raise _Refused(_WORDS[lang]["unreadable"].format(value=value, why=error)) from error


def _line(name: str, found: Finding, lang: str) -> str:
    words, side = _WORDS[lang], 0 if lang == "en" else 1
    fix = f"  {words['fix']}: {found.fix[side]}" if found.fix[side] else ""
    return f"{name}:{found.line}: {words['error' if found.error else 'warning']}: {found.problem[side]}{fix}"


def _check(options: argparse.Namespace) -> int:
    lang, usable = options.lang, True
    good: list[tuple[str, Pack]] = []
    listed: list[dict[str, object]] = []
    for value in options.file:
        text, name = _text(value, lang)
        read = read_pack(text, name=name)
        findings = check_read(read)
        wrong = any(found.error for found in findings)
        usable = usable and not wrong
        if not wrong:
            good.append((name, read.pack))
        side = 0 if lang == "en" else 1
        listed += [
            {"file": name, "line": f.line, "error": f.error, "problem": f.problem[side], "fix": f.fix[side]}
            for f in findings
        ]
        if not options.json:
            for found in findings:
                print(_line(name, found, lang))
            print(f"{name}: {_WORDS[lang]['bad' if wrong else 'good']}")
    for one, other in overlapping(good):
        usable = False
        problem = _WORDS[lang]["overlap"].format(a=one, b=other)
        listed.append({"file": one, "line": 1, "error": True, "problem": problem, "fix": ""})
        if not options.json:
            print(f"{one}:1: {_WORDS[lang]['error']}: {problem}")
    if options.json:
        print(json.dumps(listed, ensure_ascii=False, indent=2))
    return 0 if usable else 1


def _usable(value: str, lang: str) -> Pack:
    text, name = _text(value, lang)
    try:
        return parse_pack(text, name=name)
    except PackError as error:
        tail = "" if lang == "en" else "_zh"
        said, fix = error.params[f"problem{tail}"], error.params[f"fix{tail}"]
        raise _Refused(f"{name}:{error.params['line']}: {said}  {fix}") from error


def _explain(options: argparse.Namespace) -> int:
    pack = _usable(options.pack, options.lang)
    text = explain(pack, options.lang)
    print(
        json.dumps({"id": pack.id, "sha256": pack.sha256, "text": text}, ensure_ascii=False) if options.json else text
    )
    return 0


def _diff(options: argparse.Namespace) -> int:
    before, after = (_usable(value, options.lang) for value in options.packs)
    found = differences(before, after, options.lang)
    words = _WORDS[options.lang]
    if options.json:
        rows = [{"topic": d.topic, "label": d.label, "before": d.before, "after": d.after} for d in found]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for one in found:
        print(f"{one.label}\n  - {one.before or words['nothing']}\n  + {one.after or words['nothing']}")
    if not found:
        print(words["same"])
    return 0
