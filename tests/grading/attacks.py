"""Attacks that hand-ins have tried on their grader, each with the protection that stops it.

Each has code for a cell that sets `reached`, with `{}` fields that the test fills in. Its change to
the sandbox's command removes just the protection in the attack's way, to show that the attack would
succeed.
"""

from collections.abc import Callable
from dataclasses import dataclass

Change = Callable[[list[str]], list[str]]


@dataclass(frozen=True)
class Attack:
    """Code that a learner hands in, and the change, or the extra path, that lets it reach
    something."""

    name: str
    code: str
    change: Change = list
    seen: str = ""

    def __str__(self) -> str:
        return self.name


def without(*options: str, arguments: int = 0) -> Change:
    """Leave out options of bwrap, each with its arguments."""

    def change(words: list[str]) -> list[str]:
        gone = [i + n for i, w in enumerate(words) if w in options for n in range(arguments + 1)]
        return [word for i, word in enumerate(words) if i not in gone]

    return change


def instead(option: str, *others: str) -> Change:
    """Replace one option with others."""
    return lambda words: [w for word in words for w in (others if word == option else (word,))]


def unmasked(words: list[str]) -> list[str]:
    """Leave out the file system that hides the course's own folder (1 MB, read-only)."""
    at = next(i for i, word in enumerate(words) if word == str(1 << 20))
    root = words[at + 2]
    pairs = (["--size", str(1 << 20)], ["--tmpfs", root], ["--remount-ro", root])
    gone = [i for i in range(len(words)) if words[i : i + 2] in pairs]
    return [word for i, word in enumerate(words) if i not in gone and i - 1 not in gone]


ALL_BUT_PROCESSES = ("--unshare-ipc", "--unshare-net", "--unshare-uts")
ALL_BUT_NETWORK = ("--unshare-ipc", "--unshare-pid", "--unshare-uts")


def with_all_processes(words: list[str]) -> list[str]:
    """Show the machine's processes."""
    words = without("--unshare-pid", "--as-pid-1")(words)
    return instead("--unshare-all", *ALL_BUT_PROCESSES)(words)


unbounded = without("--size", arguments=1)


ATTACKS = [
    Attack(
        "kill the grader",
        "import os\nreached = os.path.exists('/proc/{grader}/stat')",
        with_all_processes,
    ),
    Attack(
        "trace the grader",
        "import ctypes\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "answer = libc.ptrace(16, {grader}, 0, 0)\n"
        "NO_SUCH_PROCESS = 3\n"
        "reached = answer == 0 or ctypes.get_errno() != NO_SUCH_PROCESS",
        with_all_processes,
    ),
    Attack(
        "read a neighbor's hand-in",
        "import pathlib\nreached = pathlib.Path('{neighbor}').exists()",
        seen="{folder}",
    ),
    Attack(
        "rewrite a neighbor's hand-in",
        "try:\n    open('{neighbor}', 'a').write('x')\n    reached = True\n"
        "except OSError:\n    reached = False",
        seen="{folder}",
    ),
    Attack(
        "read the teacher's keys",
        "import pathlib\nreached = pathlib.Path('{folder}/.ssh/id').exists()",
        seen="{folder}",
    ),
    Attack(
        "reach a neighbor's server by its socket",
        "import os\nreached = os.path.exists('{socket}')",
        seen="{folder}",
    ),
    Attack(
        "reach the teacher's network",
        "import socket\n"
        "try:\n    socket.create_connection(('127.0.0.1', {port}), 5).close()\n    reached = True\n"
        "except OSError:\n    reached = False",
        instead("--unshare-all", *ALL_BUT_NETWORK),
    ),
    Attack(
        "load the solutions",
        "import os\nreached = os.path.exists('{root}/notebooks/solutions/02_start.py')",
        unmasked,
        "{root}",
    ),
    Attack(
        "read the answers in the tests and in Git",
        "import os\n"
        "reached = [p for p in ('tests', '.git', 'docs') if os.path.exists('{root}/' + p)]",
        unmasked,
        "{root}",
    ),
    Attack(
        "change helpers on disk",
        "import os, helpers\n"
        "folder = os.path.dirname(helpers.__file__)\n"
        "reached = not os.statvfs(folder).f_flag & os.ST_RDONLY",
        instead("--ro-bind", "--bind"),
    ),
    Attack(
        "write to the system",
        "import os\n"
        "ours = ('/tmp', '/dev/shm')\n"
        "places = [m.split()[1] for m in open('/proc/self/mounts')]\n"
        "devices = [p for p in places if p.startswith('/dev/') and not os.path.isdir(p)]\n"
        "reached = [p for p in places if not p.startswith(ours) and p not in devices\n"
        "           and p != '/dev/pts' and not os.statvfs(p).f_flag & os.ST_RDONLY]",
        without("--remount-ro", arguments=1),
    ),
    Attack(
        "fill the disk",
        "try:\n"
        "    for n in range(3):\n"
        "        with open(f'/tmp/{{n}}', 'wb') as file:\n"
        "            file.write(bytes(100_000_000))\n"
        "    reached = True\n"
        "except OSError:\n    reached = False\n"
        "import glob, os\n[os.remove(p) for p in glob.glob('/tmp/[012]')]",
        unbounded,
    ),
    Attack(
        "fill the shared memory",
        "try:\n"
        "    with open('/dev/shm/x', 'wb') as file:\n"
        "        file.write(bytes(100_000_000))\n"
        "    reached = True\n"
        "except OSError:\n    reached = False\n"
        "import os\nos.remove('/dev/shm/x')",
        unbounded,
    ),
    Attack(
        "type into the teacher's terminal",
        "import os\nreached = os.getsid(0) == 0",
        without("--new-session"),
    ),
    Attack(
        "become root of a namespace",
        "import subprocess\nreached = subprocess.run(['unshare', '-U', 'true']).returncode == 0",
        without("--disable-userns"),
    ),
]
