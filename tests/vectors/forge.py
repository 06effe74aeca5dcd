"""A second writer of bundles, from FORMAT.md, that writes wrong ones just as willingly.

- age, zstd and outer.txt are put together here byte by byte, so that a mistake of the program's writer is not repeated
  by its tests. Only the signature's armor and the container come from the program.
- Keys, times and randomness are fixed: the same forge gives the same bytes.
- The keys are made from words in this file. They are nobody's.
"""

import base64
import hashlib
import json
import re
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from desktop.crypto import ssh_signature
from desktop.crypto.bech32 import IDENTITY_PREFIX, decoded
from desktop.crypto.keyring import StationKeys
from desktop.crypto.station_card import StationCard, StationKind
from desktop.domain.log.operation import (
    ChangeKind,
    FieldChange,
    HybridTime,
    Operation,
    OperationId,
    genesis,
    next_head,
)
from desktop.sync.container import Parts, build
from desktop.sync.trust import Trust, TrustedStation, key_fingerprint

WALL: Final = 1_795_000_000_000
EPOCHS: Final = {"post": "a1b2c3d4e5f60718", "neighbour": "0f1e2d3c4b5a6978", "province": "9988776655443322"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A station of the vectors."""

    card: StationCard
    keys: StationKeys


def fixed_random(seed: str) -> Callable[[int], bytes]:
    """Return a source of bytes that is the same at every run."""
    counter = iter(range(1_000_000))

    def random(size: int) -> bytes:
        found = b""
        while len(found) < size:
            found += hashlib.sha256(f"sotram vectors {seed} {next(counter)}".encode()).digest()
        return found[:size]

    return random


def side(name: str, station: str, kind: StationKind, province: str = "11", commune: str | None = "03325") -> Side:
    keys = StationKeys.new(fixed_random(name))
    card = StationCard(
        station=station,
        kind=kind,
        province=province,
        commune=commune,
        name=name,
        signing_key=keys.public_key,
        recipient=keys.recipient,
        epoch=EPOCHS.get(name, "0" * 16),
        created="2026-11-21",
    )
    return Side(card=card, keys=keys)


POST: Final = side("post", "CAX-03325-7K2M", "commune")
NEIGHBOUR: Final = side("neighbour", "DBP-03325-9QXA", "border")
PROVINCE: Final = side("province", "CAT-11-4M8C", "province", commune=None)
STRANGER: Final = side("stranger", "CAX-03344-ZZZZ", "commune")
REVOKED: Final = side("revoked", "CAX-03350-RRRR", "commune")
TRUST: Final[Trust] = {
    POST.card.station: TrustedStation(card=POST.card),
    NEIGHBOUR.card.station: TrustedStation(card=NEIGHBOUR.card),
    PROVINCE.card.station: TrustedStation(card=PROVINCE.card),
    REVOKED.card.station: TrustedStation(card=REVOKED.card, status="revoked"),
}
IDENTITY_OF: Final = {side.card.station: side.keys.identity for side in (POST, NEIGHBOUR, PROVINCE)}
PICTURE: Final = b"\x89PNG\r\n\x1a\n a picture of nothing"
OFFICER: Final = "01935000-0000-7000-8000-000000000001"


def operations(epoch: str, count: int, station: str, name: str = "Lò Thị Mẩy") -> tuple[list[bytes], list[bytes]]:
    """Return `count` operation lines of an epoch and the heads: the genesis first, then the one after each line."""
    heads = [genesis(station, epoch)]
    lines: list[bytes] = []
    for counter in range(1, count + 1):
        line = Operation(
            id=OperationId(epoch, counter),
            kind=ChangeKind.PUT,
            record=f"01935000-0000-7000-8000-{counter:012x}",
            register="person",
            definition_version=1,
            officer=OFFICER,
            time=HybridTime(WALL + counter, 0),
            wall=WALL + counter,
            fields={"full_name": FieldChange(f"{name} {counter}")},
        ).line()
        lines.append(line)
        heads.append(next_head(heads[-1], line))
    return lines, heads


def seal(plaintext: bytes, recipient: Side, seed: str) -> bytes:
    """Write an age v1 file (age-encryption.org/v1, X25519 recipient) with a fixed file key and ephemeral key."""
    random = fixed_random(f"age {seed}")
    file_key = random(16)
    ephemeral = X25519PrivateKey.from_private_bytes(random(32))
    share = ephemeral.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    identity = X25519PrivateKey.from_private_bytes(decoded(IDENTITY_PREFIX, recipient.keys.identity))
    public = identity.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public))
    wrap_key = _hkdf(shared, share + public, b"age-encryption.org/v1/X25519")
    body = ChaCha20Poly1305(wrap_key).encrypt(bytes(12), file_key, None)
    header = b"age-encryption.org/v1\n-> X25519 " + _unpadded(share) + b"\n" + _unpadded(body) + b"\n---"
    mac = HMAC(_hkdf(file_key, b"", b"header"), SHA256())
    mac.update(header)
    nonce = random(16)
    payload_key = _hkdf(file_key, nonce, b"payload")
    return header + b" " + _unpadded(mac.finalize()) + b"\n" + nonce + b"".join(_chunks(plaintext, payload_key))


def zstd_frame(content: bytes, window: int = 0x38) -> bytes:
    """Write a zstd frame of raw blocks (RFC 8878 section 3.1.1), by default with a window of 128 KiB."""
    blocks = [content[start : start + 131072] for start in range(0, len(content), 131072)] or [b""]
    framed = [
        struct.pack("<I", (len(block) << 3) | (number == len(blocks)))[:3] + block
        for number, block in enumerate(blocks, start=1)
    ]
    return zstd_header(window) + b"".join(framed)


def zstd_bomb(size: int, byte: bytes = b" ") -> bytes:
    """Write a zstd frame that expands 128 KiB for each 4 bytes."""
    run = struct.pack("<I", 131072 << 3 | 1 << 1)[:3] + byte
    return zstd_header(0x38) + run * (size // 131072) + b"\x01\0\0"


def zstd_of_runs(content: bytes) -> bytes:
    """Write a zstd frame in which every long run of one byte takes 4 bytes for 128 KiB (RFC 8878 section 3.1.1.2)."""
    blocks: list[bytes] = []
    for piece in re.split(rb"(a{1000,})", content):
        for start in range(0, len(piece), 131072):
            block = piece[start : start + 131072]
            is_run = len(set(block)) == 1
            head = struct.pack("<I", len(block) << 3 | is_run << 1)[:3]
            blocks.append(head + (block[:1] if is_run else block))
    return zstd_header(0x38) + b"".join(blocks) + b"\x01\0\0"


def zstd_header(window: int) -> bytes:
    return struct.pack("<IBB", 0xFD2FB528, 0, window)


@dataclass(slots=True, kw_only=True)
class Forge:
    """A bundle in the making: change what you like, then `file()` signs and packs whatever it has become.

    What is callable takes the finished piece and returns the one to use instead.
    """

    sender: Side = POST
    recipient: Side = PROVINCE
    signer: Side | None = None
    sealed_for: Side | None = None
    content: dict[str, Any] = field(default_factory=dict)
    header: dict[str, str] = field(default_factory=dict)
    lines: list[bytes] = field(default_factory=list)
    attachments: dict[str, bytes] = field(default_factory=dict)
    manifest: Callable[[bytes], bytes] = lambda line: line
    body: Callable[[bytes], bytes] = lambda body: body
    stream: Callable[[bytes], bytes] = zstd_frame
    payload: Callable[[bytes], bytes] = lambda payload: payload
    text: Callable[[bytes], bytes] = lambda text: text
    signature: Callable[[bytes], bytes] = lambda armor: armor
    namespace: str = "sotram-bundle@v1"
    parts: Callable[[Parts], Parts] = lambda parts: parts
    packed: Callable[[bytes], bytes] = lambda content: content

    def file(self) -> bytes:
        blobs = {hashlib.sha256(content).hexdigest(): content for content in self._sealed_attachments().values()}
        body = b"".join(line + b"\n" for line in self.lines)
        line = self.manifest(canonical({**self._manifest(body), **self.content}))
        stream = self.stream(line + b"\n" + self.body(body))
        payload = self.payload(seal(stream, self.sealed_for or self.recipient, "payload"))
        text = self.text(self._outer_text(line, payload, blobs))
        signer = self.signer or self.sender
        armor = self.signature(ssh_signature.sign(text, signer.keys.signing, self.namespace))
        return self.packed(build(self.parts(Parts(header=text, signature=armor, payload=payload, blobs=blobs))))

    def _sealed_attachments(self) -> dict[str, bytes]:
        return {name: seal(content, self.recipient, name) for name, content in self.attachments.items()}

    def _manifest(self, body: bytes) -> dict[str, Any]:
        sealed = self._sealed_attachments()
        attachments = [
            {
                "blob": hashlib.sha256(sealed[name]).hexdigest(),
                "digest": hashlib.sha256(content).hexdigest(),
                "size": len(content),
                "type": "image/png",
            }
            for name, content in self.attachments.items()
        ]
        return {
            "app": "vectors",
            "attachments": sorted(attachments, key=lambda item: str(item["blob"])),
            "body": {"bytes": len(body), "lines": len(self.lines), "sha256": hashlib.sha256(body).hexdigest()},
            "clock": {"hub": 0, "seen": [WALL, 0], "wall": WALL},
            "epoch": self.sender.card.epoch,
            "forms": {"person": 1},
            "from": self.sender.card.station,
            "id": "00112233445566778899aabbccddeeff",
            "kind": "sync",
            "missing": [],
            "salt": "ffeeddccbbaa99887766554433221100",
            "schema": [1, 0],
            "seq": 7,
            "to": self.recipient.card.station,
        }

    def _outer_text(self, line: bytes, payload: bytes, blobs: Mapping[str, bytes]) -> bytes:
        values = {
            "kind": str(self.content.get("kind", "sync")),
            "id": "00112233445566778899aabbccddeeff",
            "from": f"{self.sender.card.station} {key_fingerprint(self.sender.card.signing_key)}",
            "to": self.recipient.card.station,
            "epoch": self.sender.card.epoch,
            "seq": "7",
            "created": "2026-11-21T08:30:00Z",
            "payload-sha256": hashlib.sha256(payload).hexdigest(),
            "payload-size": str(len(payload)),
            "inner-sha256": hashlib.sha256(line).hexdigest(),
            "prev": "0" * 64,
            "trust": "0",
            **self.header,
        }
        lines = ["SOTRAM-BUNDLE 1"]
        for key, value in values.items():
            if key == "prev":
                lines += [f"blob {digest} {len(content)}" for digest, content in sorted(blobs.items())]
            lines.append(f"{key} {value}")
        return "".join(f"{text}\n" for text in [*lines, "END"]).encode()


def sync_of(lines: list[bytes], heads: list[bytes], epoch: str = EPOCHS["post"], after: int = 0) -> dict[str, Any]:
    """Return the manifest keys of a bundle with one range of an epoch; `lines` begin after operation `after`."""
    return {"ranges": [range_of(heads, epoch, after, after + len(lines))], "seen": None}


def range_of(heads: list[bytes], epoch: str, after: int, to: int) -> dict[str, Any]:
    return {
        "epoch": epoch,
        "from": after,
        "from_head": heads[after].hex(),
        "parent": None,
        "to": to,
        "to_head": heads[to].hex(),
    }


def good_sync(count: int = 3) -> Forge:
    """Return a bundle of a post's first operations with one attachment, with nothing wrong."""
    lines, heads = operations(EPOCHS["post"], count, POST.card.station)
    return Forge(lines=lines, content=sync_of(lines, heads), attachments={"picture": PICTURE})


def good_answer() -> Forge:
    """Return a province's answer with excerpts of a neighbour, with nothing wrong."""
    lines, _ = operations(EPOCHS["neighbour"], 3, NEIGHBOUR.card.station)
    excerpts = [{"epoch": EPOCHS["neighbour"], "lines": 2, "station": NEIGHBOUR.card.station}]
    hub = {"begun": WALL, "generation": 1}
    return Forge(
        sender=PROVINCE,
        recipient=POST,
        lines=[lines[0], lines[2]],
        content={"kind": "ack", "base": None, "excerpts": excerpts, "heads": [], "hub": hub, "verdicts": []},
    )


def canonical(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _hkdf(secret: bytes, salt: bytes, label: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=label).derive(secret)


def _unpadded(content: bytes) -> bytes:
    return base64.b64encode(content).rstrip(b"=")


def _chunks(plaintext: bytes, key: bytes) -> Iterator[bytes]:
    pieces = [plaintext[start : start + 65536] for start in range(0, len(plaintext), 65536)] or [b""]
    for number, piece in enumerate(pieces):
        nonce = number.to_bytes(11, "big") + (b"\x01" if number == len(pieces) - 1 else b"\x00")
        yield ChaCha20Poly1305(key).encrypt(nonce, piece, None)
