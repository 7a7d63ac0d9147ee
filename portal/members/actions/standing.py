"""What a firm is from a day on: its profile, and its terms of membership. Both keep every earlier row."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from portal.lib.acts import Refused
from portal.members import policies
from portal.members.actions.entries import journal_firm, plain
from portal.members.models import Firm, Profile, Term, User
from portal.members.queries import current_profile, standing_terms
from portal.reference.models import Division

DAY = timedelta(days=1)


@transaction.atomic
def change_profile(
    *,
    firm: Firm,
    effective_on: date,
    division: Division,
    size_band: str,
    grade: str,
    controller: str,
    by: User | None,
    at: datetime,
) -> Profile:
    """Record what is true of a firm from a day on. Earlier profiles stay; a new grade begins a new term."""
    firm = Firm.objects.select_for_update().get(pk=firm.pk)
    same_day = firm.profiles.filter(effective_on=effective_on).order_by("-recorded_at", "-pk").first()
    said = (division.pk, size_band, grade, controller)
    if same_day and said == (same_day.division_id, same_day.size_band, same_day.grade, same_day.controller):
        raise Refused(_("This has been recorded already."))
    profile = Profile.objects.create(
        firm=firm, effective_on=effective_on, recorded_at=at, recorded_by=by.key if by else None,
        division=division, size_band=size_band, grade=grade, controller=controller,
    )  # fmt: skip
    after = {
        "division": division.pk, "size_band": size_band, "grade": grade, "controller": controller,
        "effective_on": effective_on.isoformat(),
    }  # fmt: skip
    journal_firm("firm.profile_changed", firm, by, at, after=after)
    _term_follows(firm, grade, effective_on, by, at)
    return profile


@transaction.atomic
def record_term(
    *,
    firm: Firm,
    grade: str,
    from_on: date,
    until_on: date | None,
    by: User | None,
    at: datetime,
    replaces: Term | None = None,
) -> Term:
    """A term of membership, or what stands in the place of one that was recorded wrongly.

    A term that was open ends on the day before. The profile gets the grade for the days of the term.
    """
    firm = Firm.objects.select_for_update().get(pk=firm.pk)
    if reason := policies.why_not_record_term(firm, grade, from_on, until_on, replaces):
        raise Refused(reason)
    for open_one in standing_terms(firm).filter(until_on__isnull=True, from_on__lt=from_on):
        if open_one != replaces:
            _add_term(firm, open_one.grade, open_one.from_on, from_on - DAY, by, at, open_one)
    term = _add_term(firm, grade, from_on, until_on, by, at, replaces)
    _profile_follows(term, by, at)
    return term


def close_terms(firm: Firm, on: date, by: User | None, at: datetime) -> None:
    """No term of a firm that leaves goes on after that day."""
    for term in standing_terms(firm).filter(from_on__lte=on):
        if term.until_on is None or term.until_on > on:
            _add_term(firm, term.grade, term.from_on, on, by, at, term)


def add_first_term(firm: Firm, grade: str, from_on: date, until_on: date | None, by: User | None, at: datetime) -> Term:
    return _add_term(firm, grade, from_on, until_on, by, at, None)


def _add_term(
    firm: Firm, grade: str, from_on: date, until_on: date | None, by: User | None, at: datetime, replaces: Term | None
) -> Term:
    term = Term.objects.create(
        firm=firm, grade=grade, from_on=from_on, until_on=until_on, replaces=replaces, recorded_at=at,
        recorded_by=by.key if by else None,
    )  # fmt: skip
    before = {} if replaces is None else _said(replaces)
    journal_firm("firm.term_recorded", firm, by, at, before=before, after=_said(term))
    return term


def _said(term: Term) -> dict[str, object]:
    return {"grade": term.grade, "from_on": plain(term.from_on), "until_on": plain(term.until_on) or ""}


def _term_follows(firm: Firm, grade: str, on: date, by: User | None, at: datetime) -> None:
    """A grade that the profile has from a day on, and the term of that day has not, begins a term."""
    term = standing_terms(firm).filter(from_on__lte=on).exclude(until_on__lt=on).order_by("-from_on").first()
    if term is None:
        following = standing_terms(firm).filter(from_on__gt=on).order_by("from_on").first()
        _add_term(firm, grade, on, following.from_on - DAY if following else None, by, at, None)
    elif term.grade != grade and term.from_on == on:
        _add_term(firm, grade, on, term.until_on, by, at, term)
    elif term.grade != grade:
        _add_term(firm, term.grade, term.from_on, on - DAY, by, at, term)
        _add_term(firm, grade, on, term.until_on, by, at, None)


def _profile_follows(term: Term, by: User | None, at: datetime) -> None:
    """From the first day of a term, and at each later change of the profile within it, the grade is the term's."""
    firm = term.firm
    later = firm.profiles.filter(effective_on__gt=term.from_on).values_list("effective_on", flat=True)
    days = {term.from_on, *(day for day in later if term.until_on is None or day <= term.until_on)}
    for day in sorted(days):
        held = current_profile(firm, on=day)
        if held is None or held.grade == term.grade:
            continue
        Profile.objects.create(
            firm=firm, effective_on=day, recorded_at=at, recorded_by=by.key if by else None, division=held.division,
            size_band=held.size_band, grade=term.grade, controller=held.controller,
        )  # fmt: skip
        after = {"grade": term.grade, "effective_on": day.isoformat()}
        journal_firm("firm.profile_changed", firm, by, at, before={"grade": held.grade}, after=after)
