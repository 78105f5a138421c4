"""The search index: two-character Chinese words and pinyin initials, found in milliseconds among 100,000 names.

SQLite's trigram tokenizer finds nothing for two characters, so we write the bigrams ourselves: an FTS5 table
(unicode61) on SQLite, a tsvector column with a GIN index on PostgreSQL. Hits are capped, newest first, and restricted
to what a viewer may see by scope words that are part of each entry.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper
from pypinyin import Style, lazy_pinyin, pinyin

CAP = 200
_HAN = re.compile(r"[㐀-鿿]+")
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """`names`: everything it may be found by; `scopes`: ids (task force, person) that may find it, or "all"."""

    names: tuple[str, ...]
    scopes: tuple[str, ...] = ("all",)


def folded(text: str) -> str:
    """Full-width → half-width, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


@lru_cache(maxsize=20_000)
def _initial(char: str) -> str:
    """The letter of a character whose readings all begin with it; "" when they differ and the word must decide."""
    readings = pinyin(char, style=Style.FIRST_LETTER, heteronym=True, errors="ignore")
    letters = set(readings[0]) if readings else set()
    return letters.pop() if len(letters) == 1 else ""


_WHOLE_WORDS = re.compile(
    "(股份有限公司|有限责任公司|有限公司|生产基地|产业园|新材料|智能装备|精密机械|生物科技|微电子|新能源|汽车部件|科技|电子|项目|基地)"
)
"""Words that so many names have that their initials are worth remembering apart; none of them changes how its neighbours are read."""


@lru_cache(maxsize=50_000)
def _initials(han: str) -> str:
    pieces = [piece for piece in _WHOLE_WORDS.split(han) if piece]
    return "".join(_initials_of(piece) for piece in pieces)


@lru_cache(maxsize=50_000)
def _initials_of(han: str) -> str:
    letters = [_initial(char) for char in han]
    if all(letters):
        return "".join(letters)
    return "".join(lazy_pinyin(han, style=Style.FIRST_LETTER, errors="ignore"))


def initials(text: str) -> str:
    """Pinyin initials of the Chinese characters, as a query."""
    return "".join(_initials(run) for run in _HAN.findall(folded(text)))


def index_words(name: str) -> set[str]:
    """Words under which a name is found: bigrams of Chinese runs, Latin words, tails of the pinyin initials."""
    words: set[str] = set()
    text = folded(name)
    for run in _HAN.findall(text):
        words.update(run[i : i + 2] for i in range(len(run) - 1))
        words.add(run[-1])
        initials = _initials(run)
        words.update("p" + initials[i : i + 10] for i in range(max(1, len(initials) - 1)))
    for word in _WORD.findall(text):
        words.add("w" + word)
    return words


def _scope_word(scope: str) -> str:
    return "s" + scope.replace("-", "")


def _query_groups(query: str) -> list[list[tuple[str, bool]]]:
    """Groups that must all match; within a group one word (text, prefix?) is enough."""
    groups: list[list[tuple[str, bool]]] = []
    text = folded(query)
    for run in _HAN.findall(text):
        if len(run) == 1:
            groups.append([(run, True)])
        groups += [[(run[i : i + 2], False)] for i in range(len(run) - 1)]
    for word in _WORD.findall(text):
        options = [("w" + word, True)]
        if word.isalpha() and len(word) >= 2:
            options.append(("p" + word[:10], True))
        groups.append(options)
    return groups


def put(*, zone_id: UUID, kind: str, entries: Mapping[UUID, Entry | None]) -> None:
    """Replace the index entries of these subjects (None removes)."""
    if not entries:
        return
    ids = [_key(zone_id, kind, subject) for subject in entries]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ",".join("?" * len(ids)).replace("?", "%s")
            cursor.execute(f"SELECT rowid FROM ledger_search_key WHERE subject IN ({marks})", ids)
            old = [row[0] for row in cursor.fetchall()]
            if old:
                rows = ",".join("%s" for _ in old)
                cursor.execute(f"DELETE FROM ledger_search WHERE rowid IN ({rows})", old)
                cursor.execute(f"DELETE FROM ledger_search_key WHERE rowid IN ({rows})", old)
        else:
            cursor.execute("DELETE FROM ledger_search WHERE subject = ANY(%s)", [ids])
        kept = [
            (_key(zone_id, kind, subject), _words(zone_id, kind, entry))
            for subject, entry in entries.items()
            if entry is not None
        ]
        _insert(cursor, kept)


def _key(zone_id: UUID, kind: str, subject: UUID) -> str:
    return f"{zone_id.hex}:{kind}:{subject.hex}"


def _domain_word(zone_id: UUID, kind: str, scope: str) -> str:
    """Zone, kind and scope in one word, so that one posting list answers "mine, here, of this kind"."""
    return f"z{zone_id.hex}{kind}{_scope_word(scope)}"


def _words(zone_id: UUID, kind: str, entry: Entry) -> list[str]:
    words: set[str] = {_domain_word(zone_id, kind, scope) for scope in (*entry.scopes, "every")}
    for name in entry.names:
        words |= index_words(name)
    return sorted(words)


def _insert(cursor: CursorWrapper, entries: Sequence[tuple[str, Sequence[str]]]) -> None:
    if connection.vendor == "sqlite":
        cursor.executemany("INSERT INTO ledger_search_key(subject) VALUES (%s)", [[key] for key, _ in entries])
        cursor.executemany(
            "INSERT INTO ledger_search(rowid, words) VALUES ((SELECT rowid FROM ledger_search_key WHERE subject=%s), %s)",
            [[key, " ".join(words)] for key, words in entries],
        )
    else:
        cursor.executemany(
            "INSERT INTO ledger_search(subject, words) VALUES (%s, array_to_tsvector(%s))",
            [[key, list(words)] for key, words in entries],
        )


def find(*, zone_id: UUID, kind: str, query: str, scopes: Iterable[str], limit: int = CAP) -> list[UUID]:
    """Subjects of a kind that match every part of the query and carry one of the scopes; newest first, capped.

    `scopes` = ("every",) for a viewer who may see the whole zone. An empty or wordless query finds nothing.
    """
    groups = _query_groups(query)
    if not groups:
        return []
    groups.append([(_domain_word(zone_id, kind, scope), False) for scope in scopes])
    if not groups[-1]:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            match = " AND ".join(
                "(" + " OR ".join(f'"{word}"*' if prefix else f'"{word}"' for word, prefix in group) + ")"
                for group in groups
            )
            cursor.execute(
                "SELECT k.subject FROM ledger_search JOIN ledger_search_key k ON k.rowid = ledger_search.rowid "
                "WHERE ledger_search MATCH %s ORDER BY ledger_search.rowid DESC LIMIT %s",
                [match, limit],
            )
        else:
            match = " & ".join(
                "(" + " | ".join(f"'{word}':*" if prefix else f"'{word}'" for word, prefix in group) + ")"
                for group in groups
            )
            cursor.execute(
                "SELECT subject FROM ledger_search WHERE words @@ %s::tsquery ORDER BY id DESC LIMIT %s", [match, limit]
            )
        return [UUID(hex=row[0].rsplit(":", 1)[1]) for row in cursor.fetchall()]


def clear(*, zone_id: UUID, kind: str) -> None:
    """Forget a zone's entries of a kind."""
    prefix = f"{zone_id.hex}:{kind}:"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "DELETE FROM ledger_search WHERE rowid IN (SELECT rowid FROM ledger_search_key "
                "WHERE subject >= %s AND subject < %s)",
                [prefix, prefix + "~"],
            )
            cursor.execute("DELETE FROM ledger_search_key WHERE subject >= %s AND subject < %s", [prefix, prefix + "~"])
        else:
            cursor.execute("DELETE FROM ledger_search WHERE starts_with(subject, %s)", [prefix])
