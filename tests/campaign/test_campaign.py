"""The fault campaign: nothing is lost, naive versions are caught, the arithmetic can fail, and
nothing is left behind."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.campaign import ledger, ours, plan, report, verdict
from helpers.campaign.job import EFFECTS, GROUP, STREAM, Handling, Job, fields
from helpers.campaign.stage import Stage
from helpers.campaign.versions import OUR_VERSION, VERSIONS
from helpers.commands import campaign
from helpers.confirming import TooFewReplicas
from helpers.connection import connect
from helpers.markdown import table
from helpers.servers.guard import paths
from helpers.servers.own import OwnServer
from helpers.streams import dead_letter, ensure_group, pending, read_group
from helpers.waiting import wait_until

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]


# The plan


@given(st.integers(100, 10_000), st.integers(0, 100), st.integers(0, 60))
def test_the_same_seed_gives_the_same_plan(entries, seed, count):
    """As many faults as requested, in order, within the run; another seed gives another plan."""
    planned = plan.faults(entries, seed, count)
    assert planned == plan.faults(entries, seed, count) and len(planned) == count
    places = [fault.at for fault in planned]
    assert places == sorted(places) and all(0 < at < entries for at in places)
    assert plan.oddities(entries, seed) == plan.oddities(entries, seed)
    if count > 5:
        assert planned != plan.faults(entries, seed + 1, count)


@given(st.integers(0, 100), st.integers(len(plan.WEIGHTS), 60))
def test_a_plan_that_is_long_enough_has_every_kind(seed, count):
    """And poison of both kinds, and entries that aren't UTF-8."""
    assert {fault.kind for fault in plan.faults(1000, seed, count)} == set(plan.WEIGHTS)
    assert set(plan.oddities(1000, seed).values()) == {plan.RAISES, plan.KILLS, plan.BYTES}


# The arithmetic, on a run with a known outcome


@pytest.fixture
def scene(tmp_path):
    """A separate server with twenty entries that two ledgers call stored and handled; `odd` has its
    odd entries by kind."""
    odd = plan.oddities(20, 1)
    with OwnServer() as own, connect(own.url) as r:
        ensure_group(r, STREAM, GROUP)
        for value in range(20):
            r.xadd(STREAM, fields(value, odd.get(value)))
        for entry, line in zip(
            read_group(r, STREAM, GROUP, "c1", count=20), pending(r, STREAM, GROUP), strict=True
        ):
            value = int(entry.fields["value"])
            if odd.get(value) in (plan.RAISES, plan.KILLS):
                dead_letter(r, STREAM, GROUP, line, "poison")
            else:
                ledger.Ledger(tmp_path, "c1", ledger.HANDLED).note(value)
                r.hincrby(EFFECTS, value, 1)
                r.xack(STREAM, GROUP, entry.id)
        ledger.Ledger(tmp_path, "p1", ledger.STORED).note(*range(20))
        yield r, tmp_path, next(value for value in range(20) if value not in odd)


def counted(scene) -> verdict.Balance:
    """Return the judge's counts."""
    return verdict.judge(scene[0], scene[1], 20, 1)


def test_a_perfect_run_is_clean(scene):
    """Twenty produced, four of them poison and dead-lettered, the rest handled once."""
    found = counted(scene)
    assert found.clean and (found.produced, found.handled, found.dead_lettered, found.poison) == (
        20,
        16,
        4,
        4,
    )


def test_a_loss_is_found(scene):
    """An entry that its producer calls stored and nobody handled."""
    ledger.Ledger(scene[1], "p1", ledger.STORED).note(20)
    assert counted(scene).lost == 1 and not counted(scene).clean


@pytest.mark.parametrize(
    "harm, field",
    [
        (lambda r, value: r.xadd(STREAM, {"value": value}), "stored_twice"),
        (lambda r, value: r.hincrby(EFFECTS, value, 1), "wrong_effects"),
        (lambda r, value: r.hdel(EFFECTS, value), "wrong_effects"),
        (lambda r, value: r.xadd(STREAM + ":dead", {"value": value}), "innocent"),
        (
            lambda r, value: (
                r.xgroup_setid(STREAM, GROUP, "0")
                and r.xreadgroup(GROUP, "c1", {STREAM: ">"}, count=1)
            ),
            "pending",
        ),
    ],
    ids=["stored twice", "two effects", "no effect", "innocent", "pending"],
)
def test_each_wrong_is_counted(scene, harm, field):
    """A single wrong makes the run unclean."""
    harm(scene[0], scene[2])
    assert getattr(counted(scene), field) == 1 and not counted(scene).clean


def test_poison_that_nobody_dead_lettered_is_lost(scene):
    """It was neither handled nor kept for a human."""
    scene[0].delete(STREAM + ":dead")
    assert (counted(scene).lost, counted(scene).dead_lettered) == (4, 0) and not counted(
        scene
    ).clean


def test_a_second_handling_is_counted_and_allowed(scene):
    """A consumer promises at least once; only its effect must happen exactly once."""
    ledger.Ledger(scene[1], "c2", ledger.HANDLED).note(scene[2])
    assert counted(scene).handled_twice == 1 and counted(scene).clean


def test_values_are_read_in_pages(scene, monkeypatch):
    """A long stream takes several replies."""
    monkeypatch.setattr(verdict, "PAGE", 7)
    assert Counter(verdict.values(scene[0], STREAM)) == Counter(range(20))


@pytest.fixture
def database():
    """The database that handlers write to."""
    with OwnServer() as own:
        yield own


def test_what_a_killed_process_noted_stays_noted(tmp_path, database):
    """The note comes first; a moment later, poison kills the process."""
    code = """
import sys
from helpers.campaign.job import Handling, Job
handling = Handling(Job("c1", 1, "ours", "", *sys.argv[1:], 10, 1))
handling({"value": "7"})
handling({"value": "8", "work": "kill"})
"""
    assert (
        subprocess.run(
            [sys.executable, "-c", code, database.url, str(tmp_path)], cwd=ROOT
        ).returncode
        == -signal.SIGKILL
    )
    assert ledger.read(tmp_path, ledger.HANDLED) == [7]


def test_handling_poison_raises_and_notes_nothing(tmp_path, database):
    """Bytes that aren't text aren't poison."""
    handling = Handling(Job("c1", 1, OUR_VERSION, "", database.url, str(tmp_path), 10, 1))
    with pytest.raises(ValueError):
        handling({"value": "1", "work": plan.RAISES})
    assert handling({"value": "2", "work": "\\xff\\xfe"}) == 2
    assert ledger.read(tmp_path, ledger.HANDLED) == [2]


# Whole runs


def run(capsys, *arguments: str) -> tuple[int, list[dict]]:
    """The command's exit status and results."""
    status = campaign.main([*arguments, "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_ours_loses_nothing(program, server_name, capsys):
    """Five thousand entries, fifteen faults of all kinds: nothing lost or stored twice, all poison
    set aside, each effect once."""
    status, [result] = run(
        capsys, "--entries", "5000", "--faults", "15", "--seed", "7", "--server", program
    )
    assert (status, result["clean"], result["stuck"]) == (0, True, False), result
    assert result["stranded"] == 0
    assert result["verdict"]["produced"] == 5000 and set(result["faults"]) == set(plan.WEIGHTS)
    assert result["server"].lower().replace(" ", "-") == server_name


def test_a_naive_version_loses_and_stores_twice(capsys, tmp_path):
    """A campaign that is too gentle would prove nothing; the chart shows the losses."""
    status, [result] = run(
        capsys,
        "--entries",
        "600",
        "--faults",
        "11",
        "--version",
        "noack",
        "--chart",
        f"{tmp_path}/chart.svg",
    )
    found = result["verdict"]
    assert status == 1 and found["lost"] > found["poison"] and found["stored_twice"] > 0
    assert "<svg" in (tmp_path / "chart.svg").read_text("utf-8")


@pytest.mark.parametrize("version", ["aio", "confirmed", "aio-confirmed"])
def test_asyncio_and_confirmed_producers_lose_nothing(version, program, capsys):
    """With three thousand entries and a fault of each kind, tasks do as well as threads, and so do
    producers that wait for a replica."""
    wanted = "--entries", "3000", "--faults", "11", "--seed", "7", "--version", version
    status, [result] = run(capsys, *wanted, "--server", program)
    assert (status, result["clean"], result["stuck"], result["stranded"]) == (0, True, False, 0)
    assert result["verdict"]["produced"] == 3000 and set(result["faults"]) == set(plan.WEIGHTS)


@pytest.mark.parametrize("replicas", [0, 1])
def test_a_confirmed_producer_stores_nothing_for_good_without_its_replica(replicas, tmp_path):
    """The stage of such a version has the replica that must confirm."""
    version = VERSIONS["confirmed"]
    job = Job("p1", 1, "confirmed", "", "", str(tmp_path), 100, 1)
    ledger.Gate(tmp_path).open(100)
    with Stage(None, replace(version, replicas=replicas)) as stage:
        expected = contextlib.nullcontext() if replicas else pytest.raises(TooFewReplicas)
        with expected, pytest.MonkeyPatch.context() as patch:
            patch.setattr(ours, "PATIENCE", 10 if replicas else 0.2)
            version.produce(replace(job, url=stage.own.url))
    assert len(ledger.read(tmp_path, ledger.STORED)) == 50 * replicas


@pytest.mark.parametrize("version", ["no-pause", "no-hand-back", "aio-no-hand-back"])
def test_a_rule_that_is_left_out_does_damage(version, capsys):
    """If outages count as poison, good entries are dead-lettered; entries that aren't handed back
    must wait. A fault may find a consumer between two batches, so one of three plans will do."""

    def harm(seed: int) -> int:
        wanted = "--entries", "2000", "--faults", "22", "--seed", str(seed), "--version", version
        _, [result] = run(capsys, *wanted)
        return result["verdict"]["innocent"] if version == "no-pause" else result["stranded"]

    assert any(map(harm, (3, 4, 5)))


def scratch() -> set[Path]:
    """The temporary files of running servers and proxies."""
    return {
        path
        for kind in ("own", "proxy")
        for path in paths.short_directory().glob(f"redis-streams-{kind}-*")
    }


@pytest.mark.parametrize("number, status", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_campaign_leaves_nothing_behind(number, status):
    """After Ctrl-C in mid-run, processes and directories are gone, whichever of them was frozen."""
    before = scratch()
    command = [
        sys.executable,
        "-m",
        "helpers",
        "campaign",
        "--entries",
        "100000",
        "--faults",
        "100",
    ]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as outer:
        try:
            family = psutil.Process(outer.pid)
            wait_until(lambda: workers_at_work(scratch() - before), 60, "the workers")
            children = family.children(recursive=True)
            outer.send_signal(number)
            assert outer.wait(30) == status
        finally:
            outer.kill()
    assert len(children) >= 6 and psutil.wait_procs(children, 10)[1] == []
    wait_until(lambda: scratch() <= before, 10, "the directories to be removed")


def workers_at_work(directories: set[Path]) -> bool:
    """Tell whether four consumers have begun."""
    return any(len(list(path.glob("ledgers/c*.handled"))) == 4 for path in directories)


# The command line


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["--entries", "9"], "--entries: '9' must be a whole number from 100 up"),
        (["--entries", "many"], "--entries: 'many' must be"),
        (["--faults", "-1"], "--faults: "),
        (["--seed", "x"], "--seed: invalid int value: 'x'"),
        (["--server", "/no/such/server"], "--server: the program '/no/such/server' doesn't exist"),
        (["--server", __file__], f"--server: the program {__file__!r} isn't an executable file"),
        (["--server", "/"], "--server: the program '/' isn't an executable file"),
        (
            ["--server", "/bin/true"],
            "--server: /bin/true is not the program of a Redis or Valkey server",
        ),
        (["--version", "mine"], "--version: invalid choice: 'mine'"),
        (["--chart", "/no/such/folder/chart.svg"], "--chart: there is no folder /no/such/folder"),
        (["--chart", "chart.xyz"], "--chart: "),
    ],
)
def test_wrong_arguments_are_named_before_anything_runs(arguments, words, capsys):
    """Status 2 and a sentence."""
    with pytest.raises(SystemExit) as ended:
        campaign.main(arguments)
    assert ended.value.code == 2 and words in capsys.readouterr().err


def test_a_server_is_found_from_here(tmp_path, monkeypatch):
    """The server starts in a directory of its own, so a relative path and a name on PATH are
    resolved first."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "server").symlink_to(paths.binary())
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
    for text in ("../bin/server", "server"):
        found = campaign.arguments(["--server", text]).server
        assert os.path.isabs(found) and os.path.samefile(found, paths.binary())
    with OwnServer("../bin/server") as own:
        assert own.pid


def test_all_means_all():
    """Each version runs once, in the order of the list."""
    assert campaign.arguments(["--version", "ours", "all"]).version == list(VERSIONS)
    assert campaign.arguments(["--version", "go", "ours", "go"]).version == ["go", "ours"]


COUNTS = verdict.Balance(1000, 0, 990, 3, 10, 10, 0, 0, 0, 0, 0)
RESULT = report.Result(
    OUR_VERSION, "Redis 7.0.15", 1000, 1, 2, {plan.CUT: 2}, 1, 0, False, 9.6, "", COUNTS
)


@pytest.mark.parametrize(
    "harm",
    [
        {"stuck": True},
        {"stranded": 1},
        {"verdict": replace(COUNTS, produced=999)},
        {"verdict": verdict.Balance(*[0] * 11)},
    ],
    ids=["stuck", "stranded", "not all stored", "nothing stored"],
)
def test_a_run_that_proves_nothing_is_not_clean(harm, monkeypatch, capsys):
    """Nothing is lost if nothing was stored; the exit status says so, too."""
    assert RESULT.clean and not replace(RESULT, **harm).clean
    monkeypatch.setattr(campaign, "run", lambda *_: replace(RESULT, **harm))
    assert campaign.main(["--entries", "1000"]) == 1
    stored = replace(RESULT, **harm).verdict.produced
    assert (f"only {stored} of 1,000" in capsys.readouterr().out) == (stored < 1000)


def test_the_table_is_markdown():
    """Every line has as many cells as the first."""
    result = RESULT
    lines = table(report.COLUMNS, [report.row(result)] * 2).splitlines()
    assert (
        len(lines) == 4
        and len({line.count("|") for line in lines} | {len(line) for line in lines}) == 2
    )
    assert "10 of 10" in lines[2] and "2 × cut connections" in report.text([result])
