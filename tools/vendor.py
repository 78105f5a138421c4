"""Fetch the vendored front end (`make vendor`) or verify it offline (`python tools/vendor.py --check`).

`vendor.json` names each package (version, licence, tarball on the npm registry) and each file with its sha256. Fetching
needs the npm client; checking needs nothing but the standard library.
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "src/zhaoyin/apps/ui/static/vendor"
MANIFEST = VENDOR / "vendor.json"
MAX_FILE_BYTES = 1_500_000
MAX_TOTAL_BYTES = 5_000_000

JsonObject = dict[str, object]


def load() -> list[JsonObject]:
    """The packages of vendor.json."""
    packages: list[JsonObject] = json.loads(MANIFEST.read_text("utf-8"))["packages"]
    return packages


def sha256_of(data: bytes) -> str:
    """Hex digest."""
    return hashlib.sha256(data).hexdigest()


def files_of(package: JsonObject) -> list[JsonObject]:
    """The file entries of a package."""
    files = package["files"]
    assert isinstance(files, list)
    return files


def fetch_tarball(package: JsonObject, folder: Path) -> tarfile.TarFile:
    """Download the pinned version with `npm pack`."""
    spec = f"{package['name']}@{package['version']}"
    made = subprocess.run(
        ["npm", "pack", spec, "--silent"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    return tarfile.open(folder / made.splitlines()[-1])


def read_member(archive: tarfile.TarFile, path: str) -> bytes:
    """Bytes of one file of the tarball."""
    member = archive.extractfile(f"package/{path}")
    if member is None:
        raise SystemExit(f"vendor: {path} is not in the tarball")
    return member.read()


def without_source_map(data: bytes) -> bytes:
    """Cut the source-map comment: the maps are not vendored."""
    return re.sub(rb"\n?/[/*]# sourceMappingURL=[^\n*]*(\*/)?\s*$", b"\n", data)


def icon_sprite(archive: tarfile.TarFile, names: list[str]) -> bytes:
    """One SVG file with a <symbol> for each icon used."""
    symbols = []
    for name in sorted(names):
        svg = read_member(archive, f"icons/outline/{name}.svg").decode("utf-8")
        body = svg[svg.index(">") + 1 : svg.rindex("</svg>")]
        body = re.sub(r'<path stroke="none"[^>]*/>', "", body)
        shapes = " ".join(body.split())
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>')
    head = '<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="currentColor" stroke-width="2">'
    return (head + "\n" + "\n".join(symbols) + "\n</svg>\n").encode("utf-8")


def rewrite() -> None:
    """Fetch every package, write its files and their hashes."""
    packages = load()
    for package in packages:
        with (
            tempfile.TemporaryDirectory() as folder,
            fetch_tarball(package, Path(folder)) as archive,
        ):
            for entry in files_of(package):
                if "icons" in package and entry["path"] == "tabler-icons.svg":
                    icons = package["icons"]
                    assert isinstance(icons, list)
                    data = icon_sprite(archive, icons)
                else:
                    data = without_source_map(read_member(archive, str(entry["source"])))
                target = VENDOR / str(entry["path"])
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
                entry["sha256"] = sha256_of(data)
        print(f"vendor: {package['name']} {package['version']}")
    MANIFEST.write_text(json.dumps({"packages": packages}, indent=2, ensure_ascii=False) + "\n", "utf-8")


def problems() -> list[str]:
    """What is missing, changed, unlisted or too large."""
    found: list[str] = []
    listed = {MANIFEST.name}
    total = 0
    for package in load():
        for entry in files_of(package):
            path = VENDOR / str(entry["path"])
            listed.add(str(entry["path"]))
            if not path.is_file():
                found.append(f"{entry['path']}: missing")
                continue
            data = path.read_bytes()
            total += len(data)
            if sha256_of(data) != entry["sha256"]:
                found.append(f"{entry['path']}: sha256 differs from vendor.json")
            if len(data) > MAX_FILE_BYTES:
                found.append(f"{entry['path']}: {len(data)} bytes, more than {MAX_FILE_BYTES}")
    if total > MAX_TOTAL_BYTES:
        found.append(f"vendor/: {total} bytes, more than {MAX_TOTAL_BYTES}")
    on_disk = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    found += [f"{name}: not listed in vendor.json" for name in sorted(on_disk - listed)]
    return found


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check",
        action="store_true",
        help="verify the files against vendor.json, offline",
    )
    arguments = parser.parse_args()
    if not arguments.check:
        rewrite()
    found = problems()
    for problem in found:
        print(f"vendor: {problem}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
