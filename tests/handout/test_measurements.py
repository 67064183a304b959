"""docs/measurements.md: its tables are made from the figures that the two commands printed."""

import json
import shutil

import pytest

from helpers.commands import measurements as command
from helpers.handout.measurements import FIGURES, MEASUREMENTS, take, with_figures
from helpers.setup.environment import ROOT

BENCH = {
    "date": "2030-01-02",
    "machine": "Python 3.14.0, 96 cores, Linux x86_64",
    "server": "Redis 9.0.0",
    "throughput": [{"way": "helpers", "ratio": 3.456, "ratios": [2.0, 3.456, 4.0], "rounds": 3}],
    "latency": {"Alone": [{"way": "PING", "p50 ms": 0.1234}]},
}


@pytest.fixture
def root(tmp_path):
    """A writable folder with the page and its figures."""
    (tmp_path / "docs").mkdir()
    for name in (MEASUREMENTS, FIGURES):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_the_page_is_what_its_figures_make():
    """Nobody types a figure by hand: run `python3 -m helpers measurements`."""
    page = (ROOT / MEASUREMENTS).read_text("utf-8")
    figures = json.loads((ROOT / FIGURES).read_text("utf-8"))
    assert with_figures(page, figures) == page
    for name in ("bench", "campaign"):
        assert page.count(f"<!-- {name}: begin -->\n") == 1 and f"\n<!-- {name}: end -->" in page


def test_new_figures_take_the_place_of_their_kind_alone(root, tmp_path):
    """With their date and machine; the campaign's figures stay."""
    (tmp_path / "bench.json").write_text(json.dumps(BENCH))
    before = json.loads((root / FIGURES).read_text("utf-8"))
    take(root, [tmp_path / "bench.json"])
    page = (root / MEASUREMENTS).read_text("utf-8")
    assert (
        "Redis 9.0.0, Python 3.14.0, 96 cores, Linux x86_64, loopback, 2030-01-02; medians of 3"
        in page
    )
    assert "3.46" in page and "2.00 – 4.00" in page and "0.12" in page and "walrus" not in page
    assert json.loads((root / FIGURES).read_text("utf-8"))["campaign"] == before["campaign"]


def test_a_campaign_that_ended_early_is_refused(root, tmp_path):
    """A machine too busy to store everything has measured nothing; the page is unchanged."""
    kept = json.loads((root / FIGURES).read_text("utf-8"))["campaign"][0]
    kept[0]["verdict"]["produced"] -= 1
    (tmp_path / "early.json").write_text(json.dumps(kept))
    before = [(root / name).read_bytes() for name in (MEASUREMENTS, FIGURES)]
    with pytest.raises(ValueError, match="ours ended before everything was stored"):
        take(root, [tmp_path / "early.json"])
    assert [(root / name).read_bytes() for name in (MEASUREMENTS, FIGURES)] == before


OTHERS = [
    "",
    "3",
    "[]",
    "{}",
    '[{"a": 1}]',
    '["verdict"]',
    '{"throughput": []}',
    '[{"verdict": 1}]',
]


@pytest.mark.parametrize("text", OTHERS)
def test_a_file_of_another_kind_changes_nothing(root, tmp_path, monkeypatch, capsys, text):
    """One sentence that names it, and status 2."""
    (tmp_path / "other.json").write_text(text)
    before = [(root / name).read_bytes() for name in (MEASUREMENTS, FIGURES)]
    monkeypatch.setattr(command, "ROOT", root)
    assert command.main([str(tmp_path / "other.json")]) == 2
    assert capsys.readouterr().err.startswith("Nothing is changed: ")
    assert [(root / name).read_bytes() for name in (MEASUREMENTS, FIGURES)] == before
