"""Break a run on purpose, by a plan of faults, and count what got lost (--entries 100000 --seed 1;
--help for more)."""

import argparse
import contextlib
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

from helpers import options
from helpers.campaign import in_cluster, plan, report
from helpers.campaign.mine import PROGRAM
from helpers.campaign.run import CampaignRun, Result
from helpers.campaign.versions import OUR_VERSION, VERSIONS
from helpers.servers.own import name_of
from helpers.signals import end_now, handled
from helpers.trial.chronicle import TrialRun, chronicle, is_clean


def main(argv: list[str]) -> int:
    """Run the versions under the same plan; 1 unless ours (or whatever was run) stored
    everything and lost nothing."""
    wanted = arguments(argv)
    with handled(end_now, signal.SIGTERM):  # So that it cleans up
        if wanted.cluster or wanted.mine:
            return (run_in_cluster if wanted.cluster else run_mine)(wanted)
        results = [run(version, wanted) for version in wanted.version]
    print(report.as_json(results) if wanted.json else report.text(results))
    if wanted.chart:
        report.draw(results, wanted.chart)
    judged = [result for result in results if result.version == OUR_VERSION] or results
    return int(not all(result.clean for result in judged))


def arguments(argv: list[str]) -> argparse.Namespace:
    """Read the command line."""
    about = "\n".join(f"  {name:<12} {version.about}" for name, version in VERSIONS.items())
    entries, faults = options.whole(100, 100_000_000), options.whole(0, 1_000_000)
    parser = options.parser(
        "campaign",
        __doc__,
        epilog=f"versions:\n{about}",
        entries=(entries, 10_000, "how many entries are produced, each with a value of its own"),
        seed=(int, 1, "the same seed gives the same plan"),
        faults=(faults, 50, "how many faults the plan has"),
        server=(program, None, "another server's program, such as /usr/bin/redis-server"),
        chart=(options.picture, None, "also draw what was lost and duplicated (.svg, .png)"),
        json="print JSON instead of a table",
    )
    names, default = [*VERSIONS, "all"], [OUR_VERSION]
    parser.add_argument("--version", nargs="+", choices=names, default=default, metavar="NAME")
    parser.add_argument(
        "--cluster",
        action="store_true",
        help="break a Redis Cluster instead: slots move, masters freeze and die",
    )
    parser.add_argument(
        "--mine",
        type=own_file,
        metavar="FILE",
        help="break your own consumer instead, the file of lesson 17",
    )
    wanted = parser.parse_args(argv)
    other = " and ".join(f"--{name}" for name in ("cluster", "mine") if getattr(wanted, name))
    if other and (wanted.json or wanted.chart or wanted.version != [OUR_VERSION]):
        parser.error(f"{other} goes only with --entries, --seed, --faults and --server")
    if wanted.cluster and wanted.mine:
        parser.error("--mine and --cluster are two campaigns: choose one")
    if "all" in wanted.version:
        wanted.version = list(VERSIONS)
    wanted.version = list(dict.fromkeys(wanted.version))
    return wanted


def own_file(text: str) -> Path:
    """Return the path of a learner's program."""
    if not (path := Path(text)).is_file():
        raise argparse.ArgumentTypeError(f"there is no file {text}: lesson 17 creates it")
    return path


def program(text: str) -> str:
    """Return the absolute path of a server's program: a path, or a name on PATH."""
    if not (found := shutil.which(text)):
        why = "isn't an executable file" if Path(text).exists() else "doesn't exist"
        raise argparse.ArgumentTypeError(f"the program {text!r} {why}")
    try:
        name_of(found)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return os.path.abspath(found)


@contextlib.contextmanager
def progress(wanted: argparse.Namespace, name: str) -> Iterator[Callable[[int], None]]:
    """Show a progress bar, and give what is told how many entries have got there."""
    from tqdm import tqdm

    with tqdm(total=wanted.entries, desc=name, unit="entry", unit_scale=True) as bar:
        yield lambda number: bar.update(min(number, wanted.entries) - bar.n)


def run(version: str, wanted: argparse.Namespace) -> Result:
    """Run one version."""
    faults = plan.faults(wanted.entries, wanted.seed, wanted.faults)
    with progress(wanted, version) as told:
        return CampaignRun(
            version, wanted.entries, wanted.seed, faults, wanted.server, told
        ).result()


def run_mine(wanted: argparse.Namespace) -> int:
    """Break a learner's program; 1 unless it lost nothing."""
    os.environ[PROGRAM] = str(wanted.mine.resolve())
    with progress(wanted, wanted.mine.name) as told:
        run = TrialRun(wanted.entries, wanted.seed, wanted.faults, wanted.server, told)
        result = run.result()
    print(chronicle(result, run.account))
    return 0 if is_clean(result, run.account) else 1


def run_in_cluster(wanted: argparse.Namespace) -> int:
    """Break a cluster; 1 unless nothing was lost."""
    with progress(wanted, "cluster") as told:
        result = in_cluster.run(wanted.entries, wanted.seed, wanted.faults, wanted.server, told)
    print(in_cluster.table(result))
    return 0 if result.clean else 1
