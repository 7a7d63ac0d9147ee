"""What the demo association has written: policies, terms, cases, contacts, two issues, notices, events, a handbook.

Facts are those of public documents; every sentence is new; firms and people are invented and say so.
"""

import csv
import json
import tomllib
import uuid
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db.models import Model
from django.utils.timezone import get_default_timezone

from portal.front.demo import firm_pages
from portal.front.demo.people import EDITOR, PUBLISHER, People
from portal.members.models import User
from portal.publishing.actions import writing
from portal.publishing.models import (
    Article,
    Authority,
    CatalogueCase,
    Column,
    ComparedPoint,
    Entrance,
    Issue,
    KnowledgeTerm,
    Policy,
    PolicyTopic,
    ProvincialCity,
)  # fmt: skip
from portal.publishing.search.index import reindex_all

DATA = Path(__file__).resolve().parent / "data" / "publishing"
_DATES = ("made_on", "published_on", "effective_on", "expires_on")
ASSOCIATION = "服务外包行业协会（示例）"


def fill(people: People) -> None:
    """Everything on the shelf, written by the editor and checked by the publisher."""
    _policies()
    _entrances()
    _authorities()
    _cities()
    _knowledge()
    columns = {row["code"]: Column.objects.create(order=number, **row) for number, row in _numbered("column")}
    plans = {row["code"]: row for row in _toml("issues.toml")["issue"]}
    written = _articles(people, columns, plans)
    for plan in plans.values():
        _issue(people, plan, columns, written)
    firm_pages.fill()
    reindex_all()


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def _numbered(kind: str) -> Iterator[tuple[int, dict[str, Any]]]:
    yield from enumerate(_toml("issues.toml")[kind], start=1)


def _policies() -> None:
    for row in _rows("policy_topics.csv"):
        PolicyTopic.objects.create(**row)
    for row in _rows("policies.csv"):
        dates = {name: row.pop(name) or None for name in _DATES}
        topic, place = row.pop("topic"), row.pop("place")
        Policy.objects.create(**row, **dates, topic_id=topic, place_id=place or None)


def _entrances() -> None:
    for row in _rows("entrances.csv"):
        Entrance.objects.create(**row)


def _authorities() -> None:
    for row in _rows("authorities.csv"):
        place, reported = row.pop("place"), row.pop("is_reported_to")
        Authority.objects.create(**row, place_id=place or None, is_reported_to=reported == "1")


def _cities() -> None:
    for row in _rows("provincial_cities.csv"):
        ProvincialCity.objects.create(place_id=row.pop("place"), **row)


def _knowledge() -> None:
    content = _toml("terms.toml")
    terms = {}
    for row in content["term"]:
        lines = {name: "\n".join(row.pop(name)) for name in ("aliases", "sources")}
        terms[row["slug"]] = KnowledgeTerm.objects.create(**row, **lines)
    for number, row in enumerate(content["point"], start=1):
        pair = {name: terms[row.pop(name)] for name in ("term", "beside")}
        ComparedPoint.objects.create(**row, **pair, order=number)
    for row in _rows("cases.csv"):
        category = row.pop("category")
        CatalogueCase.objects.create(**row, category_id=category)


# ── Articles and issues ──────────────────────────────────────────────────────────────────────────


def _articles(people: People, columns: Mapping[str, Column], plans: Mapping[str, Any]) -> dict[str, list[Article]]:
    """Every article published on its day, by issue and column."""
    policies = {policy.slug: policy.pk for policy in Policy.objects.all()}
    found: dict[str, list[Article]] = {}
    for plan in _toml("articles.toml")["article"]:
        issue, column = plan.get("issue", ""), plan.get("column", "")
        day = date.fromisoformat(plan["on"]) if "on" in plan else plans[issue]["issued_on"]
        article = Article.objects.create(
            title=plan["title"], subtitle=plan.get("subtitle", ""), summary=plan["summary"], byline=plan["byline"],
            kind=plan.get("kind", "article"), column=columns.get(column), city_id=plan.get("city"),
            starts_at=_moment(plan.get("starts_at")), ends_at=_moment(plan.get("ends_at")), venue=plan.get("venue", ""),
            body=_stream(Article, "body", [_block(block, policies) for block in plan["blocks"]]),
        )  # fmt: skip
        _out(people, article, _on(_day(day), 9))
        found.setdefault(issue, []).append(article)
    return found


def _issue(people: People, plan: Mapping[str, Any], columns: Mapping[str, Column], written: Mapping[str, Any]) -> None:
    day = _day(plan["issued_on"])
    issue = Issue.objects.create(
        **{name: plan.get(name) for name in ("number", "running_number")},
        **{name: plan[name] for name in ("code", "kind", "title", "summary")},
        issued_on=day, contents=_stream(Issue, "contents", list(_contents(plan, columns, written))),
        permit_number="示例内资准字第000号", compiled_by=ASSOCIATION, editor="示例编辑", signed_by="示例发布人",
        audience="主管单位、会员单位", printed_by="示例印刷厂", printed_on=day + timedelta(days=2), copies=300,
        codes="协会网站 https://portal.example.org/\n在线订阅 https://portal.example.org/subscribe/",
    )  # fmt: skip
    _out(people, issue, _on(day, 10))


def _contents(plan: Mapping[str, Any], columns: Mapping[str, Column], written: Mapping[str, Any]) -> Iterator[dict]:
    for code in plan.get("columns", ()):
        articles = [one for one in written[plan["code"]] if one.column_id == columns[code].pk]
        yield {"type": "column", "value": {"column": columns[code].pk, "articles": [
            {"type": "item", "value": one.pk, "id": str(uuid.uuid4())} for one in articles
        ]}}  # fmt: skip
    for chapter in plan.get("chapter", ()):
        text = [{"type": "text", "value": chapter["text"], "id": str(uuid.uuid4())}]
        yield {"type": "chapter", "value": {"title": chapter["title"], "draws": chapter["draws"], "text": text}}


def _block(block: Mapping[str, Any], policies: Mapping[str, int]) -> dict[str, Any]:
    """A block of the file as the desk keeps it."""
    kind = block["type"]
    values = {name: value for name, value in block.items() if name != "type"}
    if kind == "text":
        return {"type": kind, "value": values["html"]}
    if kind == "policy":
        values = {"policy": policies[values["policy"]]}
    if kind == "table":
        head = {"first_row_is_table_header": True, "table_header_choice": "row"}
        values = {"caption": values["caption"], "note": "", "table": {"data": values["rows"], **head}}
    if kind == "heading":
        values["level"] = str(values["level"])
    return {"type": kind, "value": {"currency": "usd", **values} if kind == "figure" else values}


def _stream(model: type[Model], name: str, blocks: list[dict[str, Any]]) -> Any:
    named = [block | {"id": str(uuid.uuid4())} for block in blocks]
    return model._meta.get_field(name).to_python(json.dumps(named, ensure_ascii=False))


def _out(people: People, text: Article | Issue, at: datetime) -> None:
    """Written, handed in, checked by somebody else, published."""
    editor, publisher = people[EDITOR], people[PUBLISHER]
    text = _written(text, editor, at - timedelta(hours=20))
    text = writing.submit(text=text, by=editor, at=at - timedelta(hours=18))
    text = writing.approve(text=text, digest=writing.digest_of(text), by=publisher, at=at - timedelta(hours=2))
    writing.publish(text=text, by=publisher, at=at)


def _written(text: Article | Issue, editor: User, at: datetime) -> Article | Issue:
    text.save_revision(user=editor)
    return writing.edited(text=text, by=editor, at=at)


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _on(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), get_default_timezone())


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
