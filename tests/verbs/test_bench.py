"""What `make bench` says at its end."""

from pathlib import Path

import pytest

from verbs import bench


@pytest.fixture
def good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the last good figures in a file of this test."""
    path = tmp_path / "good.tsv"
    path.write_text("# Kept.\nslow\t1.00\nfew\t19 of 20\nnot here\t2\n", encoding="utf-8")
    monkeypatch.setattr(bench, "GOOD", path)
    return path


ROWS = [
    bench.ratio("slow", 1.9, 1.4),
    bench.ratio("quick", 1.2, 1.4),
    bench.hits("few", 17, 20, 0.9),
    bench.hits("many", 18, 20, 0.9),
    bench.Row("free", "3"),
]


@pytest.mark.usefixtures("good")
def test_the_bench_ends_with_what_falls_short_and_its_last_good_figure():
    said = bench.shortfalls(ROWS).splitlines()
    assert said == [
        "Falls short:",
        "  slow: 1.90; required 1.4; last good 1.00",
        "  few: 17 of 20; required 0.9; last good 19 of 20",
    ]


def test_a_release_renews_figures_that_are_as_required_and_keeps_all_others(good: Path):
    bench.keep_good(ROWS)
    lines = good.read_text(encoding="utf-8").splitlines()[1:]
    assert lines == ["slow\t1.00", "few\t19 of 20", "not here\t2", "quick\t1.20", "many\t18 of 20"]
