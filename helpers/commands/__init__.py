"""What `python3 -m helpers` runs: one module a command, each with `main(argv) -> int`; standard
library only here."""

import ast
import importlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

from helpers.setup import environment, surroundings

STATUS_OF_CTRL_C = 130  # What shells report for a program that Ctrl-C ended


def names() -> dict[str, str]:
    """Return each command's name and its docstring's first paragraph, without importing it."""
    files = sorted(p for p in Path(__file__).parent.glob("*.py") if not p.stem.startswith("_"))
    texts = {p.stem: ast.get_docstring(ast.parse(p.read_text("utf-8"))) or "" for p in files}
    return {name: " ".join(text.partition("\n\n")[0].split()) for name, text in texts.items()}


def usage() -> str:
    """Return the list of commands for --help."""
    texts = names()
    width = max(map(len, texts))
    lines = [f"  {name:<{width}} {text}" for name, text in texts.items()]
    return "\n".join(["usage: python3 -m helpers COMMAND [arguments]", "", *lines])


def main(argv: list[str]) -> int:
    """Run the command that argv names, in the environment that has what it needs."""
    surroundings.print_anything()
    if argv and argv[0] in ("-h", "--help", "help"):
        print(usage())
        return 0
    if not argv or argv[0] not in names():
        wrong = f"There is no command {argv[0]!r}." if argv else "Say which command to run."
        print(f"{wrong} The commands are: {', '.join(names())}.", file=sys.stderr)
        return 2
    try:
        if sentence := surroundings.sentence():
            environment.say(sentence)
        python = environment.ensure()
        if python == sys.executable and surroundings.suits():
            return run_here(*argv)
        return pass_on([python, "-m", "helpers", *argv], surroundings.calm())
    except KeyboardInterrupt:
        return STATUS_OF_CTRL_C


def run_here(name: str, *argv: str) -> int:
    """Run a command in this process, which has all that requirements.txt names."""
    try:
        return importlib.import_module(f"helpers.commands.{name}").main(list(argv))
    except ImportError as error:
        if (error.name or "").startswith("helpers"):
            raise
        way = f"delete the folder {environment.ROOT / '.venv'}, then run the same command again"
        print(f"{error} in {sys.prefix}: {way}.", file=sys.stderr)
        return 1


def pass_on(command: list[str], env: dict[str, str] | None = None) -> int:
    """Run a program to its end, with this one's signals, and return its exit status."""
    early: list[int] = []  # What comes before there is a child: it would end this process alone.
    child: subprocess.Popen | None = None

    def forward(number: int, frame: FrameType | None) -> None:
        if number == signal.SIGINT and in_foreground():
            return  # Ctrl-C reaches the child by itself; one sent to us alone is passed on.
        child.send_signal(number) if child else early.append(number)

    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP.
        if number and signal.getsignal(number) != signal.SIG_IGN:  # As nohup leaves SIGHUP.
            signal.signal(number, forward)
    child = subprocess.Popen(command, env=env)
    for number in early:
        child.send_signal(number)
    status = child.wait()
    return status if status >= 0 else 128 - status


def in_foreground() -> bool:
    """Tell whether a terminal sends its Ctrl-C to this process and its children."""
    if os.name == "nt":
        return True
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY)
    except OSError:  # No terminal at all
        return False
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    finally:
        os.close(terminal)
