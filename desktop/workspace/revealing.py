"""Looking at what identifies a victim or an informant: a deliberate act with a reason, written in the audit log."""

from desktop.domain.definitions import Privacy
from desktop.storage import audit_log
from desktop.workspace import records
from desktop.workspace.session import Workspace


def secret_fields(workspace: Workspace, register: str) -> tuple[str, ...]:
    """Return the fields of a register that are masked until revealed."""
    definition = workspace.library.registers.get(register)
    return tuple(field.id for field in definition.fields() if field.privacy is Privacy.P4) if definition else ()


def reveal(workspace: Workspace, record: str, reason: str) -> None:
    """Write who looked at a record's P4 fields and why; a record without them leaves no trace."""
    view = records.read(workspace, record)
    fields = tuple(name for name in secret_fields(workspace, view.register) if name in view.values)
    if fields:
        log(workspace, "reveal", view.register, record, fields=fields, reason=reason)


def log(
    workspace: Workspace,
    action: str,
    register: str = "",
    record: str = "",
    *,
    fields: tuple[str, ...] = (),
    reason: str = "",
    document: str = "",
    subject: str = "",
) -> None:
    """Append an entry: names of fields and acts, never values."""
    with workspace.database.atomic():
        audit_log.append(
            workspace.database,
            time_ms=workspace.surroundings.wall_milliseconds(),
            officer=workspace.officer.id,
            action=action,
            register=register,
            record=record,
            fields=fields,
            reason_given=bool(reason.strip()),
            document=document,
            subject=subject,
        )
