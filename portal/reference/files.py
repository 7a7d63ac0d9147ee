"""The reviewed files that lists are loaded from: data/*.csv, columns named as the models' fields."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from portal.lib.acts import Refused
from portal.reference.models import (
    Currency,
    Division,
    Market,
    MarketGroup,
    MarketGroupMember,
    Rate,
    Region,
    RegionMember,
    RegionScheme,
    ServiceCategory,
)

DATA = Path(__file__).resolve().parent / "data"

Key = tuple[object, ...]


@dataclass(frozen=True)
class Table:
    """One file and the model that it fills. `key` tells its rows apart; `spell_of` is set where a row is a spell of
    time, and is its key without the start."""

    name: str
    model: type[models.Model]
    columns: tuple[str, ...]
    key: tuple[str, ...]
    spell_of: tuple[str, ...] = ()

    def attributes(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        """The names under which a row holds its columns: `group_id` for `group`."""
        return tuple(self.model._meta.get_field(column).attname for column in columns)


def _table(name: str, model: type[models.Model], key: str, own: str = "", rest: str = "", spell: str = "") -> Table:
    columns = f"{key} {own} {rest}".split()
    return Table(name, model, tuple(columns), tuple(key.split()), tuple(spell.split()))


_NAMES = "name_zh name_en "
_DATED = "since_on until_on source doubt_zh doubt_en"
_SPELL = "until_on source doubt_zh doubt_en"

# In an order in which every row finds the rows that it names.
TABLES = (
    _table("divisions", Division, "code", _NAMES + "short_zh level parent kind_zh", _DATED),
    _table("region_schemes", RegionScheme, "code", _NAMES, _DATED),
    _table("regions", Region, "code", _NAMES + "scheme"),
    _table("region_members", RegionMember, "region division since_on", "", _SPELL, spell="region division"),
    _table("markets", Market, "alpha3", "alpha2 numeric " + _NAMES + "region_zh region_en customs_code", _DATED),
    _table("market_groups", MarketGroup, "code", _NAMES + "belt_and_road", _DATED),
    _table(
        "market_group_members",
        MarketGroupMember,
        "group market since_on",
        "",
        _SPELL + " note_zh note_en",
        spell="group market",
    ),
    _table(
        "service_categories",
        ServiceCategory,
        "code",
        "level parent edition " + _NAMES + "is_residual definition_zh definition_en typical_zh typical_en"
        " trade_category is_digitally_deliverable mapping_basis",
        _DATED,
    ),
    _table("currencies", Currency, "code", "numeric " + _NAMES + "minor_units is_main", _DATED),
    _table("rates", Rate, "currency month_on", "usd_per_unit cny_per_unit source"),
)


def table_rows(table: Table, folder: Path = DATA) -> dict[Key, dict[str, object]]:
    """The rows of a file by key, as values by attribute name. Raises Refused, naming file and line."""
    rows: dict[Key, dict[str, object]] = {}
    path = folder / f"{table.name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        _check_head(table, reader.fieldnames or (), path)
        fields = {column: table.model._meta.get_field(column) for column in table.columns}
        for record in reader:
            values = _values(fields, record, path, reader.line_num)
            key = tuple(values[name] for name in table.attributes(table.key))
            if key in rows:
                raise _refused(path, reader.line_num, _("this row stands in the file twice"))
            rows[key] = values
    return rows


def _check_head(table: Table, head: Sequence[str], path: Path) -> None:
    if sorted(head) != sorted(table.columns):
        raise _refused(path, 1, _("the columns have to be: %s") % ", ".join(table.columns))


def _values(fields: dict[str, models.Field], record: dict, path: Path, line: int) -> dict[str, object]:
    if set(record) != set(fields) or None in record.values():
        raise _refused(path, line, _("the line has more or fewer cells than the head"))
    try:
        return {field.attname: _value(field, record[column]) for column, field in fields.items()}
    except ValidationError as error:
        raise _refused(path, line, "; ".join(error.messages)) from error


def _value(field: models.Field, text: str) -> object:
    if text == "" and field.null:
        return None
    return field.target_field.to_python(text) if field.is_relation else field.to_python(text)


def _refused(path: Path, line: int, reason: str) -> Refused:
    return Refused(_("%(file)s, line %(line)s: %(reason)s") % {"file": path.name, "line": line, "reason": reason})
