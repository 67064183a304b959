"""ZIP archives that were handed in, unpacked next to the hand-ins; nothing in them is trusted."""

import contextlib
import os
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath

UNPACKED = ".unpacked"
"""The folder within a class for the contents of its archives, each under its own name."""

MOST_FILES, MOST_UNPACKED = 500, 200 << 20
"""The limits for one learner's archive: files, and bytes unpacked; all lessons, solved, are about 5
MB."""

OF_A_CLASS = 40
"""The archive of a whole class, named by the teacher, may contain this many times as much."""

PIECE = 1 << 20


class Refused(ValueError):
    """An archive that won't be unpacked; the text says why."""


@contextlib.contextmanager
def refusing() -> Iterator[None]:
    """Turn any fault of an archive into Refused."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError):
        raise Refused(
            "it isn't a ZIP archive that can be read: ask for the notebook itself"
        ) from None
    except RuntimeError:  # It needs a password
        raise Refused("the archive needs a password: ask for the notebook itself") from None
    except OSError as error:
        raise Refused(f"the archive can't be unpacked ({type(error).__name__})") from None


def unpack(archive: Path, folder: Path, times: int = 1) -> None:
    """Unpack all files of an archive into a new folder, or none of them; raises Refused.

    `times` multiplies the usual limits.
    """
    try:
        with refusing(), zipfile.ZipFile(archive) as opened:
            members = [member for member in opened.infolist() if not member.is_dir()]
            places = {_place(member): member for member in members}
            files, size = MOST_FILES * times, MOST_UNPACKED * times
            if len(members) > files or sum(m.file_size for m in members) > size:
                most = f"{files:,} files or {size >> 20:,} MB"
                raise Refused(f"the archive holds more than {most}: ask for the notebook itself")
            for place, member in places.items():
                _write(opened, member, folder / place)
            folder.mkdir(parents=True, exist_ok=True)
    except Refused:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _place(member: zipfile.ZipInfo) -> PurePosixPath:
    """Return the path for a file; raises Refused if it would lead elsewhere."""
    place = PurePosixPath(member.filename.replace("\\", "/"))
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Refused("the archive holds a link, which may lead anywhere: ask for the file itself")
    if place.is_absolute() or ".." in place.parts or ":" in place.parts[0]:
        raise Refused(f"the archive holds {str(place)!r}, which leads out of it")
    return place


def _write(opened: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> None:
    """Write one file, no longer than declared, with its original time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    left = member.file_size
    with opened.open(member) as packed, open(path, "xb") as file:
        while piece := packed.read(PIECE):
            left -= len(piece)
            if left < 0:
                raise Refused("the archive holds more than it says: ask for the notebook itself")
            file.write(piece)
    with contextlib.suppress(ValueError, OverflowError):
        changed = datetime(*member.date_time).timestamp()
        os.utime(path, (changed, changed))
