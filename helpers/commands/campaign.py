"""Break a run on purpose, by a plan of faults, and count what got lost (--entries 100000 --seed 1;
--help for more)."""

import argparse
import contextlib
import os
import shutil
import signal
import sys
from pathlib import Path

from helpers.campaign import in_cluster, plan, report
from helpers.campaign.run import CampaignRun, Result
from helpers.campaign.versions import OUR_VERSION, VERSIONS
from helpers.options import picture, whole
from helpers.servers.own import name_of


def main(argv: list[str]) -> int:
    """Run the versions one after another under the same plan; 1 unless ours (or whatever was run)
    lost nothing."""
    wanted = arguments(argv)
    if wanted.cluster:
        with ended_by_sigterm():
            return run_in_cluster(wanted)
    with ended_by_sigterm():
        results = [run(version, wanted) for version in wanted.version]
    print(report.as_json(results) if wanted.json else report.text(results))
    if wanted.chart:
        report.draw(results, wanted.chart)
    judged = [result for result in results if result.version == OUR_VERSION] or results
    return 0 if all(result.verdict.clean for result in judged) else 1


def arguments(argv: list[str]) -> argparse.Namespace:
    """Read the command line; ends with status 2 and a sentence if it is wrong."""
    about = "\n".join(f"  {name:<12} {version.about}" for name, version in VERSIONS.items())
    parser = argparse.ArgumentParser(
        "python3 -m helpers campaign",
        description=__doc__,
        epilog=f"versions:\n{about}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--entries",
        type=whole(100, 100_000_000),
        default=10_000,
        help="how many entries are produced, each with a value of its own",
    )
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same plan")
    parser.add_argument(
        "--faults", type=whole(0, 1_000_000), default=50, help="how many faults the plan has"
    )
    parser.add_argument(
        "--server",
        metavar="PATH",
        type=program,
        help="another server's program, such as /usr/bin/redis-server",
    )
    parser.add_argument(
        "--version",
        metavar="NAME",
        nargs="+",
        choices=[*VERSIONS, "all"],
        default=[OUR_VERSION],
        help="one or more, or all",
    )
    parser.add_argument(
        "--chart",
        metavar="FILE",
        type=picture,
        help="also draw what was lost and duplicated (.svg, .png)",
    )
    parser.add_argument(
        "--cluster",
        action="store_true",
        help="break a Redis Cluster instead: slots move, masters freeze and die",
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    wanted = parser.parse_args(argv)
    if wanted.cluster and (wanted.json or wanted.chart or wanted.version != [OUR_VERSION]):
        parser.error("--cluster goes with --entries, --seed, --faults and --server alone")
    if "all" in wanted.version:
        wanted.version = list(VERSIONS)
    wanted.version = list(dict.fromkeys(wanted.version))
    return wanted


def program(text: str) -> str:
    """Return the absolute path of a server's program: a path, or a name on PATH."""
    if not (found := shutil.which(text)):
        why = "isn't executable" if Path(text).is_file() else "doesn't exist"
        raise argparse.ArgumentTypeError(f"the program {text} {why}")
    try:
        name_of(found)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return os.path.abspath(found)


def run(version: str, wanted: argparse.Namespace) -> Result:
    """Run one version, with a progress bar."""
    from tqdm import tqdm

    faults = plan.faults(wanted.entries, wanted.seed, wanted.faults)
    with tqdm(total=wanted.entries, desc=version, unit="entry", unit_scale=True) as bar:

        def progress(delivered: int) -> None:
            bar.update(min(delivered, wanted.entries) - bar.n)

        return CampaignRun(
            version, wanted.entries, wanted.seed, faults, wanted.server, progress
        ).result()


def run_in_cluster(wanted: argparse.Namespace) -> int:
    """Break a cluster, with a progress bar; 1 unless nothing was lost."""
    from tqdm import tqdm

    with tqdm(total=wanted.entries, desc="cluster", unit="entry", unit_scale=True) as bar:
        result = in_cluster.run(
            wanted.entries,
            wanted.seed,
            wanted.faults,
            wanted.server,
            lambda stored: bar.update(stored - bar.n),
        )
    print(in_cluster.table(result))
    return 0 if result.clean else 1


@contextlib.contextmanager
def ended_by_sigterm():
    """Clean up also when the process is asked to end by SIGTERM."""
    before = signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
