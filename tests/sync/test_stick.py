"""A file under its own name is whole, and whatever the stick does is told by one name with nothing left behind."""

import errno
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.errors import BundleError, Cancelled, DesktopError
from desktop.sync import stick
from desktop.sync.limits import BUNDLE_LIMITS
from tests import media

NAME = "CAX-03325-7K2M_a1b2_000017.sotram"
CONTENT = os.urandom(3 * 1024 * 1024 + 5)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refusal(folder: Path, content: bytes = CONTENT) -> str:
    with pytest.raises(DesktopError) as caught:
        stick.write_verified(folder, {NAME: content})
    return caught.value.code


def test_a_written_file_is_whole_and_alone(tmp_path: Path) -> None:
    (path,) = stick.write_verified(tmp_path, {NAME: CONTENT})
    assert path.read_bytes() == CONTENT
    assert names_in(tmp_path) == [NAME]


def test_progress_grows_to_the_end_through_writing_and_reading_back(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    stick.write_verified(tmp_path, {NAME: CONTENT}, progress=lambda done, total: steps.append((done, total)))
    assert steps == sorted(steps)
    assert steps[-1] == (2 * len(CONTENT), 2 * len(CONTENT))


@pytest.mark.parametrize("after", [0, 2, 5])
def test_cancelling_leaves_nothing_behind(tmp_path: Path, after: int) -> None:
    answers = iter([False] * after + [True])
    with pytest.raises(Cancelled):
        stick.write_verified(tmp_path, {NAME: CONTENT}, cancelled=lambda: next(answers))
    assert names_in(tmp_path) == []


def test_a_file_of_another_content_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"something else")
    assert refusal(tmp_path) == "stick_name_taken"
    assert (tmp_path / NAME).read_bytes() == b"something else"


def test_writing_the_same_file_again_is_a_success(tmp_path: Path) -> None:
    stick.write_verified(tmp_path, {NAME: CONTENT})
    assert stick.write_verified(tmp_path, {NAME: CONTENT}) == (tmp_path / NAME,)


def test_a_part_left_by_a_power_cut_is_written_over(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.part").write_bytes(b"half")
    stick.write_verified(tmp_path, {NAME: CONTENT})
    assert names_in(tmp_path) == [NAME]


def test_a_stick_that_is_not_there_is_gone(tmp_path: Path) -> None:
    assert refusal(tmp_path / "pulled out") == "stick_gone"


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no open file, so a test cannot take the folder away")
def test_a_stick_pulled_out_while_writing_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()

    def pull_out(done: int, _total: int) -> None:
        if done > len(CONTENT):
            for path in folder.iterdir():
                path.unlink()
            folder.rmdir()

    with pytest.raises(DesktopError) as caught:
        stick.write_verified(folder, {NAME: CONTENT}, progress=pull_out)
    assert caught.value.code == "stick_gone"


def test_a_stick_on_which_a_file_may_not_grow_is_full(tmp_path: Path) -> None:
    with media.files_no_larger_than(2 * 1024 * 1024):
        assert refusal(tmp_path) == "stick_full"
    assert names_in(tmp_path) == []


def test_a_stick_that_another_program_fills_meanwhile_is_full(tmp_path: Path) -> None:
    with media.small_disk(tmp_path / "stick", mib=4) as folder:
        with pytest.raises(DesktopError) as caught:
            stick.write_verified(folder, {NAME: CONTENT}, progress=lambda _done, _total: media.fill(folder))
        assert caught.value.code == "stick_full"
        assert names_in(folder) == ["filling"]


def test_several_files_have_their_names_together_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "2.sotram.part").mkdir()
    with pytest.raises(DesktopError):
        stick.write_verified(tmp_path, {"1.sotram": CONTENT, "2.sotram": CONTENT})
    assert names_in(tmp_path) == ["2.sotram.part"]


def test_nothing_is_agreed_before_every_file_was_read_back_and_none_is_named_before(tmp_path: Path) -> None:
    seen: list[list[str]] = []
    steps: list[int] = []
    stick.write_verified(
        tmp_path,
        {"1.sotram": CONTENT, "2.sotram": CONTENT},
        agreed=lambda: seen.append(names_in(tmp_path)),
        progress=lambda done, _total: steps.append(done) if not seen else None,
    )
    assert seen == [["1.sotram.part", "2.sotram.part"]]
    assert steps[-1] == 4 * len(CONTENT)


def test_what_cannot_be_agreed_leaves_nothing(tmp_path: Path) -> None:
    def refuse() -> None:
        raise DesktopError("disk_full")

    with pytest.raises(DesktopError) as caught:
        stick.write_verified(tmp_path, {NAME: CONTENT}, agreed=refuse)
    assert caught.value.code == "disk_full"
    assert names_in(tmp_path) == []


def test_a_stick_that_fails_when_its_folder_is_flushed_is_not_said_to_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flush = os.fsync

    def fail(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", fail)
    if os.name == "posix":
        assert refusal(tmp_path) == "stick_write_failed"
        assert names_in(tmp_path) == []


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "stick_full"),
        (errno.EROFS, "stick_read_only"),
        (errno.EACCES, "stick_read_only"),
        (errno.ENODEV, "stick_gone"),
        (errno.EIO, "stick_write_failed"),
    ],
)
def test_what_the_system_says_gets_one_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    assert refusal(tmp_path) == code
    assert names_in(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "pwrite"), reason="Windows writes at a place in another way")
def test_a_stick_of_false_capacity_is_found_out_by_reading_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose_a_byte(descriptor: int) -> None:
        os.pwrite(descriptor, b"\0\0", 2 * 1024 * 1024)

    monkeypatch.setattr(os, "fsync", lose_a_byte)
    assert refusal(tmp_path) == "stick_verify_failed"
    assert names_in(tmp_path) == []


def test_a_received_file_is_read_whole_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(CONTENT)
    before = path.stat().st_mtime_ns
    assert stick.read_file(path) == CONTENT
    assert path.stat().st_mtime_ns == before


def test_a_sparse_file_of_ten_gigabytes_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / NAME
    with path.open("wb") as file:
        file.truncate(10 * 2**30)
    with pytest.raises(BundleError) as caught:
        stick.read_file(path)
    assert caught.value.code == "bundle_too_large"


def test_one_byte_beyond_the_limit_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(bytes(101))
    with pytest.raises(BundleError):
        stick.read_file(path, replace(BUNDLE_LIMITS, file=100))
    assert len(stick.read_file(path, replace(BUNDLE_LIMITS, file=101))) == 101


def test_a_file_that_is_not_there_is_gone(tmp_path: Path) -> None:
    with pytest.raises(DesktopError) as caught:
        stick.read_file(tmp_path / "nothing.sotram")
    assert caught.value.code == "stick_gone"


def test_bundles_are_listed_by_name_without_parts_and_strangers(tmp_path: Path) -> None:
    for name in ("b.sotram", "a.sotram", "c.sotram.part", "notes.txt"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "folder.sotram").mkdir()
    assert [path.name for path in stick.bundles_in(tmp_path)] == ["a.sotram", "b.sotram"]
