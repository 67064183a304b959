"""Short tracebacks in a notebook: the learner's own lines and the error, nothing between them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from types import TracebackType

from helpers import notebook

OURS = {"redis", "hiredis", "helpers"}
"""The packages whose frames say nothing about what a learner wrote."""

HIDDEN = OURS | sys.stdlib_module_names
"""Next to one of ours, the standard library's frames go, too: sockets, threads, contextlib."""

NOTE = "(%tb shows the full traceback.)"


def shorten() -> None:
    """Make IPython show short tracebacks; does nothing outside it, or where a handler is set."""
    shell = notebook.shell()
    if shell and not shell.custom_exceptions:
        shell.set_custom_exc((Exception, KeyboardInterrupt), show)


def show(
    shell, kind: type, error: BaseException, traceback: TracebackType, tb_offset: int | None = None
) -> None:
    """Show an error without our frames; `%tb` shows it whole. An error without any looks as always.

    The signature is that of IPython's `set_custom_exc`.
    """
    compiled = traceback.tb_frame.f_code is type(shell).run_code.__code__
    if not compiled:
        shell.showsyntaxerror()
    elif not any(_has_ours(each.__traceback__) for each in related(error)):
        shell.showtraceback((kind, error, traceback), running_compiled_code=True)
    else:
        with _cut(error):
            shell.showtraceback((kind, error, error.__traceback__), running_compiled_code=True)
        sys.last_traceback = traceback  # What %tb and %debug take


def own_lines(traceback: TracebackType | None) -> TracebackType | None:
    """Return a traceback without our frames and the standard library's next to them, or None."""
    kept: list[TracebackType] = []
    for hidden, run in groupby(_steps(traceback), lambda step: _package(step) in HIDDEN):
        steps = list(run)
        if not hidden or OURS.isdisjoint(map(_package, steps)):
            kept += steps
    short = None
    for step in reversed(kept):
        short = TracebackType(short, step.tb_frame, step.tb_lasti, step.tb_lineno)
    return short


def related(error: BaseException) -> list[BaseException]:
    """List an error, what it was raised from or during, and the members of groups, each once."""
    found = [error]
    for each in found:
        members = each.exceptions if isinstance(each, BaseExceptionGroup) else ()
        near = [*_chain(each), *members]
        found += [other for other in near if not _holds(found, other)]
    return found


@contextmanager
def _cut(error: BaseException) -> Iterator[None]:
    """Take away, for a moment, the frames and errors that aren't the learner's; note %tb."""
    errors = related(error)
    whole = [
        (each.__traceback__, each.__cause__, each.__context__, each.__suppress_context__)
        for each in errors
    ]
    short = [
        (own_lines(each.__traceback__), next(filter(_is_shown, _chain(each)), None))
        for each in errors
    ]
    error.add_note(NOTE)
    try:
        for each, (traceback, before) in zip(errors, short, strict=True):
            each.__traceback__ = traceback
            if each.__cause__ is None:
                each.__context__ = before
            else:
                each.__cause__ = before
        yield
    finally:
        error.__notes__.remove(NOTE)
        for each, (traceback, cause, context, suppressed) in zip(errors, whole, strict=True):
            each.__traceback__, each.__cause__, each.__context__ = traceback, cause, context
            each.__suppress_context__ = suppressed  # After the cause, which sets it


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Return the errors that this one was raised from or during, the nearest first."""
    seen = [error]
    while True:
        before = error.__cause__
        if before is None and not error.__suppress_context__:
            before = error.__context__
        if before is None or _holds(seen, before):
            return
        seen.append(error := before)
        yield error


def _holds(errors: list[BaseException], error: BaseException) -> bool:
    return any(error is each for each in errors)  # An error may define == as it likes


def _is_shown(error: BaseException) -> bool:
    return error.__traceback__ is None or own_lines(error.__traceback__) is not None


def _has_ours(traceback: TracebackType | None) -> bool:
    return any(_package(step) in OURS for step in _steps(traceback))


def _steps(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback:
        yield traceback
        traceback = traceback.tb_next


def _package(step: TracebackType) -> str:
    return step.tb_frame.f_globals.get("__name__", "").partition(".")[0]
