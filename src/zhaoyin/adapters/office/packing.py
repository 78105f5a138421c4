"""Office files are zip archives: the same parts must give the same bytes, and an uploaded one must not be a trap."""

import io
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)


def repacked(data: bytes) -> bytes:
    """The same archive with its parts in their order and no time in it."""
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for entry in source.infolist():
            info = zipfile.ZipInfo(entry.filename, EPOCH)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0, 3
            archive.writestr(info, source.read(entry.filename))
    return target.getvalue()
