"""`python3 -m helpers class`: a teacher starts a class, watches it, pauses a learner, and ends it;
nobody's password or data is lost or shown."""

import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest
import redis

from helpers.classroom import server
from helpers.connection import CannotConnect, connect
from helpers.servers import ports
from helpers.waiting import wait_until

pytestmark = pytest.mark.long
SECONDS = 60.0


def test_up_returns_and_each_learner_has_a_line_that_works(room):
    """The server outlives the command; each URL leads to the learner's own database."""
    done = room.up("Ann\nJürgen Weiß")
    assert done.returncode == 0 and "2 learners, 2 of them new" in done.stdout
    assert (
        f"127.0.0.1:{room.port}" in done.stdout and "Only programs on this machine" in done.stdout
    )
    for number, learner in enumerate(room.learners()):
        r = room.client(number)
        r.xadd("stream", {"who": learner.name})
        assert r.xlen("stream") == 1
        assert f"{learner.name}:\n{learner.line}\n" in room.folder.lines.read_text("utf-8")


def test_no_password_is_shown(room):
    """Not on the terminal, in the process list, in the server's log or to other users of the
    machine; the server itself keeps a digest."""
    shown = room.up("Ann\nBob").stdout
    shown += room.run("status").stdout + room.run("pause", "Bob").stdout
    shown += room.folder.log.read_text("utf-8") + room.folder.users.read_text("utf-8")
    shown += "".join(" ".join(p.info["cmdline"] or ()) for p in psutil.process_iter(["cmdline"]))
    secrets = [each.password for each in room.learners()]
    secrets.append(room.folder.teacher.read_text("utf-8").split(":")[2].partition("@")[0])
    assert [secret for secret in secrets if secret in shown] == []
    assert len(set(secrets)) == 3 and min(map(len, secrets)) > 20
    files = [path for path in room.folder.path.rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE(room.folder.path.stat().st_mode) == 0o700


def test_everything_survives_a_restart(room):
    """`class down`, then `class up`: the same passwords, data and pauses; a new name gets a user,
    and a name no longer listed keeps everything."""
    room.up("Ann\nBob")
    before = room.learners()
    room.client(0).xadd("stream", {"value": 1})
    room.run("pause", "Bob")
    assert room.run("down").returncode == 0 and not server.is_up(room.folder)
    done = room.up("Bob\nCarol")
    assert "3 learners, 1 of them new" in done.stdout
    assert "No longer in" in done.stdout and "Ann" in done.stdout
    assert room.learners()[:2] == before
    assert room.client(0).xlen("stream") == 1 and room.client(2).ping()
    with pytest.raises(CannotConnect):
        room.client(1)
    assert room.run("resume", "Bob").returncode == 0 and room.client(1).ping()


def test_up_again_disturbs_nobody(room):
    """A learner is added while the class works: connections stay open, and passwords stay the
    same."""
    room.up("Ann")
    ann = room.client(0)
    ann.xadd("stream", {"value": 1})
    number = ann.client_id()
    assert "2 learners, 1 of them new" in room.up("Ann\nBob").stdout
    assert ann.client_id() == number and room.client(1).ping()


@pytest.mark.parametrize("moment", ["a kill of the server", "a kill of the command"])
def test_a_kill_loses_nothing(room, moment):
    """`class up` recovers from either kill; entries stored a second before are still there."""
    if moment == "a kill of the command":
        room.names.write_text("name\nAnn\nBob\n", "utf-8")
        words = ("up", "--roster", str(room.names), "--port", str(room.port))
        command = [sys.executable, "-m", "helpers", "class", *words, "--data"]
        child = subprocess.Popen([*command, str(room.folder.path)], stdout=subprocess.DEVNULL)
        wait_until(lambda: room.folder.users.exists(), SECONDS, "the server's first file")
        child.kill()
        child.wait()
        room.up("Ann\nBob")
    else:
        room.up("Ann\nBob")
        passwords = [each.password for each in room.learners()]
        room.client(0).xadd("stream", {"value": 1})
        with server.teacher(room.folder) as r:
            wait_until(
                lambda: r.info("persistence")["aof_pending_bio_fsync"] == 0, SECONDS, "the disk"
            )
            pid = r.info("server")["process_id"]
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not server.is_up(room.folder), SECONDS, "the server's end")
        assert "No class is up" in room.run("status").stderr
        room.up("Ann\nBob")
        assert passwords == [each.password for each in room.learners()]
        assert room.client(0).xlen("stream") == 1
    assert room.client(0).ping() and room.client(1).ping()


def test_a_paused_learner_is_out_at_once(room):
    """Connections end, even a blocked one, and no new one is accepted; others notice nothing."""
    room.up("Ann\nBob")
    ann, bob = room.client(0), room.client(1)
    assert bob.ping()
    errors = []

    def wait():
        try:
            with connect(room.learners()[1].url, timeout=90) as r:
                r.xread({"stream": "$"}, block=80_000)
        except redis.RedisError as error:
            errors.append(error)

    waiting = threading.Thread(target=wait)
    waiting.start()
    with server.teacher(room.folder) as r:
        wait_until(lambda: r.info("clients")["blocked_clients"] == 1, SECONDS, "bob's read")
    done = room.run("pause", "Bob")
    assert done.returncode == 0 and "2 connections ended" in done.stdout
    waiting.join(SECONDS)
    assert errors and isinstance(errors[0], redis.ConnectionError)
    for attempt in (bob.ping, lambda: room.client(1)):
        with pytest.raises((redis.ConnectionError, redis.AuthenticationError)):
            attempt()
    assert ann.ping() and "Bob (paused)" in room.run("status").stdout


def test_status_shows_who_uses_how_much(room):
    """Those who use the most come first; other learners' keys don't count."""
    room.up("Ann\nBob")
    bob = room.client(1)
    with bob.pipeline() as pipe:
        for n in range(300):
            pipe.xadd(f"stream:{n % 150}", {"value": "x" * 1000})
        pipe.execute()
    rows = [line for line in room.run("status").stdout.splitlines() if "|" in line]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]
    assert [row[0] for row in cells] == ["Bob", "Ann"]
    # The extra key is the record that the board reads
    assert cells[0][2:5] == ["2", "1", "151"] and cells[1][2:] == ["1", "0", "1", "0"]
    assert 300 <= int(cells[0][5].replace(",", "")) <= 900


def test_a_server_without_permissions_per_database_is_refused(room, program, server_name):
    """Debian's Redis gets one sentence, and nothing is left behind; the embedded server is fine."""
    done = room.up("Ann", "--server", program)
    if "valkey" in program:
        assert done.returncode == 0 and room.client(0).ping()
        return
    assert done.returncode == 1 and not server.is_up(room.folder)
    assert f"{server_name} has no permissions per database" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_port_that_is_taken_is_refused(room):
    """In one sentence; another port can be named then."""
    other, claim = ports.claim_port()
    with claim, ports.socket.create_server(("127.0.0.1", room.port)):
        done = room.up("Ann")
        assert done.returncode == 1 and f"127.0.0.1, port {room.port}" in done.stderr
        room.port = other
        assert room.up("Ann").returncode == 0


def test_an_address_of_the_network_is_told_from_the_loopback(room):
    """The command explains what it means that others can reach the server; a wildcard address is
    refused."""
    for wrong in ("0.0.0.0", "::", "school", "127.0.0.1:6400", ""):
        done = room.up("Ann", "--bind", wrong)
        assert done.returncode == 1 and "--bind must be the one IP address" in done.stderr
    addresses = [a.address for each in psutil.net_if_addrs().values() for a in each]
    outside = [a for a in addresses if a.count(".") == 3 and not a.startswith("127.")]
    for bind in outside[:1] or ["127.0.0.2"]:
        done = room.up("Ann", "--bind", bind)
        assert ("this server has no TLS" in done.stdout) is (bind in outside)
        assert f"@{bind}:" in room.learners()[0].url and room.client(0).ping()
        assert room.up("Ann").returncode == 0 and f"@{bind}:" in room.learners()[0].url
        moved = room.up("Ann", "--bind", "127.0.0.1")
        assert moved.returncode == 1 and "`class down` ends it" in moved.stderr


def test_a_folder_with_other_files_is_refused(room):
    """Nothing in it is touched."""
    room.folder.path.mkdir()
    (room.folder.path / "exam.txt").write_text("mine")
    done = room.up("Ann")
    assert done.returncode == 1 and "holds other files, and no class" in done.stderr
    assert os.listdir(room.folder.path) == ["exam.txt"]


def test_a_bad_roster_changes_nothing(room):
    """Neither the running class nor its list."""
    room.up("Ann")
    before = room.folder.roster.read_text("utf-8")
    done = room.up("Ann\nBob\nbob")
    assert done.returncode == 1 and "row 4: 'bob' is also in row 3" in done.stderr
    assert room.folder.roster.read_text("utf-8") == before and room.client(0).ping()


@pytest.mark.parametrize("verb", ["status", "down", "pause", "resume"])
def test_without_a_class_each_verb_says_so(room, verb):
    """In one sentence, with status 1."""
    done = room.run(verb, *(["Ann"] if verb in ("pause", "resume") else []))
    assert done.returncode == 1 and done.stdout == ""
    assert "class up" in done.stderr and len(done.stderr.strip().splitlines()) == 1


def test_two_commands_at_once_take_turns(room):
    """The second must wait, and nobody gets two passwords."""
    room.up("Ann")
    with room.folder.alone():
        done = room.up("Ann\nBob")
    assert done.returncode == 1 and "wait for it to end" in done.stderr
    assert len(room.learners()) == 1


def test_a_script_that_does_not_end_is_ended_by_a_pause(room):
    """With --own-scripts, a learner can block the server for everybody until the teacher pauses
    them."""
    room.up("Ann\nBob", "--own-scripts")
    bob = room.client(1)
    running = threading.Thread(target=lambda: pytest.raises(redis.RedisError, endless, bob))

    def endless(r):
        r.eval("while true do end", 0)

    running.start()
    with pytest.raises((redis.RedisError, RuntimeError)):
        wait_until(lambda: not room.client(0).ping(), SECONDS, "a busy server")
    assert room.run("pause", "Bob").returncode == 0
    running.join(SECONDS)
    assert room.client(0).ping()


def test_the_folder_is_in_the_home_unless_it_is_named(monkeypatch, tmp_path):
    """Where the system keeps data, not in the checkout."""
    from helpers.classroom import folder

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert folder.default() == tmp_path / ".local" / "share" / "redis-streams-class"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert folder.default() == Path(tmp_path / "data" / "redis-streams-class")
