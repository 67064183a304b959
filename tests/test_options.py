"""Command-line options: a wrong value is refused in one sentence, before anything is done."""

import contextlib
import io

import pytest

from helpers.commands import bench, campaign, grade, lab


def refused(command, *arguments: str) -> str:
    """Return the message of a command that ends with status 2 before starting anything."""
    with contextlib.redirect_stderr(io.StringIO()) as printed, pytest.raises(SystemExit) as ended:
        command(list(arguments))
    assert ended.value.code == 2
    return printed.getvalue().splitlines()[-1]


HUGE = "9" * 5000
WHOLE = ["0", "-1", "nan", "1.5", "", "x", "1e3", HUGE]
SECONDS = ["0", "-1", "nan", "inf", "-inf", "1e9", "", "x", HUGE]


@pytest.mark.parametrize("value", SECONDS)
@pytest.mark.parametrize("option", ["--cell-seconds", "--seconds"])
def test_seconds_that_mark_everything_wrong_are_refused(tmp_path, option, value):
    """With 0, no cell would have any time, and every exercise would be marked "no"."""
    assert f"{option}: '{value}' must be a number of seconds from" in refused(
        grade.arguments, str(tmp_path), f"{option}={value}"
    )


@pytest.mark.parametrize("value", WHOLE)
@pytest.mark.parametrize(
    ("arguments", "option"), [(grade.arguments, "--at-once"), (campaign.arguments, "--entries")]
)
def test_a_count_is_a_whole_number_within_reason(arguments, option, value):
    """Neither zero, nor so many that it never ends."""
    told = refused(
        arguments, *(["DIR"] if arguments is grade.arguments else []), f"{option}={value}"
    )
    assert "must be a whole number from" in told or "is too large" in told


@pytest.mark.parametrize(
    "arguments",
    [
        ["--port=99999"],
        ["--port", "-1"],
        ["--port=x"],
        ["--ServerApp.port=65536"],
        ["--port-retries=-1"],
    ],
)
def test_a_port_that_is_none_is_refused(arguments):
    """Jupyter accepts 99999, and prints an address at which nobody listens."""
    assert (
        "must be a whole number from 0 up" in (told := refused(lab.check_ports, *arguments))
        or "65,535 is the most" in told
    )


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--port=0"],
        ["--port", "9000", "--no-browser"],
        ["--ip=*", "--ServerApp.port_retries=0"],
        ["-h"],
    ],
)
def test_other_arguments_are_jupyters(arguments):
    """They are passed on unchanged."""
    lab.check_ports(arguments)


@pytest.mark.parametrize("arguments", [campaign.arguments, bench.arguments])
def test_a_picture_needs_a_place(arguments):
    """A bad path is refused before minutes of measuring."""
    assert "there is no folder /no/such" in refused(arguments, "--chart", "/no/such/picture.svg")
    assert "must end in" in refused(arguments, "--chart", "picture.bmp")
