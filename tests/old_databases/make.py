"""Makes the registry of today's schema version that is kept for ever, with what must be read from it.

Usage: python tests/old_databases/make.py. A version that has its files already is never made again: it is what a
station somewhere still has on its disk. Its records use field ids of the shipped registers; its values are these here.
"""

import json
from pathlib import Path

from desktop.domain.definitions.loader import load_library
from desktop.domain.log.operation import (
    ChangeKind,
    FieldChange,
    HybridTime,
    Json,
    Operation,
    OperationId,
)
from desktop.paths import forms_dir
from desktop.storage import (
    attachments,
    audit_log,
    change_log,
    exchange_log,
    keyring_table,
    projection,
    register_tables,
    settings,
    station_list,
)
from desktop.storage.database import Database
from desktop.storage.migrations import SCHEMA_VERSION

HERE = Path(__file__).parent
KEY = bytes(range(32))
STATION, OTHER = "CAX-03160-7K2M", "DBP-03163-9QXA"
OWN_EPOCH, OTHER_EPOCH, SEEN_EPOCH = "00000000000000aa", "00000000000000bb", "00000000000000cc"
OFFICER, PERSON, CASE, VICTIM, SEEN, LATER = (f"00000000-0000-0000-0000-00000000000{number}" for number in range(6))

# One line an operation: epoch, record, register, fields with their parents.
HISTORY: tuple[tuple[str, str, str, dict[str, tuple[Json, list[str]]]], ...] = (
    (OWN_EPOCH, OFFICER, "officer", {"name": ("Hà Văn Sơn", []), "rank": ("Thiếu úy", [])}),
    (
        OWN_EPOCH,
        PERSON,
        "person",
        {
            "record_no": ("NG-2026-0001", []),
            "full_name": ("Lò Thị Đớn", []),
            "dob": ("1999~", []),
            "gender": ("NU", []),
            "personal_id": ("011199000017", []),
            "phone": ("+84912345678", []),
            "perm_addr": ({"commune": "03160", "hamlet": "Bản Nậm Kè", "province": "11"}, []),
        },
    ),
    (
        OWN_EPOCH,
        CASE,
        "absence",
        {
            "record_no": ("VM-2026-0001", []),
            "person": (PERSON, []),
            "case_kind": (["LCNN"], []),
            "absent_since": ("2025-03", []),
            "declared_absence": (False, []),
            "children_abroad": ([{"dob": "2020", "name": "Bé Páo"}], []),
            "status": ("DANG_THEO_DOI", []),
        },
    ),
    (OTHER_EPOCH, CASE, "absence", {"absent_since": ("2025-04", ["00000000000000aa:3"])}),
    (OWN_EPOCH, CASE, "absence", {"absent_since": ("2025-02-14", ["00000000000000aa:3"])}),
    (
        OWN_EPOCH,
        VICTIM,
        "returned_victim",
        {
            "record_no": ("NN-2026-0001", []),
            "case_code": ("NN-03160-7K2M-2026-0001", []),
            "person": (PERSON, []),
            "wishes": ({"$sealed": "YWdlLWVuY3J5cHRpb24"}, []),
        },
    ),
    (SEEN_EPOCH, SEEN, "person", {"record_no": ("NG-2026-0001", []), "full_name": ("Đỗ Thị Ước", [])}),
    (OWN_EPOCH, LATER, "a_register_of_later", {"name": ("x", [])}),
)


def history() -> dict[str, list[Operation]]:
    """Return the operations of each epoch; that of SEEN_EPOCH is an excerpt with a counter of its own."""
    found: dict[str, list[Operation]] = {OWN_EPOCH: [], OTHER_EPOCH: [], SEEN_EPOCH: []}
    for place, (epoch, record, register, fields) in enumerate(HISTORY):
        counter = 5 if epoch == SEEN_EPOCH else len(found[epoch]) + 1
        operation = Operation(
            id=OperationId(epoch, counter),
            kind=ChangeKind.PUT,
            record=record,
            register=register,
            definition_version=1,
            officer=OFFICER,
            time=HybridTime(1_790_000_000_000 + place, 0),
            wall=1_790_000_000_000 + place,
            fields={
                name: FieldChange(value, tuple(OperationId.parse(parent) for parent in parents))
                for name, (value, parents) in fields.items()
            },
        )
        found[epoch].append(operation)
    return found


def make(path: Path) -> dict[str, Json]:
    """Make the registry and return what has to be read from it."""
    library = load_library(forms_dir())
    operations = history()
    with Database.create(path, KEY) as db, db.atomic():
        register_tables.prepare(db, library)
        change_log.begin_epoch(db, OWN_EPOCH, STATION, (OperationId("00000000000000a0", 7), bytes(32)))
        change_log.begin_epoch(db, OTHER_EPOCH, OTHER)
        head = change_log.append(db, operations[OWN_EPOCH])
        change_log.append(db, operations[OTHER_EPOCH])
        change_log.append_excerpts(db, SEEN_EPOCH, "CAX-03175-4M8C", [one.line() for one in operations[SEEN_EPOCH]])
        projection.apply(db, library, [OFFICER, PERSON, CASE, VICTIM, SEEN, LATER])
        audit = audit_log.append(db, time_ms=1, officer=OFFICER, action="reveal", record=VICTIM, fields=["person"])
        settings.put(db, "station", {"id": STATION, "name": "Công an xã Mường Nhé"})
        keyring_table.put(db, "station", b"wrapped keys")
        digest = attachments.add(db, b"a photograph", "image/jpeg")
        station_list.add(db, OTHER, "the card of the border post", "ABCD EFGH")
        station_list.trust(db, OTHER, officer=OFFICER, time_ms=2)
        exchange_log.acknowledge(db, exchange_log.Acknowledged(station=OTHER, epoch=OWN_EPOCH, counter=5, head=head))
        return {
            "lines": [*sorted(one.line().decode() for found in operations.values() for one in found)],
            "head": head.hex(),
            "audit": audit.hex(),
            "attachment": digest,
        }


if __name__ == "__main__":
    name = f"version_{SCHEMA_VERSION}"
    if (HERE / f"{name}.db").exists():
        message = f"{name} is kept for ever; a new schema version gets a file of its own"
        raise SystemExit(message)
    expected = make(HERE / f"{name}.db")
    (HERE / f"{name}.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
