"""Cases for a published standard: pseudonymised, with consent, hidden among others, on another officer's approval.

- The map is data (forms/exports/): nothing leaves that it does not name. Every case is validated against the standard's
  own table before a byte is written; one that does not fit stops the export.
- The key of the pseudonyms is drawn for one export and never kept (domain/exports/pseudonyms.py).
- Nobody below `least_alike`: the officer may ask for more than the map says, never for less.
- A dry run says what would leave and why the rest stays; it needs no approval, gives no file and is logged.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

from desktop.domain.conditions.condition import Values
from desktop.domain.exports.case import (
    CaseWorld,
    ExportedCase,
    case_of,
    outside_standard,
    reason_to_stay,
)
from desktop.domain.exports.k_anonymity import Generalised, generalise
from desktop.domain.exports.model import ExportDefinition, GeneralisationStep, RepeatedFields
from desktop.domain.exports.pseudonyms import KEY_BYTES, pseudonym
from desktop.domain.log.operation import Json
from desktop.domain.reports.periods import days_between
from desktop.errors import DesktopError
from desktop.reports.case_files import NamedCase, json_file, table_files
from desktop.reports.table_files import Sheet
from desktop.sentences import Language, sentence
from desktop.storage import queries
from desktop.storage.queries import Between
from desktop.workspace.base.outside_files import Keep
from desktop.workspace.base.session import Session
from desktop.workspace.exports import export_log
from desktop.workspace.exports.export_log import ExportEntry
from desktop.workspace.records import records, revealing

CaseFileKind = Literal["json", "csv", "xlsx"]
HTCDS: Final = "htcds"
TOO_RARE: Final = "too_rare"
_RECEIVED: Final = "received_at"
_END_OF_DAY: Final = "T23:59+07:00"
_ROWS_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseExportRequest:
    """What shall leave: the cases received in the days, at least `k` alike (None: what the map says)."""

    file_kind: CaseFileKind = "json"
    first: dt.date | None = None
    last: dt.date | None = None
    k: int | None = None
    approved_by: str = ""
    approval: str = ""
    language: Language = "vi"


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePlan:
    """What would leave; `stays` counts the cases that stay by the rule that keeps them."""

    looked_at: int
    leaves: int
    generalised: int
    k: int
    stays: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedCases:
    """The files, by what is added to the chosen name before its ending, and their number in the export log."""

    files: Mapping[str, bytes]
    digests: Mapping[str, str]
    number: int
    plan: CasePlan


def definition_of(session: Session, name: str = HTCDS) -> ExportDefinition:
    """Raises DesktopError case_export_unknown."""
    known = session.definitions.exports()
    if name not in known:
        raise DesktopError("case_export_unknown", export=name, known=", ".join(known))
    return known[name]


def why_cases_stay(definition: ExportDefinition, stays: Mapping[str, int], language: Language) -> list[tuple[str, int]]:
    """Return the rules that kept cases, in words, each with how many."""
    words = {only.id: only.label.text(language) for only in definition.only}
    words[TOO_RARE] = sentence("case_export_too_rare", {}, language)
    return [(words[name], count) for name, count in stays.items() if count]


def plan(session: Session, export_request: CaseExportRequest, name: str = HTCDS) -> CasePlan:
    """Return what would leave, logged as looked at.

    Raises:
        DesktopError: case_export_unknown, case_export_k_too_small, case_export_outside_standard,
            period_ends_before_it_begins.
    """
    definition = definition_of(session, name)
    _, found = _gather(session, definition, export_request)
    revealing.log(session, "export_planned", definition.register, document=f"{definition.id} {found.leaves}")
    return found


def export_cases(session: Session, keep: Keep, export_request: CaseExportRequest, name: str = HTCDS) -> ExportedCases:
    """Give the files to `keep`, and enter them as having left.

    Raises:
        DesktopError: as `plan`, case_export_empty, and those of export_log.approved and of `keep`.
    """
    definition = definition_of(session, name)
    approval = export_log.approved(session, definition.register, export_request.approved_by, export_request.approval)
    hidden, found = _gather(session, definition, export_request)
    if not hidden.cases:
        export_log.refuse(session, definition.register, "case_export_empty", looked_at=found.looked_at, k=found.k)
    key = session.environment.random(KEY_BYTES)
    named = [NamedCase(name=pseudonym(key, case.record), case=case) for case in hidden.cases]
    number = export_log.next_number(session)
    files = _files(session, definition, export_request, sorted(named, key=lambda one: one.name), found)
    digests = {added: export_log.digest_of(content) for added, content in files.items()}
    entry = ExportEntry(
        number=number,
        kind=definition.id,
        register=definition.register,
        at=session.now().isoformat(timespec="seconds"),
        officer=session.officer.id,
        records=found.leaves,
        columns=tuple(dict.fromkeys(field.to.name for field in definition.fields)),
        files={f"{export_request.file_kind}{added}": digest for added, digest in digests.items()},
        approval=approval,
        left_out={reason: count for reason, count in found.stays.items() if count},
    )
    keep(files, partial(export_log.enter, session, entry))
    return ExportedCases(files=files, digests=digests, number=number, plan=found)


def _gather(
    session: Session, definition: ExportDefinition, export_request: CaseExportRequest
) -> tuple[Generalised[ExportedCase], CasePlan]:
    """Return the cases that may leave, hidden among each other, and the counts of those that stay."""
    k = definition.least_alike if export_request.k is None else export_request.k
    if k < definition.least_alike:
        export_log.refuse(session, definition.register, "case_export_k_too_small", k=k, least=definition.least_alike)
    world = _world(session, definition)
    stays = Counter(dict.fromkeys((*(only.id for only in definition.only), TOO_RARE), 0))
    cases: list[ExportedCase] = []
    rows = _received(session, definition, export_request)
    for record, values in rows:
        reason = reason_to_stay(definition, values, world)
        if reason is None:
            cases.append(case_of(definition, record, values, world))
        else:
            stays[reason] += 1
    hidden = generalise(
        cases, k, partial(_looks, definition.alike), [partial(_give_up, step) for step in definition.steps]
    )
    wrong = sorted({name for case in hidden.cases for name in outside_standard(definition, case)})
    if wrong:
        export_log.refuse(
            session,
            definition.register,
            "case_export_outside_standard",
            fields=", ".join(wrong),
            standard=definition.standard,
        )
    stays[TOO_RARE] = hidden.left_out
    counts = CasePlan(
        looked_at=len(rows), leaves=len(hidden.cases), generalised=hidden.generalised, k=k, stays=dict(stays)
    )
    return hidden, counts


def _looks(alike: tuple[str, ...], case: ExportedCase) -> tuple[object, ...]:
    return tuple(case.said(name) for name in alike)


def _give_up(step: GeneralisationStep, case: ExportedCase) -> ExportedCase:
    return case.without(step)


def _received(
    session: Session, definition: ExportDefinition, export_request: CaseExportRequest
) -> list[tuple[str, Mapping[str, Json]]]:
    """Return the records of the days, all of them when none are given."""
    if export_request.first is not None and export_request.last is not None:
        days_between(export_request.first, export_request.last)
    days = Between(
        first=export_request.first.isoformat() if export_request.first else None,
        last=f"{export_request.last.isoformat()}{_END_OF_DAY}" if export_request.last else None,
    )
    filters: dict[str, queries.Filter] = {_RECEIVED: days} if export_request.first or export_request.last else {}
    return [(row.record, row.values) for row in _all_records(session, definition.register, filters)]


def _all_records(session: Session, register: str, filters: Mapping[str, queries.Filter]) -> list[queries.ListedRecord]:
    found: list[queries.ListedRecord] = []
    definition = records.definition_of(session, register)
    while True:
        page = queries.list_records(
            session.database,
            definition,
            order_by="created",
            limit=_ROWS_AT_ONCE,
            offset=len(found),
            filters=filters,
        )
        found += page
        if len(page) < _ROWS_AT_ONCE:
            return found


def _world(session: Session, definition: ExportDefinition) -> CaseWorld:
    linked: dict[tuple[str, str], list[Values]] = {}
    for group in definition.groups:
        for row in _all_records(session, group.register, {}) if group.register else ():
            if row.status not in {records.DRAFT_STATUS, "HUY"}:
                linked.setdefault((group.id, str(row.values.get(group.through))), []).append(row.values)

    def of(record: str, group: RepeatedFields) -> Sequence[Values]:
        return linked.get((group.id, record), ())

    return CaseWorld(
        today=session.today(),
        now=session.now(),
        follow=records.follower(session),
        place_name=session.places.full_name,
        linked=of,
    )


def _files(
    session: Session,
    definition: ExportDefinition,
    export_request: CaseExportRequest,
    named: Sequence[NamedCase],
    found: CasePlan,
) -> dict[str, bytes]:
    """Return the files; they say how they were made, and nothing of the station, the officer or the hour."""
    year = str(session.today().year)
    if export_request.file_kind == "json":
        about: dict[str, Json] = {
            "year": year,
            "least_alike": found.k,
            "generalised": found.generalised,
            "left_out_as_too_rare": found.stays[TOO_RARE],
            "note": sentence("case_export_note", {"k": found.k}, "en"),
            "attribution": sentence("case_export_attribution", {}, "en"),
        }
        return {"": json_file(definition, named, about)}
    lines = (
        (
            sentence("case_export_about_standard", {}, export_request.language),
            definition.label.text(export_request.language),
        ),
        (sentence("case_export_about_cases", {}, export_request.language), str(found.leaves)),
        (
            sentence("case_export_about_hidden", {}, export_request.language),
            sentence("case_export_note", {"k": found.k}, export_request.language),
        ),
        (
            sentence("case_export_about_withheld", {}, export_request.language),
            "; ".join(
                f"{', '.join(one.fields)}: {one.why.text(export_request.language)}" for one in definition.withheld
            ),
        ),
        (
            sentence("case_export_about_source", {}, export_request.language),
            sentence("case_export_attribution", {}, export_request.language),
        ),
    )
    return table_files(
        definition,
        named,
        export_request.file_kind,
        Sheet(name=sentence("export_about", {}, export_request.language), heads=(), rows=lines),
        title=definition.label.text(export_request.language),
        made_at=dt.datetime(session.today().year, 1, 1, tzinfo=session.now().tzinfo),
    )
