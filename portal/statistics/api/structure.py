"""What the SDMX-CSV of a release is made of: a dataflow, its data structure, concepts and code lists.

A structure message of SDMX-JSON 2.0 (SDMX 3.0, https://github.com/sdmx-twg/sdmx-json), named as the columns of
`sdmx.py` are. The codes of places, members and the release are those that the release has: partial code lists, as the
standard calls them. Names are those that the cells go by everywhere else, in the language asked for.
"""

from collections.abc import Iterable, Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.lib.words import gettext_noop
from portal.statistics.api import cells, sdmx
from portal.statistics.api.cells import WHOLE, Selection
from portal.statistics.api.names import member_names, place_names
from portal.statistics.api.releases import Published, local
from portal.statistics.dimensions import Cut
from portal.statistics.wording import CUT_NAMES, MEASURE_NAMES, MODE_NAMES

Json = dict[str, object]
AGENCY, FLOW, VERSION = "OUTSOURCING", "RELEASE_CELLS", "1.0.0"
SCHEMA = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/2.0.0/"
    "sdmx-json-structure-schema.json"
)
_SCHEME = "CS_RELEASE_CELLS"
_CONCEPTS = {
    "FREQ": gettext_noop("Frequency"),
    "RELEASE": gettext_noop("Release"),
    "REF_AREA": gettext_noop("Place"),
    "MEASURE": gettext_noop("What is measured"),
    "MODE": gettext_noop("Mode"),
    "CUT": gettext_noop("What the cell is a part of"),
    "MEMBER": gettext_noop("Member of the cut"),
    "ACCUMULATION": gettext_noop("Stretch of time"),
    "UNIT_MEASURE": gettext_noop("Unit"),
    "TIME_PERIOD": gettext_noop("Quarter"),
    "OBS_VALUE": gettext_noop("Value"),
    "UNIT_MULT": gettext_noop("Power of ten of the unit"),
    "DECIMALS": gettext_noop("Decimals"),
    "OBS_STATUS": gettext_noop("Status of the figure"),
    "CONF_STATUS": gettext_noop("Confidentiality"),
}
_DIMENSIONS = sdmx.COLUMNS[3:12]
_ATTRIBUTES = sdmx.COLUMNS[14:]
# What does not depend on the release; codes of SDMX's own lists keep their meaning there.
_FIXED = {
    "FREQ": {"Q": gettext_noop("Quarterly")},
    "ACCUMULATION": {"Q": gettext_noop("The quarter"), "YTD": gettext_noop("The year to date")},
    "UNIT_MEASURE": {
        "USD": gettext_noop("US dollars"), "CNY": gettext_noop("Renminbi"), "PN": gettext_noop("A number"),
    },
    "UNIT_MULT": {"0": gettext_noop("Single units")},
    "DECIMALS": {"0": gettext_noop("No decimals"), "2": gettext_noop("Two decimals")},
    "OBS_STATUS": {
        "A": gettext_noop("Final"), "P": gettext_noop("Provisional"), "Q": gettext_noop("Withheld"),
    },
    "CONF_STATUS": {
        "F": gettext_noop("Published"), "C": gettext_noop("Confidential"),
        "D": gettext_noop("Withheld so that a confidential one cannot be worked out"),
    },
}  # fmt: skip
_PARTIAL = ("RELEASE", "REF_AREA", "MEMBER")


def structure_of(release: Published) -> Json:
    """The message about one release."""
    lists = _code_lists(release)
    return {
        "meta": {
            "schema": SCHEMA, "id": f"{FLOW}-{release.row.name}", "prepared": local(release.row.as_of),
            "contentLanguages": [get_language()], "sender": {"id": AGENCY},
        },
        "data": {
            "dataflows": [_named(FLOW, _flow_name()) | {"structure": _urn("datastructure.DataStructure", FLOW)}],
            "dataStructures": [_named(FLOW, _flow_name()) | {"dataStructureComponents": _components()}],
            "conceptSchemes": [
                _named(_SCHEME, _("Concepts")) | {"concepts": [_code(key, _(name)) for key, name in _CONCEPTS.items()]}
            ],
            "codelists": [
                _named(f"CL_{key}", _(_CONCEPTS[key]))
                | {"isPartial": key in _PARTIAL, "codes": [_code(code, name) for code, name in codes.items()]}
                for key, codes in lists.items()
            ],
        },
    }  # fmt: skip


def _flow_name() -> str:
    return _("Cells of a release")


def _code(key: str, name: str) -> Json:
    return {"id": key, "name": name, "names": {get_language(): name}}


def _named(key: str, name: str) -> Json:
    return _code(key, name) | {"agencyID": AGENCY, "version": VERSION}


def _urn(kind: str, key: str, part: str = "") -> str:
    return f"urn:sdmx:org.sdmx.infomodel.{kind}={AGENCY}:{key}({VERSION}){part}"


# ── The data structure ───────────────────────────────────────────────────────────────────────────


def _components() -> Json:
    observed = {"attributeRelationship": {"observation": {}}, "usage": "mandatory"}
    time = _component("TIME_PERIOD", {"format": {"dataType": "ObservationalTimePeriod"}})
    value = _component("OBS_VALUE", {"format": {"dataType": "Decimal"}})
    return {
        "dimensionList": {
            "id": "DimensionDescriptor",
            "dimensions": [_coded(key) | {"position": number} for number, key in enumerate(_DIMENSIONS)],
            "timeDimension": time,
        },
        "measureList": {"id": "MeasureDescriptor", "measures": [value]},
        "attributeList": {"id": "AttributeDescriptor", "attributes": [_coded(key) | observed for key in _ATTRIBUTES]},
    }


def _coded(key: str) -> Json:
    return _component(key, {"enumeration": _urn("codelist.Codelist", f"CL_{key}")})


def _component(key: str, representation: Json) -> Json:
    concept = _urn("conceptscheme.Concept", _SCHEME, f".{key}")
    return {"id": key, "conceptIdentity": concept, "localRepresentation": representation}


# ── Code lists ───────────────────────────────────────────────────────────────────────────────────


def _code_lists(release: Published) -> dict[str, dict[str, str]]:
    """Concept → code → name, in the order of the columns."""
    cells_of = Selection(release.row.pk)
    places = [code for (code,) in cells.distinct(cells_of, "place")]
    called = place_names(places)
    found = {
        "RELEASE": {release.row.name: release.row.name},
        "REF_AREA": {code: called.get(code, code) for code in places},
        "MEASURE": _told(MEASURE_NAMES),
        "MODE": _told(MODE_NAMES),
        "CUT": {sdmx.TOTAL: _("All"), **_told({cut: name for cut, name in CUT_NAMES.items() if cut})},
        "MEMBER": _members(cells.distinct(cells_of, "cut", "member")),
    }
    found |= {key: _told(codes) for key, codes in _FIXED.items()}
    return {key: found[key] for key in (*_DIMENSIONS, *_ATTRIBUTES)}


def _told(names: Mapping[str, object]) -> dict[str, str]:
    return {str(code): _(name) if isinstance(name, str) else str(name) for code, name in names.items()}


def _members(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Members of all cuts in one list; a code that means something in two cuts has both names."""
    pairs = list(pairs)
    called = member_names((cut or WHOLE, code) for cut, code in pairs)
    found = {sdmx.TOTAL: [_("All")]}
    for cut, code in pairs:
        key = sdmx.member_code(cut or WHOLE, code)
        name = _unspecified() if key == sdmx.UNSPECIFIED else called.get(Cut(cut), {}).get(code, code)
        names = found.setdefault(key, [])
        if key != sdmx.TOTAL and name not in names:
            names.append(name)
    return {code: " / ".join(names) for code, names in found.items()}


def _unspecified() -> str:
    return _("Not stated")
