"""What equations say to be equal is one quantity, and each equation stands once; held against doing it by hand."""

from hypothesis import given
from hypothesis import strategies as st

from portal.statistics.disclosure.equations import Equation, simplified

ATOMS = 6
terms = st.lists(
    st.tuples(st.integers(0, ATOMS - 1), st.sampled_from((1, -1))),
    min_size=1,
    max_size=4,
    unique_by=lambda term: term[0],
)
equations = st.builds(
    Equation, terms.map(tuple), st.sampled_from((None, None, (5, 30), (2, 40))), st.booleans()
)  # fmt: skip


def by_hand(rows: list[Equation]) -> tuple[dict, list[int]]:
    """One pair at a time, and everything looked at again after each."""
    leader = list(range(ATOMS))
    while True:
        kept: dict[tuple, list[Equation]] = {}
        for row in rows:
            sums = {leader[atom]: 0 for atom, _sign in row.terms}
            for atom, sign in row.terms:
                sums[leader[atom]] += sign
            left = tuple(sorted((atom, sign) for atom, sign in sums.items() if sign))
            if len(left) == 2 and row.rest is None and left[0][1] + left[1][1] == 0:
                leader = [left[0][0] if one == left[1][0] else one for one in leader]
                break
            if left:
                kept.setdefault(left, []).append(row)
        else:
            return kept, leader


@given(st.lists(equations, max_size=8))
def test_equations_are_united_as_by_hand(rows):
    kept, leader = by_hand(rows)
    found, leaders = simplified(rows, ATOMS)
    assert leaders.tolist() == leader
    assert [row.terms for row in found] == list(kept)
    assert all((row.rest is None) == any(one.rest is None for one in kept[row.terms]) for row in found)


def test_of_two_rests_the_smaller_tells_more():
    wide, tight = Equation(((0, 1), (1, -1)), (50, 300), False), Equation(((0, 1), (1, -1)), (20, 140), False)
    found, _leaders = simplified([wide, tight], 2)
    assert found == [tight]
    found, leaders = simplified([wide, Equation(tight.terms, None, False)], 2)
    assert (found, leaders.tolist()) == ([], [0, 0])
