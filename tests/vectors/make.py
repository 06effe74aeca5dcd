"""The bundles under tests/vectors/bundles/: one file, one failure; `index.toml` names verdict, code and FORMAT step.

`python -m tests.vectors.make` writes them; tests/sync/test_vectors.py makes them again, compares the bytes and opens
each one. What only size distinguishes (bombs of gigabytes, armor of megabytes) is in the tests alone.
"""

import hashlib
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from desktop.crypto import ssh_signature
from desktop.domain.log.operation import genesis, next_head
from desktop.sync import container
from desktop.sync.container import Parts
from tests.vectors.forge import (
    EPOCHS,
    NEIGHBOUR,
    PICTURE,
    POST,
    PROVINCE,
    REVOKED,
    STRANGER,
    Forge,
    Side,
    good_answer,
    good_sync,
    operations,
    range_of,
    seal,
    sync_of,
    zstd_bomb,
    zstd_frame,
    zstd_of_runs,
)

Named: TypeAlias = tuple[str, bytes]
FOLDER: Final = Path(__file__).parent / "bundles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """A bundle file and what opening it must end in."""

    name: str
    step: int
    verdict: str
    code: str
    content: bytes


def vectors() -> Iterator[Vector]:
    """Yield every vector; the recipient is the one its outer.txt should have named."""
    for name, forge in {"good_sync": good_sync(), "good_answer": good_answer(), "good_heartbeat": heartbeat()}.items():
        yield Vector(name=name, step=11, verdict="ACCEPTED", code="", content=forge.file())
    groups: list[tuple[int, str, dict[str, Forge]]] = [
        (3, "bundle_container", containers()),
        (4, "bundle_outer", outer_texts()),
        (6, "bad_signature", signatures()),
        (8, "bundle_blobs", blobs()),
        (9, "cannot_unseal", sealings()),
        (11, "bundle_inner", manifests()),
        (11, "bundle_line", lines()),
        (11, "bundle_body", bodies()),
        (11, "bundle_chain", chains()),
    ]
    for step, code, forges in groups:
        for name, forge in forges.items():
            yield Vector(name=name, step=step, verdict="REJECT", code=code, content=forge.file())
    for name, (step, code, forge) in single_rejections().items():
        yield Vector(name=name, step=step, verdict="REJECT", code=code, content=forge.file())
    for name, (step, code, forge) in held().items():
        yield Vector(name=name, step=step, verdict="HOLD", code=code, content=forge.file())


def index(made: list[Vector]) -> str:
    tables = [
        f'[{vector.name}]\nstep = {vector.step}\nverdict = "{vector.verdict}"\ncode = "{vector.code}"\n'
        f'sha256 = "{hashlib.sha256(vector.content).hexdigest()}"\n'
        for vector in sorted(made, key=lambda vector: vector.name)
    ]
    return "\n".join(["# Written by `python -m tests.vectors.make`; what each file must end in, and why.\n", *tables])


def heartbeat() -> Forge:
    _, heads = operations(EPOCHS["post"], 3, POST.card.station)
    return Forge(content={"ranges": [range_of(heads, EPOCHS["post"], 3, 3)], "seen": None})


def containers() -> dict[str, Forge]:
    def packed(change: Callable[[bytes], bytes]) -> Forge:
        return replace(good_sync(), packed=change)

    first_name = 30
    return {
        "container_truncated": packed(lambda file: file[:-1]),
        "container_without_directory": packed(lambda file: file[: file.index(b"PK\x01\x02")]),
        "container_appended_byte": packed(lambda file: file + b"\0"),
        "container_prepended_byte": packed(lambda file: b"\0" + file),
        "container_appended_archive": packed(lambda file: file + file),
        "container_comment": packed(lambda file: file[:-2] + b"\x02\x00hi"),
        "container_duplicate_part": packed(lambda file: file[: file.index(b"PK\x03\x04", 4)] + file),
        "container_wrong_crc": packed(lambda file: file[:14] + b"\0\0\0\0" + file[18:]),
        "container_deflated": packed(lambda file: patched(file, 8, struct.pack("<H", 8))),
        "container_encrypted_flag": packed(lambda file: patched(file, 6, struct.pack("<H", 1))),
        "container_data_descriptor": packed(lambda file: patched(file, 6, struct.pack("<H", 8))),
        "container_utf8_flag": packed(lambda file: patched(file, 6, struct.pack("<H", 0x800))),
        "container_with_time": packed(lambda file: patched(file, 10, struct.pack("<H", 1))),
        "container_newer_version": packed(lambda file: patched(file, 4, struct.pack("<H", 20))),
        "container_upper_case_name": packed(lambda file: file.replace(b"outer.txt", b"OUTER.TXT")),
        "container_name_with_nul": packed(lambda file: file[: first_name + 8] + b"\0" + file[first_name + 9 :]),
        "container_name_outside": packed(lambda file: file.replace(b"outer.txt", b"../er.txt")),
        "container_symlink_mode": packed(lambda file: attributes(file, 0o120777 << 16)),
        "container_folder_attribute": packed(lambda file: attributes(file, 0x10)),
        "container_made_by_unix": packed(lambda file: file.replace(b"PK\x01\x02\0\0", b"PK\x01\x02\x14\x03")),
        "container_zip64_size": packed(lambda file: file[:18] + b"\xff" * 8 + file[26:]),
        "container_extra_field": packed(lambda file: file[:28] + b"\x04\0" + file[30:39] + b"\x01\0\0\0" + file[39:]),
        "container_overlapping_entries": packed(overlapping),
        "container_blob_of_other_name": replace(good_sync(), packed=lambda file: file.replace(b"blob/", b"blob\\")),
        "container_empty": packed(lambda _: b""),
        "container_not_a_zip": packed(lambda _: b"%PDF-1.7 this is something else\n"),
        "container_parts_of_other_names": packed(renamed),
        "container_without_payload": packed(without_payload),
        "container_blobs_not_ascending": blobs_in_order(lambda blobs: blobs[::-1]),
        "container_blob_twice": blobs_in_order(lambda blobs: [blobs[0], *blobs]),
        "container_blobs_not_named_by_digest": replace(
            good_sync(), parts=lambda found: replace(found, blobs={"picture": b"content"})
        ),
    }


def blobs_in_order(change: Callable[[list[Named]], list[Named]]) -> Forge:
    """Return a bundle of two attachments whose container holds the blobs in another order, and is sound otherwise."""

    def packed(file: bytes) -> bytes:
        parts = list(container.take_apart(file).named())
        parts[3:] = change(parts[3:])
        pieces = [container._local(name, content) + content for name, content in parts]
        return b"".join([*pieces, container._directory(parts)])

    return replace(good_sync(), attachments={"one": b"one", "two": b"two"}, packed=packed)


def patched(file: bytes, offset: int, value: bytes) -> bytes:
    """Return the file with a field of the first local header changed, and the same one in the directory."""
    entry = file.index(b"PK\x01\x02") + offset + 2
    end = offset + len(value)
    return file[:offset] + value + file[end:entry] + value + file[entry + len(value) :]


def attributes(file: bytes, value: int) -> bytes:
    entry = file.index(b"PK\x01\x02") + 38
    return file[:entry] + struct.pack("<I", value) + file[entry + 4 :]


def overlapping(file: bytes) -> bytes:
    """Return the file with a directory whose second entry points at the first part."""
    entry = file.index(b"PK\x01\x02", file.index(b"PK\x01\x02") + 4) + 42
    return file[:entry] + b"\0\0\0\0" + file[entry + 4 :]


def without_payload(file: bytes) -> bytes:
    start = file.index(b"PK\x03\x04", file.index(b"PK\x03\x04", 4) + 4)
    return file[:start] + file[file.index(b"PK\x01\x02") :]


def renamed(file: bytes) -> bytes:
    """Return the file with the names of the first two parts exchanged (they are of one length after a cut)."""
    return (
        file.replace(b"outer.txt", b"\1")
        .replace(b"payload.age", b"\2")
        .replace(b"\1", b"payloads.")
        .replace(b"\2", b"outer.textt")
    )


def outer_texts() -> dict[str, Forge]:
    def text(change: Callable[[bytes], bytes]) -> Forge:
        return replace(good_sync(), text=change)

    def line(key: bytes, change: Callable[[bytes], bytes]) -> Forge:
        def changed(found: bytes) -> bytes:
            return b"\n".join(change(one) if one.startswith(key + b" ") else one for one in found.split(b"\n"))

        return text(changed)

    return {
        "outer_crlf": text(lambda found: found.replace(b"\n", b"\r\n")),
        "outer_without_end": text(lambda found: found.removesuffix(b"END\n")),
        "outer_without_last_line_feed": text(lambda found: found[:-1]),
        "outer_text_after_end": text(lambda found: found + b"kind sync\n"),
        "outer_key_twice": line(b"kind", lambda one: one + b"\n" + one),
        "outer_wrong_order": text(lambda found: found.replace(b"trust 0\nEND", b"END\ntrust 0")),
        "outer_tab": line(b"kind", lambda one: one.replace(b" ", b"\t")),
        "outer_two_spaces": line(b"kind", lambda one: one.replace(b" ", b"  ")),
        "outer_trailing_space": line(b"kind", lambda one: one + b" "),
        "outer_upper_case_digest": line(b"inner-sha256", bytes.upper),
        "outer_leading_zero": line(b"seq", lambda _: b"seq 07"),
        "outer_negative_number": line(b"seq", lambda _: b"seq -7"),
        "outer_seq_zero": line(b"seq", lambda _: b"seq 0"),
        "outer_number_beyond_2_53": line(b"seq", lambda _: b"seq 9007199254740993"),
        "outer_day_that_is_none": line(b"created", lambda _: b"created 2026-02-31T08:30:00Z"),
        "outer_time_with_offset": line(b"created", lambda _: b"created 2026-11-21T08:30:00+07:00"),
        "outer_unknown_kind": line(b"kind", lambda _: b"kind backdoor"),
        "outer_not_ascii": line(b"to", lambda _: "to CÁT-11-4M8C".encode()),
        "outer_bad_station": line(b"to", lambda _: b"to ../../etc"),
        "outer_unknown_key": line(b"prev", lambda one: one + b"\nnote hello"),
        "outer_8193_bytes": line(b"prev", lambda one: one + b"\n" + b"x" * (8193 - 640)),
        "outer_of_another_format": text(lambda found: found.replace(b"SOTRAM-BUNDLE 1", b"SOTRAM-BUNDLE one")),
        "outer_empty": text(lambda _: b""),
        "outer_blobs_not_ascending": text(blobs_turned_round),
    }


def blobs_turned_round(found: bytes) -> bytes:
    lines = found.split(b"\n")
    number = next(number for number, line in enumerate(lines) if line.startswith(b"blob "))
    return b"\n".join([*lines[: number + 1], b"blob " + b"0" * 64 + b" 1", *lines[number + 1 :]])


def signatures() -> dict[str, Forge]:
    def armor(change: Callable[[bytes], bytes]) -> Forge:
        return replace(good_sync(), signature=change)

    return {
        "signature_by_other_key": replace(good_sync(), signer=STRANGER),
        "signature_by_trusted_neighbour": replace(good_sync(), signer=NEIGHBOUR),
        "signature_of_other_namespace": replace(good_sync(), namespace="file"),
        "signature_of_card_namespace": replace(good_sync(), namespace="sotram-card@v1"),
        "signature_empty": armor(lambda _: b""),
        "signature_twice": armor(lambda found: found + found),
        "signature_crlf": armor(lambda found: found.replace(b"\n", b"\r\n")),
        "signature_vertical_tab": armor(lambda found: found.replace(b"\n", b"\x0b", 1)),
        "signature_without_last_line_feed": armor(lambda found: found[:-1]),
        "signature_trailing_space": armor(lambda found: found[:-1] + b" \n"),
        "signature_longer_than_1024": armor(lambda found: found + b"\n" * 1024),
        "signature_of_sha256": armor(lambda _: other_signature(b"sha256", b"ssh-ed25519")),
        "signature_of_rsa": armor(lambda _: other_signature(b"sha512", b"ssh-rsa")),
        "signature_of_other_text": replace(good_sync(), signature=lambda _: of_other_text()),
        "signature_of_zeros": armor(lambda _: zero_signature()),
    }


def other_signature(hash_name: bytes, algorithm: bytes) -> bytes:
    def string(content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + content

    key = string(string(algorithm) + string(POST.card.signing_key))
    fields = key + string(b"sotram-bundle@v1") + string(b"") + string(hash_name)
    return ssh_signature.armored(b"SSHSIG\0\0\0\x01" + fields + string(string(algorithm) + string(bytes(64))))


def of_other_text() -> bytes:
    return ssh_signature.sign(b"another text\n", POST.keys.signing, "sotram-bundle@v1")


def zero_signature() -> bytes:
    return ssh_signature.armored(ssh_signature.signature_blob(POST.card.signing_key, "sotram-bundle@v1", bytes(64)))


def blobs() -> dict[str, Forge]:
    def changed(change: Callable[[dict[str, bytes]], dict[str, bytes]]) -> Forge:
        return replace(good_sync(), parts=lambda found: replace(found, blobs=change(dict(found.blobs))))

    extra = seal(b"one more", PROVINCE, "extra")
    return {
        "blob_missing": changed(lambda _: {}),
        "blob_extra": changed(lambda found: found | {hashlib.sha256(extra).hexdigest(): extra}),
        "blob_swapped": changed(lambda _: {hashlib.sha256(extra).hexdigest(): extra}),
        "blob_of_other_content": changed(lambda found: dict.fromkeys(found, extra)),
        "blob_one_byte_more": changed(lambda found: {name: content + b"\0" for name, content in found.items()}),
        "blob_one_bit_other": changed(lambda found: {name: flipped(content) for name, content in found.items()}),
    }


def flipped(content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1])


def sealings() -> dict[str, Forge]:
    return {
        "payload_sealed_for_another": replace(good_sync(), sealed_for=NEIGHBOUR),
        "payload_of_age_truncated": replace(good_sync(), payload=lambda found: found[:-20]),
        "payload_of_age_one_bit_other": replace(good_sync(), payload=flipped),
        "payload_of_age_and_more": replace(good_sync(), payload=lambda found: found + b"\0"),
        "payload_not_of_age": replace(good_sync(), payload=lambda _: b"something else"),
        "payload_empty": replace(good_sync(), payload=lambda _: b""),
        "payload_of_age_passphrase": replace(
            good_sync(), payload=lambda found: found.replace(b"-> X25519 ", b"-> scrypt ", 1)
        ),
    }


def manifests() -> dict[str, Forge]:
    def key(name: str, value: object) -> Forge:
        return replace(good_sync(), content=good_sync().content | {name: value})

    def raw(change: Callable[[bytes], bytes]) -> Forge:
        return replace(good_sync(), manifest=change)

    def in_range(name: str, value: object) -> Forge:
        return key("ranges", [good_sync().content["ranges"][0] | {name: value}])

    one = good_sync().content["ranges"][0]
    return {
        "inner_not_json": raw(lambda _: b"hello"),
        "inner_empty": raw(lambda _: b""),
        "inner_list": raw(lambda _: b"[]"),
        "inner_with_spaces": raw(lambda found: found.replace(b":", b": ", 1)),
        "inner_duplicate_key": raw(lambda found: b'{"app":"x",' + found[1:]),
        "inner_float": key("seq", 7.0),
        "inner_unknown_key": key("zone", 1),
        "inner_unknown_key_inside": in_range("zone", 1),
        "inner_key_missing": raw(lambda found: found.replace(b'"app":"vectors",', b"")),
        "inner_salt_short": key("salt", "00"),
        "inner_true_as_number": key("clock", {"hub": True, "seen": [0, 0], "wall": 0}),
        "inner_range_backwards": in_range("to", 0) if one["from"] else key("ranges", [one | {"from": 4}]),
        "inner_range_twice": key("ranges", [one, one]),
        "inner_head_short": in_range("to_head", "00"),
        "inner_negative_number": in_range("from", -1),
        "inner_forms_with_quotes": key("forms", {'x"); drop table r;--': 1}),
        "inner_missing_not_ascending": key("missing", ["f" * 64, "0" * 64]),
        "inner_excerpts_in_a_sync": key("excerpts", []),
        "inner_excerpts_not_ascending": excerpts_turned_round(),
    }


def excerpts_turned_round() -> Forge:
    group = good_answer().content["excerpts"][0]
    return replace(
        good_answer(), content=good_answer().content | {"excerpts": [group | {"lines": 1}, group | {"lines": 1}]}
    )


def with_line(line: bytes) -> Forge:
    """Return a bundle whose second line is this one, with everything around it as it must be."""
    station, epoch = POST.card.station, EPOCHS["post"]
    found, _ = operations(epoch, 3, station)
    found[1] = line
    heads = [genesis(station, epoch)]
    for one in found:
        heads.append(next_head(heads[-1], one))
    return Forge(lines=found, content=sync_of(found, heads), attachments={"picture": PICTURE})


def lines() -> dict[str, Forge]:
    good = operations(EPOCHS["post"], 3, POST.card.station)[0][1]

    def value(text: bytes) -> Forge:
        return with_line(good.replace('"Lò Thị Mẩy 2"'.encode(), text))

    def changed(old: bytes, new: bytes) -> Forge:
        return with_line(good.replace(old, new))

    return {
        "line_nan": value(b"NaN"),
        "line_infinity": value(b"-Infinity"),
        "line_number_1e400": value(b"1e400"),
        "line_float": value(b"1.5"),
        "line_number_2_63": value(b"9223372036854775808"),
        "line_number_of_4000_digits": value(b"9" * 4000),
        "line_number_of_5000_digits": value(b"9" * 5000),
        "line_number_minus_zero": value(b"-0"),
        "line_duplicate_key": changed(b'{"c":2,', b'{"c":2,"c":2,'),
        "line_duplicate_field": changed(b'{"full_name":', b'{"full_name":["x",[]],"full_name":'),
        "line_byte_order_mark": with_line(b"\xef\xbb\xbf" + good),
        "line_utf16": with_line(good.decode().encode("utf-16-le").replace(b"\n", b"")),
        "line_invalid_utf8": value(b'"\xff\xfe"'),
        "line_overlong_utf8": value(b'"\xc0\xaf"'),
        "line_lone_surrogate": value(b'"\\ud800"'),
        "line_surrogate_in_utf8": value(b'"\xed\xa0\x80"'),
        "line_nul": value(b'"a\\u0000b"'),
        "line_c1_control": value('"a\u0085b"'.encode()),
        "line_carriage_return": value(b'"a\\rb"'),
        "line_not_nfc": value('"Lo\u0300"'.encode()),
        "line_escaped_letter": value(b'"\\u00f2"'),
        "line_depth_17": value(b"[" * 17 + b"]" * 17),
        "line_depth_10000": value(b"[" * 10_000 + b"]" * 10_000),
        "line_with_spaces": changed(b":", b": "),
        "line_keys_not_sorted": changed(b'{"c":2,"d":1,', b'{"d":1,"c":2,'),
        "line_unknown_key": changed(b'{"c":2,', b'{"a":1,"c":2,'),
        "line_key_missing": changed(b'"k":"put",', b""),
        "line_unknown_act": changed(b'"k":"put"', b'"k":"drop"'),
        "line_reserved_act": changed(b'"k":"put"', b'"k":"del"'),
        "line_column_name_with_quotes": changed(b'"full_name"', b'"x\\"); drop table r;--"'),
        "line_register_name_with_dots": changed(b'"t":"person"', b'"t":"../person"'),
        "line_record_not_an_id": changed(b'"r":"01935000', b'"r":"01935OOO'),
        "line_501_fields": changed(
            b'{"full_name"', b'{"a"' + b"".join(b':[1,[]],"a%03d"' % n for n in range(500)) + b':[1,[]],"full_name"'
        ),
        "line_parents_not_sorted": value(b'1,["a1b2c3d4e5f60718:2","a1b2c3d4e5f60718:1"]],"g":[1'),
        "line_parent_beyond_2_53": value(b'1,["a1b2c3d4e5f60718:9007199254740993"]],"g":[1'),
        "line_counter_true": changed(b'"c":2', b'"c":true'),
        "line_text_as_value_of_suspect": changed(b'"r":', b'"q":true,"r":'),
        "line_empty": with_line(b""),
        "line_null": with_line(b"null"),
    }


def bodies() -> dict[str, Forge]:
    forge = good_sync()
    body = b"".join(line + b"\n" for line in forge.lines)

    def stated(**changes: object) -> Forge:
        found = {"bytes": len(body), "lines": 3, "sha256": hashlib.sha256(body).hexdigest()} | changes
        return replace(good_sync(), content=good_sync().content | {"body": found})

    return {
        "body_line_missing": replace(good_sync(), body=lambda found: found[: found.rindex(b"\n", 0, -1) + 1]),
        "body_line_twice": replace(good_sync(), body=lambda found: found + forge.lines[2] + b"\n"),
        "body_without_last_line_feed": replace(good_sync(), body=lambda found: found[:-1]),
        "body_of_other_digest": stated(sha256="0" * 64),
        "body_of_other_size": stated(bytes=len(body) + 1),
        "body_of_other_count": stated(lines=4),
        "body_truncated_frame": replace(good_sync(), stream=lambda found: zstd_frame(found)[:-10]),
        "body_range_of_2_53": far_range(),
    }


def far_range() -> Forge:
    forge = good_sync()
    forge.content["ranges"][0]["to"] = 2**53 - 1
    return forge


def chains() -> dict[str, Forge]:
    def with_range(**changes: object) -> Forge:
        return replace(good_sync(), content={"seen": None, "ranges": [good_sync().content["ranges"][0] | changes]})

    found, heads = operations(EPOCHS["post"], 3, POST.card.station)
    turned = [found[0], found[2], found[1]]
    twice = [found[0], found[1], found[1]]
    shifted = sync_of(found, heads)["ranges"][0] | {"from": 1, "to": 4}
    ascending = good_answer()
    return {
        "chain_to_another_head": with_range(to_head="0" * 64),
        "chain_from_another_head": with_range(from_head="0" * 64),
        "chain_of_another_epoch": with_range(epoch=EPOCHS["neighbour"]),
        "chain_counters_shifted": replace(good_sync(), content={"ranges": [shifted], "seen": None}),
        "chain_lines_turned_round": replace(good_sync(), lines=turned),
        "chain_line_repeated": replace(good_sync(), lines=twice),
        "chain_value_changed": replace(good_sync(), lines=[found[0], found[1].replace(b" 2", b" 3"), found[2]]),
        "excerpts_descending": replace(ascending, lines=ascending.lines[::-1]),
        "excerpts_of_another_epoch": replace(ascending, lines=found[:2]),
    }


def single_rejections() -> dict[str, tuple[int, str, Forge]]:
    forge = good_sync()
    own = replace(good_answer(), sender=PROVINCE, recipient=PROVINCE)
    other = replace(good_sync(), recipient=NEIGHBOUR, header={"to": NEIGHBOUR.card.station})
    resigned = replace(good_sync(), header={"from": _from(NEIGHBOUR)}, signer=NEIGHBOUR)
    changed = forge.attachments | {"picture": PICTURE[::-1]}
    return {
        "own_bundle": (5, "bundle_own", own),
        "answer_of_a_post": (5, "bundle_kind_not_allowed", replace(good_sync(), header={"kind": "ack"})),
        "sync_of_a_province": (5, "bundle_kind_not_allowed", replace(good_answer(), header={"kind": "sync"})),
        "recipient_other": (7, "bundle_other_recipient", other),
        "payload_of_another_bundle": (8, "bundle_payload", replace(good_sync(), parts=_with_other_payload)),
        "payload_one_bit_other": (8, "bundle_payload", replace(good_sync(), parts=_with_flipped_payload)),
        "payload_size_one_more": (8, "bundle_payload", replace(good_sync(), header={"payload-size": "1"})),
        "stream_expands_640_times": (10, "bundle_expands", _expanding()),
        "stream_window_128_mib": (10, "bundle_compression", replace(forge, stream=_with_wide_window)),
        "stream_not_of_zstd": (10, "bundle_compression", replace(forge, stream=lambda found: found)),
        "stream_and_more": (10, "bundle_compression", replace(forge, stream=lambda found: zstd_frame(found) + b"more")),
        "stream_without_line_feed": (10, "bundle_limit", replace(forge, stream=lambda _: zstd_bomb(3 * 131072))),
        "inner_of_other_digest": (11, "bundle_inner_digest", replace(forge, header={"inner-sha256": "0" * 64})),
        "inner_of_other_sequence": (11, "bundle_inner_differs", replace(forge, header={"seq": "8"})),
        "inner_of_other_id": (11, "bundle_inner_differs", replace(forge, header={"id": "0" * 32})),
        "inner_of_other_epoch": (11, "bundle_inner_differs", replace(forge, header={"epoch": "0" * 16})),
        "inner_of_other_sender": (11, "bundle_inner_differs", resigned),
        "inner_of_other_recipient": (11, "bundle_inner_differs", _forwarded()),
        "inner_with_other_blobs": (11, "bundle_inner_differs", _with_inner(attachments=[])),
        "inner_257_ranges": (11, "bundle_limit", _with_inner(ranges=[{}] * 257)),
        "inner_of_200001_lines": (11, "bundle_limit", _with_inner(body=_body(lines=200_001))),
        "attachment_of_other_content": (11, "bundle_attachment", _lying_attachment(digest="0" * 64)),
        "attachment_of_other_size": (11, "bundle_attachment", _lying_attachment(size=len(changed["picture"]) + 1)),
    }


def held() -> dict[str, tuple[int, str, Forge]]:
    stranger = replace(good_sync(), sender=STRANGER)
    revoked = replace(good_sync(), sender=REVOKED)
    renewed = replace(
        good_sync(), header={"from": f"{POST.card.station} {_from(STRANGER).split(' ')[1]}"}, signer=STRANGER
    )
    newer = replace(good_sync(), text=lambda found: found.replace(b"SOTRAM-BUNDLE 1", b"SOTRAM-BUNDLE 2") + b"more\n")
    return {
        "version_2": (4, "bundle_version_newer", newer),
        "sender_unknown": (5, "bundle_station_unknown", stranger),
        "sender_revoked": (5, "bundle_station_revoked", revoked),
        "sender_with_a_new_key": (5, "bundle_key_unknown", renewed),
        "kind_enrol": (7, "bundle_kind_newer", replace(good_sync(), header={"kind": "enrol"})),
        "kind_trust": (7, "bundle_kind_newer", replace(good_answer(), header={"kind": "trust"})),
        "kind_backup": (7, "bundle_kind_newer", replace(good_sync(), header={"kind": "backup"})),
        "trust_list_newer": (7, "bundle_trust_newer", replace(good_sync(), header={"trust": "1"})),
        "schema_2": (11, "bundle_schema_newer", _with_inner(schema=[2, 0], surprise={"of": "tomorrow"})),
    }


def _from(side: Side) -> str:
    return next(
        line.removeprefix("from ")
        for line in replace(good_sync(), sender=side).file().decode("latin-1").split("\n")
        if line.startswith("from ")
    )


def _with_inner(**changes: object) -> Forge:
    return replace(good_sync(), content=good_sync().content | changes)


def _body(**changes: object) -> dict[str, object]:
    body = b"".join(line + b"\n" for line in good_sync().lines)
    return {"bytes": len(body), "lines": 3, "sha256": hashlib.sha256(body).hexdigest(), **changes}


def _lying_attachment(**changes: object) -> Forge:
    sealed = seal(PICTURE, PROVINCE, "picture")
    true = {"digest": hashlib.sha256(PICTURE).hexdigest(), "size": len(PICTURE), "type": "image/png"}
    return _with_inner(attachments=[{"blob": hashlib.sha256(sealed).hexdigest(), **true, **changes}])


def _expanding() -> Forge:
    """Return a bundle of six good operations whose texts take 640 times their compressed size."""
    found, _ = operations(EPOCHS["post"], 6, POST.card.station, "a" * 200_000)
    heads = [genesis(POST.card.station, EPOCHS["post"])]
    for line in found:
        heads.append(next_head(heads[-1], line))
    return Forge(lines=found, content=sync_of(found, heads), stream=zstd_of_runs)


def _with_wide_window(content: bytes) -> bytes:
    return zstd_frame(content, 0x88)  # 2^(10 + 17) bytes: 128 MiB


def _forwarded() -> Forge:
    """Return a post's payload that its own station sealed for a neighbour, under an outer.txt for the province."""
    return _with_inner(to=NEIGHBOUR.card.station)


def _with_other_payload(found: Parts) -> Parts:
    return replace(found, payload=seal(zstd_frame(b"another payload\n"), PROVINCE, "another"))


def _with_flipped_payload(found: Parts) -> Parts:
    return replace(found, payload=flipped(found.payload))


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    made = list(vectors())
    for stale in FOLDER.glob("*.sotram"):
        stale.unlink()
    for vector in made:
        (FOLDER / f"{vector.name}.sotram").write_bytes(vector.content)
    (FOLDER.parent / "index.toml").write_text(index(made), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
