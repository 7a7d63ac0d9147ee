"""Runs the two sides of a bench in turn and compares their medians; or takes one measured value."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter

ROUNDS = 7


def nothing() -> None:
    """Nothing has to be made ready."""


@dataclass(frozen=True)
class Side:
    """One way of doing it. `run` does the whole work once; `ready` is called before it and not counted.

    `once` is for what takes long: one counted round, and none before it.
    """

    label: str
    run: Callable[[], object]
    ready: Callable[[], object] = nothing
    once: bool = False


@dataclass(frozen=True)
class Measured:
    """One value of ours, where there is no other side."""

    label: str
    value: float
    unit: str
    detail: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """`ratio` is ours ÷ the other side, or the measured value: the smaller the better for us."""

    name: str
    ratio: float
    detail: dict[str, object]

    @property
    def is_kept(self) -> bool:
        """Whether the bound is kept, where the bench has one."""
        return self.ratio <= self.detail.get("bound", self.ratio)

    def line(self) -> str:
        return f"{self.name}: {self._found()}{self._bound()}"

    def _found(self) -> str:
        if "unit" in self.detail:
            return f"{self.detail['label']} {self.ratio} {self.detail['unit']}"
        ours, other = self.detail["ours"], self.detail["other"]
        return (
            f"{ours['label']} {ours['median_ms']} ms, {other['label']} {other['median_ms']} ms"
            f" → ratio {self.ratio} (medians of {ours['rounds']} and {other['rounds']} rounds)"
        )

    def _bound(self) -> str:
        if "bound" not in self.detail:
            return ""
        return f"; bound {self.detail['bound']}: {'kept' if self.is_kept else 'MISSED'}"


# A bench is made in a folder of its own and gives its two sides, ours first; or what it measured.
Make = Callable[[Path], tuple[Side, Side] | Measured]


@dataclass(frozen=True)
class Bench:
    """`bound`: what the result may be at most."""

    name: str
    make: Make
    bound: float | None = None

    def run(self, folder: Path) -> Result:
        made = self.make(folder)
        result = valued(self.name, made) if isinstance(made, Measured) else measure(self.name, *made)
        if self.bound is not None:
            result.detail["bound"] = self.bound
        return result


BENCHES: dict[str, Bench] = {}


def bench(name: str, *, bound: float | None = None) -> Callable[[Make], Make]:
    """Registers a bench by name."""

    def register(make: Make) -> Make:
        if name in BENCHES:
            raise ValueError(f"There are two benches named {name}")
        BENCHES[name] = Bench(name, make, bound)
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
            if side.once and number != 1:
                continue
            side.ready()
            began = clock()
            side.run()
            if number:
                seconds[side.label].append(clock() - began)
    our_median, other_median = median(seconds[ours.label]), median(seconds[other.label])
    detail: dict[str, object] = {
        "ours": _described(ours, our_median, seconds[ours.label]),
        "other": _described(other, other_median, seconds[other.label]),
    }
    return Result(name, round(our_median / other_median, 4), detail)


def _described(side: Side, middle: float, seconds: list[float]) -> dict[str, object]:
    return {
        "label": side.label,
        "rounds": len(seconds),
        "median_ms": round(middle * 1000, 2),
        "least_ms": round(min(seconds) * 1000, 2),
        "most_ms": round(max(seconds) * 1000, 2),
    }


def valued(name: str, found: Measured) -> Result:
    value = round(found.value, 1 if found.value >= 10 else 3)
    return Result(name, value, {"label": found.label, "unit": found.unit} | found.detail)


def chosen(only: str) -> dict[str, Bench]:
    """The bench of that name, those whose names begin so, or all where none is named; raises LookupError with the
    names there are."""
    if only in BENCHES:
        return {only: BENCHES[only]}
    found = {name: bench for name, bench in BENCHES.items() if name.startswith(only)}
    if not found:
        raise LookupError(f"There is no bench {only!r}; there are: {', '.join(sorted(BENCHES))}")
    return found


def write(results: list[Result], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=2) + "\n", "utf-8")
