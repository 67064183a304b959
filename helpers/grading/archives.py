"""ZIP archives that were handed in, unpacked next to the hand-ins, with nothing taken on trust."""

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
"""The folder within a class that holds what was in its archives, each under its own name."""

MOST_FILES, MOST_UNPACKED = 500, 200 << 20
"""Of one learner's archive: files, and bytes unpacked; all lessons, solved, have about 5 MB."""

OF_A_CLASS = 40
"""Times as much may be in the archive of a whole class, which the teacher names."""

PIECE = 1 << 20


class Refused(ValueError):
    """An archive that isn't unpacked; the text says why."""


@contextlib.contextmanager
def refusing() -> Iterator[None]:
    """Turn whatever is wrong with an archive into Refused."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError):
        raise Refused(
            "it is no ZIP archive that can be read: ask for the notebook itself"
        ) from None
    except RuntimeError:  # A password is needed
        raise Refused("the archive needs a password: ask for the notebook itself") from None
    except OSError as error:
        raise Refused(f"the archive can't be unpacked ({type(error).__name__})") from None


def unpack(archive: Path, folder: Path, times: int = 1) -> None:
    """Unpack all files of an archive into a new folder, or none of them; raises Refused.

    `times` is how much more than usual it may hold.
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
    """Return where a file belongs; raises Refused for one that would be elsewhere."""
    place = PurePosixPath(member.filename.replace("\\", "/"))
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Refused("the archive holds a link, which may lead anywhere: ask for the file itself")
    if place.is_absolute() or ".." in place.parts or ":" in place.parts[0]:
        raise Refused(f"the archive holds {str(place)!r}, which leads out of it")
    return place


def _write(opened: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> None:
    """Write one file, of no more bytes than were declared, with its own time."""
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
