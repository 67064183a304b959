"""The tables of docs/measurements.md, made from the output of `bench --json` and `campaign --json`.

docs/measurements.json keeps those figures, so the page can be rewritten at any time.
"""

import json
import re
from pathlib import Path

from helpers.bench.report import sections
from helpers.campaign.versions import VERSIONS
from helpers.markdown import table

MEASUREMENTS, FIGURES = "docs/measurements.md", "docs/measurements.json"

COUNTS = {
    "lost": "lost",
    "stored twice": "stored_twice",
    "innocent": "innocent",
    "effect not once": "wrong_effects",
    "stranded": "stranded",
    "dead-lettered": "dead_lettered",
    "poison": "poison",
}


def take(root: Path, files: list[Path]) -> None:
    """Replace earlier figures with those in these files; write the page.

    Before changing anything, raises ValueError for a file that neither command wrote, and for a
    campaign that ended too early.
    """
    kept = json.loads((root / FIGURES).read_text("utf-8"))
    taken = [_figures(path) for path in files]
    if campaigns := [found for found in taken if isinstance(found, list)]:
        kept["campaign"] = campaigns
    for found in taken:
        if isinstance(found, dict):
            kept["bench"] = found
    page = root / MEASUREMENTS
    try:
        text = with_figures(page.read_text("utf-8"), kept)
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError(f"a file lacks figures ({error}): measure again") from None
    (root / FIGURES).write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")
    page.write_text(text, "utf-8")


def _figures(path: Path) -> dict | list:
    """Read a file that `bench --json` wrote (an object) or `campaign --json` (a list)."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{path} can't be read as JSON: {error}") from None
    first = found[0] if isinstance(found, list) and found else found
    if not isinstance(first, dict) or not {"throughput", "verdict"} & set(first):
        raise ValueError(f"{path} was written by neither `bench --json` nor `campaign --json`")
    return found


def with_figures(text: str, figures: dict) -> str:
    """Return the page's text with the tables of these figures between its marks."""
    parts = {
        "campaign": "\n\n".join(map(campaign, figures["campaign"])),
        "bench": bench(figures["bench"]),
    }
    for name, tables in parts.items():
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        new = f"{begin}\n{tables}\n{end}"
        text = re.sub(f"{begin}.*?{end}", lambda _, new=new: new, text, flags=re.DOTALL)
    return text


def campaign(results: list[dict]) -> str:
    """Return a sentence and a table for the runs of one campaign."""
    first = results[0]
    head = (
        f"{first['server']}, {first['machine']}, {first['date']}: {first['entries']:,} entries, "
        f"{first['planned']} faults, seed {first['seed']}."
    )
    rows = []
    for result in results:
        verdict, name = result["verdict"], result["version"]
        if verdict["produced"] < result["entries"]:
            raise ValueError(f"{name} ended before everything was stored: run the campaign again")
        counts = [(verdict | result)[key] for key in COUNTS.values()]
        rows.append([f"`{name}`: {VERSIONS[name].about}", *map("{:,}".format, counts)])
    return f"{head}\n\n{table(['version', *COUNTS], rows)}"


def bench(found: dict) -> str:
    """Return a sentence and a table of the ways, and the tables of the further sections."""
    rows = []
    for row in found["throughput"]:
        ends = row["ratios"][:1] + row["ratios"][-1:]
        rows.append([row["way"], f"{row['ratio']:.2f}", " – ".join(f"{end:.2f}" for end in ends)])
    where = f"{found['server']}, {found['machine']}, loopback, {found['date']}"
    head = f"{where}; medians of {found['throughput'][0]['rounds']} rounds."
    ways = table(["way", "ratio", "in single rounds"], rows)
    return "\n\n".join([head, ways, *sections(found)])
