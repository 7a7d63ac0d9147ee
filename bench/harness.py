"""Runs the two sides of a bench in turn and compares their medians."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

ROUNDS = 7


@dataclass(frozen=True)
class Side:
    """One way of doing it. `run` does the whole work once."""

    label: str
    run: Callable[[], object]


@dataclass(frozen=True)
class Result:
    """`ratio` is ours ÷ the other side: the smaller the better for us."""

    name: str
    ratio: float
    detail: dict[str, object]

    def line(self) -> str:
        ours, other = self.detail["ours"], self.detail["other"]
        return (
            f"{self.name}: {ours['label']} {ours['median_ms']} ms, {other['label']} {other['median_ms']} ms"
            f" → ratio {self.ratio} (medians of {self.detail['rounds']} rounds)"
        )


# A bench is made in a folder of its own and gives its two sides, ours first.
Bench = Callable[[Path], tuple[Side, Side]]
BENCHES: dict[str, Bench] = {}


def bench(name: str) -> Callable[[Bench], Bench]:
    """Registers a bench by name."""

    def register(make: Bench) -> Bench:
        if name in BENCHES:
            raise ValueError(f"There are two benches named {name}")
        BENCHES[name] = make
        return make

    return register


def measure(
    name: str, ours: Side, other: Side, *, rounds: int = ROUNDS, clock: Callable[[], float] = perf_counter
) -> Result:
    """Both sides once uncounted, then in turn; every second round begins with the other side, so that neither always
    runs on what its neighbour left in the caches."""
    seconds: dict[str, list[float]] = {ours.label: [], other.label: []}
    for number in range(rounds + 1):
        for side in (ours, other) if number % 2 else (other, ours):
            began = clock()
            side.run()
            if number:
                seconds[side.label].append(clock() - began)
    our_median, other_median = median(seconds[ours.label]), median(seconds[other.label])
    detail = {
        "rounds": rounds,
        "ours": _described(ours, our_median, seconds[ours.label]),
        "other": _described(other, other_median, seconds[other.label]),
    }
    return Result(name, round(our_median / other_median, 4), detail)


def _described(side: Side, middle: float, seconds: list[float]) -> dict[str, object]:
    return {
        "label": side.label,
        "median_ms": round(middle * 1000, 2),
        "least_ms": round(min(seconds) * 1000, 2),
        "most_ms": round(max(seconds) * 1000, 2),
    }


def chosen(only: str) -> dict[str, Bench]:
    """The bench of that name, or all where none is named; raises LookupError with the names there are."""
    if not only:
        return BENCHES
    if only not in BENCHES:
        raise LookupError(f"There is no bench {only!r}; there are: {', '.join(sorted(BENCHES))}")
    return {only: BENCHES[only]}


def write(results: list[Result], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=2) + "\n", "utf-8")
