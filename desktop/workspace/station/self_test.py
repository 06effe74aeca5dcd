"""Whether this installation works: the whole way of a record, in a temporary folder, with the shipped definitions."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from desktop.crypto.argon2_params import Argon2Params
from desktop.domain.log.operation import Json
from desktop.errors import DesktopError
from desktop.workspace.base.definitions import read_definitions
from desktop.workspace.base.environment import Environment
from desktop.workspace.base.session import Session
from desktop.workspace.exchange import exchange, stations
from desktop.workspace.papers import printing
from desktop.workspace.records import records, saving
from desktop.workspace.station import maintenance
from desktop.workspace.station.registry import StationSetup, create_registry

_PASSPHRASE: Final = "tự kiểm tra chương trình 17"  # noqa: S105  of a folder that is gone a second later
_PERSON: Final[dict[str, Json]] = {
    "full_name": "Nguyễn Thị Đào",
    "dob": "1999-02",
    "gender": "F",
    "nationality": "VNM",
    "perm_addr": {"province": "11", "commune": "03160"},
}


def run(environment: Environment) -> tuple[str, ...]:
    """Return the steps that were taken.

    Raises:
        DesktopError: self_test_failed, with the step that did not give what it must.
    """
    with tempfile.TemporaryDirectory(prefix="sotram-self-test-", ignore_cleanup_errors=True) as folder:
        return tuple(_steps(Path(folder), environment))


def _steps(folder: Path, environment: Environment) -> Iterator[str]:
    world = Environment(now=environment.now, random=environment.random, cost=Argon2Params.FLOOR)
    definitions = read_definitions()
    yield f"definitions: {len(definitions.library.registers)} registers, {len(definitions.documents)} documents"
    post = StationSetup(
        kind="commune", province="11", commune="03160", name="Công an xã thử", officer_name="Cán bộ thử"
    )
    office = StationSetup(kind="province", province="11", commune=None, name="Công an tỉnh", officer_name="Cán bộ thử")
    with (
        create_registry(folder / "post", post, _PASSPHRASE, world, definitions) as here,
        create_registry(folder / "office", office, _PASSPHRASE, world, definitions) as there,
    ):
        yield "registries: set up and opened"
        _introduce(here, there)
        _introduce(there, here)
        yield "cards: exchanged and trusted"
        saved = saving.save_given(here, "person", _PERSON)
        _require(saved.record is not None, "save")
        record = str(saved.record)
        _require(records.list_records(here, "person", text="nguyen thi dao").total == 1, "search")
        yield "record: saved and found"
        absence = saving.save_given(here, "absence", {"person": record, "case_kind": ["VM_LN"]}, is_draft=True)
        _require(printing.print_document(here, "ct03", str(absence.record)).pdf.startswith(b"%PDF-"), "print")
        yield "document: printed"
        stick = folder / "stick"
        stick.mkdir()
        received = exchange.receive(there, exchange.send(here, there.station.id, stick).path)
        _require(received.verdict == "ACCEPTED", "receive")
        _require(records.read(there, record).values == records.read(here, record).values, "same record")
        yield "bundle: sent, verified, received, equal"
        _require(maintenance.check(there, rebuild=True).is_sound, "check")
        yield "registry: checked and rebuilt"


def _introduce(known: Session, to: Session) -> None:
    card = stations.own_card(known)
    stations.import_card(to, card.text)
    stations.trust(to, card.station, card.fingerprint)


def _require(fact: bool, step: str) -> None:  # noqa: FBT001  a fact
    if not fact:
        raise DesktopError("self_test_failed", step=step)
