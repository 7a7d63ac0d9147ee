"""What names one figure of a release, in an address as in a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from portal.lib.quarters import Quarter
from portal.statistics.dimensions import NATION, Cut, Measure, Mode, Span, spans_of
from portal.statistics.levels import Indicator

LONGEST_CODE = 40


@dataclass(frozen=True)
class FigureKey:
    place: str = NATION
    span: Span = Span.QUARTER
    measure: Measure = Measure.EXECUTION
    mode: Mode = Mode.TOTAL
    cut: Cut = Cut.WHOLE
    member: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "FigureKey | None":
        """From an address; None where one of its words is none of ours."""
        try:
            return cls(
                place=asked.get("place", NATION)[:LONGEST_CODE],
                span=Span(asked.get("span", Span.QUARTER)),
                measure=Measure(asked.get("measure", Measure.EXECUTION)),
                mode=Mode(asked.get("mode", Mode.TOTAL)),
                cut=Cut(asked.get("cut", Cut.WHOLE)),
                member=asked.get("member", "")[:LONGEST_CODE],
            )
        except ValueError:
            return None

    @property
    def indicator(self) -> Indicator:
        return Indicator(self.measure, self.mode, self.cut, self.member)

    @property
    def query(self) -> dict[str, str]:
        """For an address; what is empty is left out."""
        values = {name: str(getattr(self, name)) for name in ("place", "span", "measure", "mode", "cut", "member")}
        return {name: value for name, value in values.items() if value}

    def periods(self, quarter: Quarter) -> list[str]:
        """Codes of the quarters that the figure covers in a release of a quarter."""
        return [str(item) for item in spans_of(quarter)[self.span]]

    @property
    def address(self) -> str:
        """The same as it stands in an address."""
        return urlencode(self.query)
