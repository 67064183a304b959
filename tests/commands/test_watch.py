"""The stream in a terminal, with a verdict."""

import os
import subprocess
import sys

from helpers.streams import ensure_group, read_group


def watch(url: str, *arguments: str) -> subprocess.CompletedProcess:
    """Run the command as a separate process, against a given server."""
    code = "import sys; from helpers.commands.watch import main; sys.exit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=os.environ | {"REDIS_URL": url},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_it_shows_the_picture_and_the_verdict(r, url, stream):
    """Three looks at the entries of a dead consumer."""
    ensure_group(r, stream, "team")
    for n in range(3):
        r.xadd(stream, {"value": n})
    read_group(r, stream, "team", "alice")
    done = watch(url, stream, "--longest-handler", "10", "--looks", "3", "--every", "0.1")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("3 entries · lag 0 · pending 3") == 3
    assert "No verdict yet" in done.stdout and "Verdict: consumer dead: let a live" in done.stdout
    assert "\x1b" not in done.stdout
    assert r.xpending_range(stream, "team", "-", "+", 1)[0]["times_delivered"] == 1


def test_without_the_longest_handler_it_gives_no_verdict(url, stream):
    """Only the caller can know it."""
    done = watch(url, stream, "--looks", "1")
    assert done.returncode == 0 and "There is no stream" in done.stdout
    assert "erdict" not in done.stdout


def test_a_server_that_is_away_is_one_sentence(tmp_path):
    """Exit status 1, without a traceback."""
    done = watch(f"unix://{tmp_path}/none.sock", "orders")
    assert done.returncode == 1 and done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1 and "Traceback" not in done.stderr


def test_a_wrong_argument_is_refused(url):
    """Before anything is sent to the server."""
    done = watch(url, "orders", "--longest-handler", "0")
    assert done.returncode == 2 and "'0' must be a whole number from 1 up" in done.stderr
