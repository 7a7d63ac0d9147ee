"""The harness: what it counts, what it compares, and what it writes."""

import json
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from bench import harness
from bench.harness import Bench, Measured, Result, Side, bench, chosen, measure, write
from bench.workbooks import ROWS, read_by_calamine, read_by_openpyxl, write_quarter


class Work:
    """A clock, and two kinds of work that make it go on."""

    def __init__(self, ours: list[float], other: list[float]) -> None:
        self.time = 0.0
        self.done: list[str] = []
        self.ours = Side("ours", self.job("ours", iter(ours)))
        self.other = Side("other", self.job("other", iter(other)))

    def job(self, name: str, seconds: Iterator[float]) -> Callable[[], None]:
        def run() -> None:
            self.done.append(name)
            self.time += next(seconds)

        return run

    def measured(self, rounds: int) -> Result:
        return measure("work", self.ours, self.other, rounds=rounds, clock=lambda: self.time)


def test_it_divides_our_median_by_the_other_sides():
    work = Work(ours=[99, 1, 2, 9], other=[99, 4, 8, 5])
    result = work.measured(rounds=3)
    assert result.ratio == 0.4  # 2 ÷ 5
    assert result.detail["ours"] == {
        "label": "ours", "rounds": 3, "median_ms": 2000, "least_ms": 1000, "most_ms": 9000,
    }  # fmt: skip
    assert result.detail["other"]["median_ms"] == 5000


def test_it_takes_turns_and_lets_each_side_begin():
    work = Work(ours=[1] * 3, other=[1] * 3)
    work.measured(rounds=2)
    assert work.done == ["other", "ours", "ours", "other", "other", "ours"]


def test_it_does_not_count_the_first_time():
    assert Work(ours=[1000, 1], other=[1, 1]).measured(rounds=1).ratio == 1


def test_what_takes_long_runs_once_and_is_made_ready_uncounted():
    work = Work(ours=[1, 1, 1], other=[8])

    def put_back() -> None:
        work.time += 100

    slow = Side("slow", work.other.run, ready=put_back, once=True)
    result = measure("work", work.ours, slow, rounds=2, clock=lambda: work.time)
    assert work.done == ["ours", "ours", "other", "ours"]
    assert (result.ratio, result.detail["other"]["rounds"]) == (0.125, 1)


@pytest.mark.parametrize(("bound", "said", "kept"), [(150, "kept", True), (140.5, "MISSED", False)])
def test_a_measured_value_is_held_to_its_bound(tmp_path: Path, bound: float, said: str, kept: bool):
    found = Measured("whole flow", 141.26, "MB above base", {"base": 100})
    result = Bench("memory", lambda folder: found, bound).run(tmp_path)
    assert result.line() == f"memory: whole flow 141.3 MB above base; bound {bound}: {said}"
    assert result.is_kept is kept
    assert (result.ratio, result.detail["base"], result.detail["bound"]) == (141.3, 100, bound)


def test_a_bench_without_a_bound_is_always_kept():
    assert Work(ours=[0, 9], other=[0, 1]).measured(rounds=1).is_kept


def test_it_says_both_medians_and_the_ratio():
    line = Work(ours=[0, 1], other=[0, 4]).measured(rounds=1).line()
    assert line == "work: ours 1000.0 ms, other 4000.0 ms → ratio 0.25 (medians of 1 and 1 rounds)"


def test_it_runs_one_bench_by_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(harness, "BENCHES", {})
    for name in ("first", "second"):
        bench(name)(lambda folder: (Side("a", count), Side("b", count)))
    assert list(chosen("second")) == ["second"]
    assert list(chosen("")) == ["first", "second"]
    assert chosen("first")["first"].bound is None


def test_it_names_the_benches_there_are_when_asked_for_another():
    with pytest.raises(LookupError, match="import-reader"):
        chosen("import-raeder")


def test_it_refuses_two_benches_of_one_name():
    with pytest.raises(ValueError, match="two benches named import-reader"):
        bench("import-reader")(lambda folder: (Side("a", count), Side("b", count)))


def test_it_writes_a_list_of_name_ratio_and_detail(tmp_path: Path):
    path = tmp_path / "build" / "bench.json"
    write([Work(ours=[0, 1], other=[0, 2]).measured(rounds=1)], path)
    (row,) = json.loads(path.read_text("utf-8"))
    assert list(row) == ["name", "ratio", "detail"]
    assert (row["name"], row["ratio"]) == ("work", 0.5)


def test_both_readers_see_the_same_workbook(tmp_path: Path):
    path = tmp_path / "quarter.xlsx"
    write_quarter(path)
    ours, other = read_by_calamine(path), read_by_openpyxl(path)
    assert len(ours) == len(other) == ROWS + 1
    assert ours[1][:2] == list(other[1][:2]) == ["HT-2020-00001", "executed"]
    assert ours[-1][3] == other[-1][3]
