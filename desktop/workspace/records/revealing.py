"""Looking at what identifies a victim or an informant: a deliberate act with a reason, written in the audit log."""

from typing import Final

from desktop.domain.definitions.companion_fields import note_name
from desktop.domain.definitions.model import Privacy
from desktop.storage import audit_log
from desktop.workspace.base.session import Session
from desktop.workspace.records import links, records, titles

LINKS: Final = "links"
"""What the log calls a look at who is linked to a victim or a tip."""


def secret_fields(session: Session, register: str) -> tuple[str, ...]:
    """Return the fields of a register that are masked until revealed."""
    definition = session.library.registers.get(register)
    return tuple(field.id for field in definition.fields() if field.privacy is Privacy.P4) if definition else ()


def reveal(session: Session, record: str, reason: str) -> None:
    """Write who looked at a record's P4 fields, columns and links, and why; one without any leaves no trace.

    Of a register that is not known here, nobody knows what is P4: a look at the record is a look at all of it.
    """
    view = records.read(session, record)
    if view.register not in session.library.registers:
        log(session, "reveal", view.register, record, fields=tuple(sorted(view.values)), reason=reason)
        return
    definition = records.definition_of(session, view.register)
    fields = tuple(
        field.id
        for field in definition.fields()  # a P4 field that was cleared is still in the history
        if (field.privacy is Privacy.P4 and (field.id in view.fields or note_name(field.id) in view.fields))
        or titles.holds_secret(field, view.values.get(field.id))
    )
    if links.has_protected(session, record):
        fields = (*fields, LINKS)
    if fields:
        log(session, "reveal", view.register, record, fields=fields, reason=reason)


def log(
    session: Session,
    action: str,
    register: str = "",
    record: str = "",
    *,
    fields: tuple[str, ...] = (),
    reason: str = "",
    document: str = "",
    subject: str = "",
    digest: str = "",
) -> None:
    """Append an entry: names of fields and acts, never values."""
    with session.database.atomic():
        audit_log.append(
            session.database,
            time_ms=session.environment.wall_milliseconds(),
            officer=session.officer.id,
            action=action,
            register=register,
            record=record,
            fields=fields,
            reason_given=bool(reason.strip()),
            document=document,
            subject=subject,
            digest=digest,
            is_clock_suspect=session.clock.doubt is not None,
        )
