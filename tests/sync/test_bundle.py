"""What the program writes it opens again, for its recipient alone; hostile sizes stop early; stock tools read it."""

import datetime as dt
import hashlib
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.crypto.ssh_signature import public_key_line
from desktop.domain.log.operation import (
    LIMITS,
    HybridTime,
    OperationId,
    genesis,
    next_head,
)
from desktop.errors import BundleError, BundleHeld
from desktop.sync.bundle import Attachment, BundleContent, WrittenBundle, open_bundle, write_bundle
from desktop.sync.manifest import ClockReading, OwnChanges, Range
from desktop.sync.payload import padded_length
from desktop.sync.signed_header import NO_PREVIOUS
from desktop.sync.trust import Trust, TrustedStation
from desktop.sync.verification import inspect_bundle
from tests.cpu import at_most
from tests.vectors.forge import (
    EPOCHS,
    NEIGHBOUR,
    POST,
    PROVINCE,
    TRUST,
    WALL,
    Forge,
    fixed_random,
    good_sync,
    operations,
    range_of,
    sync_of,
    zstd_bomb,
    zstd_of_runs,
)

EPOCH = EPOCHS["post"]
PHOTO = Attachment(digest=hashlib.sha256(b"photo").hexdigest(), media_type="image/jpeg", content=b"photo")


def written(count: int = 3, attachments: tuple[Attachment, ...] = (PHOTO,)) -> WrittenBundle:
    lines, heads = operations(EPOCH, count, POST.card.station)
    whole = Range(epoch=EPOCH, after=0, after_head=heads[0], to=count, to_head=heads[-1], parent=None)
    draft = BundleContent(
        sender=POST.card,
        recipient=PROVINCE.card,
        epoch=EPOCH,
        sequence=17,
        previous=NO_PREVIOUS,
        created=dt.datetime(2026, 11, 21, 8, 30, tzinfo=dt.UTC),
        clock=ClockReading(wall=WALL, seen=HybridTime(WALL, 3), hub=0),
        app="0.1.0",
        forms={"person": 1},
        missing=(),
        content=OwnChanges(ranges=(whole,), seen=None),
    )
    return write_bundle(draft, lines, attachments, keys=POST.keys, random=fixed_random("test"))


def refusal(forge: Forge, trust: Trust = TRUST) -> str:
    with pytest.raises((BundleError, BundleHeld)) as caught:
        open_bundle(forge.file(), trust=trust, identity=PROVINCE.keys.identity, me=PROVINCE.card)
    return caught.value.code


def test_a_written_bundle_opens_to_what_went_in() -> None:
    bundle = written()
    opened = open_bundle(bundle.content, trust=TRUST, identity=PROVINCE.keys.identity, me=PROVINCE.card)
    lines, heads = operations(EPOCH, 3, POST.card.station)
    assert bundle.manifest == opened.manifest
    assert bundle.header == opened.header
    assert opened.attachments == (PHOTO,)
    assert list(zip(lines, heads[1:], strict=True)) == [(line.line, line.head) for line in opened.ranges[0][1]]


def test_a_bundle_is_called_by_station_epoch_and_sequence() -> None:
    assert written().file_name == "CAX-03325-7K2M_a1b2_000017.sotram"


def test_a_bundle_opens_for_nobody_but_its_recipient() -> None:
    with pytest.raises(BundleError) as caught:
        open_bundle(written().content, trust=TRUST, identity=NEIGHBOUR.keys.identity, me=NEIGHBOUR.card)
    assert caught.value.code == "bundle_other_recipient"
    with pytest.raises(BundleError) as caught:
        open_bundle(written().content, trust=TRUST, identity=NEIGHBOUR.keys.identity, me=PROVINCE.card)
    assert caught.value.code == "cannot_unseal"


def test_nothing_of_the_content_stands_in_the_file() -> None:
    content = written().content
    for secret in ("Lò Thị Mẩy", "full_name", PHOTO.digest, "photo"):
        assert secret.encode() not in content


def test_the_size_of_a_payload_takes_few_values() -> None:
    sizes = {padded_length(size) for size in range(10_000, 20_000)}
    assert len(sizes) < 30
    assert all(size <= padded_length(size) <= size * 1.12 for size in range(1, 100_000, 7))


def test_inspecting_needs_no_key_and_believes_nothing() -> None:
    found = inspect_bundle(written().content)
    assert (found["from"], found["to"], found["seq"], found["verified"]) == (
        POST.card.station,
        PROVINCE.card.station,
        17,
        False,
    )


@pytest.mark.parametrize(("cut_off", "code"), [(3, None), (2, "bundle_station_revoked")])
def test_a_revoked_station_is_believed_up_to_its_cut_off(cut_off: int, code: str | None) -> None:
    revoked = TrustedStation(card=POST.card, status="revoked", cut_off=OperationId(EPOCH, cut_off))
    trust = {POST.card.station: revoked}
    if code:
        assert code == refusal(good_sync(), trust)
    else:
        open_bundle(good_sync().file(), trust=trust, identity=PROVINCE.keys.identity, me=PROVINCE.card)


def test_a_station_nobody_has_trusted_yet_is_held() -> None:
    trust = {POST.card.station: TrustedStation(card=POST.card, status="pending")}
    assert refusal(good_sync(), trust) == "bundle_station_unknown"


def test_a_payload_resigned_by_another_trusted_station_is_refused() -> None:
    fingerprint = next(
        line.removeprefix("from ")
        for line in replace(good_sync(), sender=NEIGHBOUR).file().decode("latin-1").split("\n")
        if line.startswith("from ")
    )
    stolen = replace(good_sync(), header={"from": fingerprint}, signer=NEIGHBOUR)
    assert refusal(stolen) == "bundle_inner_differs"


@pytest.mark.parametrize("byte", [b" ", b"\n", b"0"])
def test_a_bomb_of_two_gigabytes_stops_early_and_takes_no_memory(byte: bytes) -> None:
    resource = pytest.importorskip("resource", reason="Windows tells the peak of memory in another way")
    bomb = replace(good_sync(), stream=lambda _: zstd_bomb(2**31, byte)).file()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with at_most(2), pytest.raises(BundleError):
        open_bundle(bomb, trust=TRUST, identity=PROVINCE.keys.identity, me=PROVINCE.card)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 * 1024


def chained(lines: list[bytes]) -> Forge:
    heads = [genesis(POST.card.station, EPOCH)]
    for line in lines:
        heads.append(next_head(heads[-1], line))
    return Forge(lines=lines, content=sync_of(lines, heads), stream=zstd_of_runs)


def test_a_line_may_have_256_kib_and_not_one_byte_more() -> None:
    empty = len(operations(EPOCH, 1, POST.card.station, "a")[0][0]) - 1
    longest, _ = operations(EPOCH, 1, POST.card.station, "a" * (LIMITS.line_bytes - empty))
    assert len(longest[0]) == LIMITS.line_bytes
    open_bundle(chained(longest).file(), trust=TRUST, identity=PROVINCE.keys.identity, me=PROVINCE.card)
    longer, _ = operations(EPOCH, 1, POST.card.station, "a" * (LIMITS.line_bytes - empty + 1))
    assert refusal(chained(longer)) == "bundle_limit"


def test_a_million_tiny_lines_are_refused() -> None:
    lines = [b"0"] * 1_000_000
    forge = Forge(lines=lines, content={"ranges": [range_of([bytes(32)] * 2, EPOCH, 0, 1)], "seen": None})
    assert refusal(forge) == "bundle_limit"


needs_tools = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in ("unzip", "ssh-keygen", "sha256sum", "age", "zstd")),
    reason="a stock tool is not installed",
)


@needs_tools
def test_stock_tools_alone_verify_and_read_a_bundle(tmp_path: Path) -> None:
    bundle = written()
    (tmp_path / "x.sotram").write_bytes(bundle.content)
    (tmp_path / "identity.txt").write_text(PROVINCE.keys.identity + "\n", encoding="ascii")
    allowed = f"{POST.card.station} {public_key_line(POST.card.signing_key, 'x')}\n"
    (tmp_path / "allowed").write_text(allowed, encoding="ascii")

    def run(command: str, text: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(command.split(), cwd=tmp_path, input=text, capture_output=True, check=False)

    assert run("unzip x.sotram").returncode == 0
    header = (tmp_path / "outer.txt").read_bytes()
    verify = f"ssh-keygen -Y verify -f allowed -I {POST.card.station} -n sotram-bundle@v1 -s outer.txt.sig"
    assert run(verify, header).returncode == 0
    assert run(verify, header.replace(b"seq 17", b"seq 18")).returncode != 0
    assert run(verify.replace("sotram-bundle", "sotram-card"), header).returncode != 0
    digest = run("sha256sum payload.age").stdout.split()[0].decode()
    assert f"payload-sha256 {digest}\n".encode() in header
    for blob in (tmp_path / "blob").iterdir():
        assert run(f"sha256sum blob/{blob.name}").stdout.split()[0].decode() == blob.name
        assert run(f"age -d -i identity.txt blob/{blob.name}").stdout == PHOTO.content
    stream = run("age -d -i identity.txt payload.age").stdout
    lines, _ = operations(EPOCH, 3, POST.card.station)
    assert run("zstd -d -c", stream).stdout == b"\n".join([bundle.manifest.line(), *lines, b""])
    fingerprint = run("ssh-keygen -l -f -", public_key_line(POST.card.signing_key, "x").encode()).stdout.split()[1]
    assert b"from " + POST.card.station.encode() + b" " + fingerprint + b"\n" in header


@pytest.mark.skipif(shutil.which("bsdtar") is None, reason="Windows' tar is bsdtar; not installed here")
def test_the_tar_of_windows_unpacks_a_bundle(tmp_path: Path) -> None:
    (tmp_path / "x.sotram").write_bytes(written().content)
    subprocess.run(["bsdtar", "-xf", "x.sotram"], cwd=tmp_path, check=True)
    assert (tmp_path / "payload.age").is_file()


@needs_tools
def test_a_payload_made_by_stock_tools_opens() -> None:
    def piped(command: list[str], content: bytes) -> bytes:
        return subprocess.run(command, input=content, capture_output=True, check=True).stdout

    plaintext: list[bytes] = []

    def stream(content: bytes) -> bytes:
        plaintext.append(content)
        return content

    def payload(_: bytes) -> bytes:
        return piped(["age", "-r", PROVINCE.card.recipient], piped(["zstd", "-q", "-c"], plaintext[0]))

    forge = replace(good_sync(), stream=stream, payload=payload)
    opened = open_bundle(forge.file(), trust=TRUST, identity=PROVINCE.keys.identity, me=PROVINCE.card)
    assert len(opened.ranges[0][1]) == 3
