"""Search over 50,000 documents against `LIKE` over the same table: generated texts, searches that hit much, little and
nothing. What is measured is all that a page of results asks of the database, counts and passages included."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from statistics import median
from time import perf_counter

from django.core.management import call_command
from django.db import connection, transaction

from bench.association import set_up
from bench.harness import Measured, bench

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = 50_000
ROUNDS = 7
MOST_MS = 100
SEARCHES = (
    "外包", "简报", "通知", "服务外包", "BPO 外包", "RCEP", "贵阳", "fuwuwaibao", "fwwb", "包", "离岸执行额 2020",
    "人工智能", "没有这种词语",
)  # fmt: skip
SUBJECTS = (
    "服务外包", "离岸外包", "数字贸易", "信息技术研发", "业务流程", "知识流程", "软件测试", "呼叫中心", "示范城市",
    "会员企业", "人才培养", "跨境电商", "云计算", "人工智能", "生物医药研发", "工业设计", "供应链管理", "政策文件",
    "统计快报", "行业简报",
)  # fmt: skip
ACTIONS = (
    "同比增长", "执行额达到", "发布通知", "召开会议", "签订合同", "建立平台", "提出建议", "开展调查", "扩大规模",
    "优化结构", "加强合作", "完善制度", "印发简报", "推动转型", "举办论坛",
)  # fmt: skip
PLACES = (
    "贵阳", "上海", "成都", "大连", "无锡", "杭州", "西安", "武汉", "合肥", "长沙", "南昌", "厦门", "青岛", "郑州",
)  # fmt: skip
LATIN = ("BPO", "ITO", "KPO", "SaaS", "AI", "API", "2019", "2020", "2021", "GDPR", "cloud", "outsourcing")
RARE = ("RCEP", "CPTPP", "区块链溯源", "海南自由贸易港", "工程机械维修")
ENDS = ("。", "，", "；", "、")


def documents(count: int = DOCUMENTS) -> Iterator[object]:
    """Things as `search.sources` would give them, the same each time."""
    sources = import_module("portal.publishing.search.sources")
    engines = import_module("portal.publishing.search.engines")
    dice = random.Random(20200430)
    for number in range(count):
        title = f"{dice.choice(PLACES)}{dice.choice(SUBJECTS)}{dice.choice(ACTIONS)}{dice.randrange(100)}"
        told = sources.Telling("zh-hans", title, _text(dice))
        day = date(2016, 1, 1) + timedelta(days=dice.randrange(1800))
        kind = engines.KINDS[dice.randrange(6)]
        yield sources.Thing(kind, str(number), f"/articles/{number}/", (told,), day)


def _text(dice: random.Random) -> str:
    """About 400 characters; one text in a hundred has something rare in it."""
    pieces = []
    for _piece in range(dice.randrange(20, 45)):
        told = dice.choice((SUBJECTS, ACTIONS, ACTIONS, PLACES, LATIN))
        pieces += [dice.choice(told), str(dice.randrange(10_000)) if told is ACTIONS else "", dice.choice(ENDS)]
    return "".join([*pieces, dice.choice(RARE) if dice.random() < 0.01 else ""])


@cache
def filled() -> None:
    """A database with the documents in its table and index."""
    index = import_module("portal.publishing.search.index")
    found = import_module("portal.publishing.models").Found
    call_command("migrate", verbosity=0)
    made = list(documents())
    with transaction.atomic():
        for kind in {thing.kind for thing in made}:
            index.synchronise(kind, (one for one in made if one.kind == kind), found.objects.filter(kind=kind))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE publishing_found")
            cursor.execute("VACUUM ANALYZE publishing_found_words")


def by_like(typed: str) -> list[tuple]:
    """What would be asked without an index: the same order, a page of rows, and how many there are."""
    every = " AND ".join(["(title LIKE %s OR text LIKE %s)"] * len(typed.split()))
    values = [f"%{word}%" for word in typed.split() for _column in range(2)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT kind, count(*) FROM publishing_found WHERE {every} GROUP BY kind", values)
        cursor.fetchall()
        cursor.execute(f'SELECT * FROM publishing_found WHERE {every} ORDER BY "on" DESC LIMIT 20', values)
        return cursor.fetchall()


def timed(run, typed: str, rounds: int) -> float:
    """Milliseconds, the least: whatever else the machine does only adds to them."""
    taken = []
    for _round in range(rounds):
        began = perf_counter()
        run(typed)
        taken.append((perf_counter() - began) * 1000)
    return min(taken)


def compared() -> Measured:
    """The sum over all searches ÷ the same by `LIKE`; the slowest search has to stay under its bound."""
    finding = import_module("portal.publishing.search.finding")
    filled()
    ours = {typed: timed(finding.found, typed, ROUNDS) for typed in SEARCHES}
    others = {typed: timed(by_like, typed, 2) for typed in SEARCHES}
    slowest = max(ours, key=ours.get)
    if ours[slowest] > MOST_MS:
        raise RuntimeError(f"{slowest} took {ours[slowest]:.1f} ms")
    detail = {
        "documents": DOCUMENTS, "median_ms": round(median(ours.values()), 2), "slowest": slowest,
        "slowest_ms": round(ours[slowest], 2), "like_median_ms": round(median(others.values()), 2),
        "ms": {typed: round(taken, 2) for typed, taken in ours.items()},
    }  # fmt: skip
    return Measured("time of all searches, index ÷ LIKE", sum(ours.values()) / sum(others.values()), "times", detail)


@bench("search-50k-sqlite", bound=0.1)
def on_sqlite(folder: Path) -> Measured:
    return compared()


@bench("search-50k-postgres", bound=0.3)
def on_postgres(folder: Path) -> Measured:
    """In a process of its own, on a cluster of its own: this process has its database already. The rule is the time of
    the slowest; the ratio is watched (0.2 when this was written), so that nothing makes it worse unseen."""
    found = folder / "found.json"
    command = [str(ROOT / ".ci" / "with-postgres"), sys.executable, "-m", "bench.search", str(found)]
    subprocess.run(command, check=True, cwd=ROOT)
    if not found.exists():
        raise RuntimeError("PostgreSQL's server programs are not on this computer.")
    return Measured(**json.loads(found.read_text("utf-8")))


if __name__ == "__main__":
    set_up(database_url=os.environ["DATABASE_URL"])
    Path(sys.argv[1]).write_text(json.dumps(asdict(compared())), "utf-8")
