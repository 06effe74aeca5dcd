"""Nothing is in a book before the medium has been read back; a failure leaves every count as it was and says so."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeAlias

import pytest

from desktop.errors import DesktopError
from desktop.storage import audit_log, exchange_log, settings
from desktop.sync import state
from desktop.workspace.base import outside_files
from desktop.workspace.base.session import Definitions, Session
from desktop.workspace.exchange import exchange, stations
from desktop.workspace.exports import export_log, table_export
from desktop.workspace.papers import printing, register_books
from desktop.workspace.reports import reports
from desktop.workspace.station import maintenance, registry
from tests import media
from tests.conftest import PASSPHRASE, World
from tests.workspace.exchange.test_exchange import absence, introduce

Medium: TypeAlias = Callable[[Path], AbstractContextManager[Path]]


@contextmanager
def full(folder: Path) -> Iterator[Path]:
    with media.small_disk(folder, mib=1) as disk:
        media.fill(disk)
        yield disk


@contextmanager
def without_room_to_grow(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    with media.files_no_larger_than(64):
        yield folder


@contextmanager
def pulled_out(folder: Path) -> Iterator[Path]:
    yield folder


MEDIA = {
    "full": (full, "full"),
    "quota": (without_room_to_grow, "full"),
    "read_only": (media.read_only_disk, "read_only"),
    "gone": (pulled_out, "gone"),
}
medium = pytest.mark.parametrize(("medium", "fault"), MEDIA.values(), ids=MEDIA)


def books(session: Session) -> tuple[object, ...]:
    """Return all that says what left: bundles, numbers, exports, copies, frozen reports, the audit log."""
    db = session.database
    return (
        exchange_log.sent_bundles(db),
        state.last_written(db, session.epoch),
        export_log.entries(session),
        settings.all_settings(db),
        audit_log.last(db),
    )


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(DesktopError) as refused:
        act()
    return refused.value.code


@medium
def test_a_send_that_fails_is_not_booked_and_the_next_one_brings_everything(
    commune: Session, province: Session, tmp_path: Path, medium: Medium, fault: str
) -> None:
    introduce(commune, province)
    absence(commune)
    before = books(commune)
    with medium(tmp_path / "stick") as stick:
        assert code_of(lambda: exchange.send(commune, province.station.id, stick)) == f"stick_{fault}"
    assert books(commune) == before
    good = tmp_path / "another"
    good.mkdir()
    sent = exchange.send(commune, province.station.id, good)
    assert exchange.receive(province, sent.path).new == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no open file, so a test cannot take the folder away")
@pytest.mark.parametrize("share", [0.5, 1.0], ids=["written", "read back"])
def test_a_stick_pulled_out_meanwhile_leaves_the_books(
    commune: Session, province: Session, tmp_path: Path, share: float
) -> None:
    introduce(commune, province)
    absence(commune)
    stick, pocket = tmp_path / "stick", tmp_path / "pocket"
    stick.mkdir()
    before = books(commune)

    def pull_out(step: str, done: int, total: int) -> None:
        if step == "write_stick" and done == total * share:
            stick.rename(pocket)

    assert code_of(lambda: exchange.send(commune, province.station.id, stick, pull_out)) == "stick_gone"
    assert pocket.is_dir()
    assert (exchange_log.sent_bundles(commune.database), audit_log.last(commune.database)) == (before[0], before[-1])
    stick.mkdir()
    assert exchange.receive(province, exchange.send(commune, province.station.id, stick).path).new == 2


OUTSIDE: dict[str, Callable[[Session, Path], object]] = {
    "table": lambda post, path: table_export.export_table(
        post, outside_files.at(path), table_export.TableExportRequest(register="absence")
    ),
    "paper": lambda post, path: printing.print_document(post, "ct03", "VM-2026-0001", outside_files.at(path)),
    "blank": lambda post, path: printing.print_blank(post, "ct03", outside_files.at(path)),
    "book": lambda post, path: register_books.print_book(
        post, "absence", post.today(), post.today(), outside_files.at(path)
    ),
    "identity": lambda post, path: stations.opening_identity(post, outside_files.at(path, is_secret=True)),
    "card": lambda post, path: outside_files.write(path, stations.own_card(post).text.encode()),
}


@medium
@pytest.mark.parametrize("act", OUTSIDE.values(), ids=OUTSIDE)
def test_what_could_not_be_written_is_in_no_book(
    commune: Session, tmp_path: Path, act: Callable[[Session, Path], object], medium: Medium, fault: str
) -> None:
    absence(commune)
    before = books(commune)
    with medium(tmp_path / "stick") as stick:
        assert code_of(lambda: act(commune, stick / "out.file")) == f"file_{fault}"
        assert not (stick / "out.file").exists()
    assert books(commune) == before


@pytest.mark.parametrize("name", ["full", "read_only", "gone"])  # making a report is logged: no quota on the registry
def test_a_report_whose_files_could_not_be_written_is_not_frozen(commune: Session, tmp_path: Path, name: str) -> None:
    medium, fault = MEDIA[name]
    result = reports.make(commune, "k1", reports.usual_period(commune, "k1"))
    with medium(tmp_path / "stick") as stick:
        keep = outside_files.each({"pdf": stick / "k1.pdf", "xlsx": stick / "k1.xlsx"})
        assert code_of(lambda: reports.freeze(commune, result, keep)) == f"file_{fault}"
        assert not list(stick.glob("k1*"))
    assert reports.frozen_reports(commune) == ()


@pytest.mark.parametrize("act", OUTSIDE.values(), ids=OUTSIDE)
def test_what_could_not_be_booked_does_not_leave(
    commune: Session, tmp_path: Path, act: Callable[[Session, Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    absence(commune)

    def refuse(*_given: object, **_named: object) -> None:
        raise DesktopError("disk_full")

    if act is OUTSIDE["card"]:
        pytest.skip("no book tells of a card")
    monkeypatch.setattr(audit_log, "append", refuse)
    assert code_of(lambda: act(commune, tmp_path / "out.file")) == "disk_full"
    assert not list(tmp_path.glob("out.file*"))


def test_what_was_there_stays_when_the_new_one_cannot_be_written(commune: Session, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"of last week")
    with media.files_no_larger_than(64):
        assert code_of(lambda: OUTSIDE["table"](commune, path)) == "file_full"
    assert path.read_bytes() == b"of last week"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("full", "backup_no_room"),
        ("quota", "backup_not_written"),
        ("read_only", "backup_read_only"),
        ("gone", "backup_gone"),
    ],
)
def test_a_backup_that_fails_leaves_nothing_that_looks_like_one(
    commune: Session, tmp_path: Path, name: str, code: str
) -> None:
    with MEDIA[name][0](tmp_path / "stick") as stick:
        assert code_of(lambda: maintenance.back_up(commune, stick)) == code
        assert not list(stick.glob(f"{commune.station.id}*"))


# Dies before the system call or statement of the given number; os._exit leaves files and database as a kill does.
SEND = """
import datetime as dt, itertools, os, sys
from pathlib import Path
from desktop.storage.database import Database
from desktop.workspace.base.definitions import read_definitions
from desktop.workspace.exchange import exchange
from desktop.workspace.station.registry import open_registry
from tests.conftest import PASSPHRASE, World

post = open_registry(Path(sys.argv[1]), PASSPHRASE, World(seed=sys.argv[4]).environment, read_definitions())
count, last = itertools.count(1), int(sys.argv[4])

def dying(function):
    def run(*arguments, **named):
        if next(count) == last:
            os._exit(9)
        return function(*arguments, **named)
    return run

for name in ("execute", "executemany"):
    setattr(Database, name, dying(getattr(Database, name)))
for name in ("open", "fsync", "replace"):
    setattr(os, name, dying(getattr(os, name)))
exchange.send(post, sys.argv[2], Path(sys.argv[3]))
print(next(count) - 1)
"""


def test_a_kill_between_any_two_steps_of_a_send_is_harmless(
    commune: Session, province: Session, definitions: Definitions, world: World, tmp_path: Path
) -> None:
    introduce(commune, province)
    absence(commune)
    stick = tmp_path / "stick"
    stick.mkdir()
    folder, to = commune.folder, province.station.id
    commune.close()

    def send(die_at: int) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-c", SEND, str(folder), to, str(stick), str(die_at)]
        return subprocess.run(command, cwd=Path(__file__).parents[3], check=False, stdout=subprocess.PIPE)

    steps = int(send(0).stdout)
    for die_at in range(1, steps + 1):
        assert send(die_at).returncode == 9
    with registry.open_registry(folder, PASSPHRASE, world.environment, definitions) as post:
        booked = exchange_log.sent_bundles(post.database)
        assert all(list(stick.glob(f"*_{one.sequence:06}.sotram")) for one in booked)
        exchange.send(post, to, stick)
    bundles = sorted(stick.glob("*.sotram"))
    assert exchange.receive(province, bundles[0]).verdict == "ACCEPTED"
    assert {exchange.receive(province, path).verdict for path in bundles} == {"DUPLICATE"}
    assert len(bundles) >= len(booked) + 1
    assert not list(stick.glob("*.part"))
