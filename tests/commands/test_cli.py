"""The command line, as an administrator types it: real registries, files and exit statuses."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, TypeAlias

import click
import pytest
from click.testing import CliRunner, Result

from desktop.cli import sotram
from tests.conftest import PASSPHRASE, World

PERSON = {
    "full_name": "Nguyễn Thị Đào",
    "dob": "1999-02-14",
    "gender": "F",
    "perm_addr": {"province": "11", "commune": "03160"},
}
ABSENCE = {
    "case_kind": ["LCNN"],
    "absent_since": "03/2026",
    "declared_absence": False,
    "absence_reason_declared": "KET_HON",
    "absence_reason_assessed": "KHONG_RO",
    "risk_level": "1",
    "source_of_information": "GIA_DINH",
}

Answer: TypeAlias = dict[str, Any]


class Terminal:
    """Types commands; `--registry` and the passphrase of a station are added where its name is given."""

    def __init__(self, folder: Path, world: World) -> None:
        self.folder = folder
        self.world = world
        self.passphrase = folder / "passphrase"
        self.passphrase.write_text(f"{PASSPHRASE}\n", encoding="utf-8")

    def type(self, *words: object, at: str | None = None, given: object = None, language: str = "vi") -> Result:
        typed = [str(word) for word in words]
        environment = {"SOTRAM_PASSPHRASE_FILE": str(self.passphrase)}
        if at is not None:
            split = 2 if typed[0] in {"records", "card", "conflicts", "officer", "passphrase", "held"} else 1
            typed = [*typed[:split], "--registry", str(self.folder / at), *typed[split:]]
        text = given if isinstance(given, str) or given is None else json.dumps(given)
        return CliRunner().invoke(
            sotram,
            ["--lang", language, *typed],
            input=text,
            env=environment,
            obj=self.world.environment,
            catch_exceptions=False,
        )

    def answer(self, *words: object, at: str | None = None, given: object = None) -> Answer:
        result = self.type(*words, at=at, given=given)
        assert result.exit_code == 0, result.stderr
        answer: Answer = json.loads(result.stdout)
        return answer

    def init(self, name: str, kind: str = "commune", commune: str | None = "03160") -> Answer:
        unit = ("--commune", commune) if commune else ()
        return self.answer(
            *("init", "--kind", kind, "--province", "11", *unit, "--name", f"Đơn vị {name}", "--officer", "Hà Văn Sơn"),
            at=name,
        )

    def introduce(self, known: str, to: str) -> str:
        path = self.folder / f"{known}-to-{to}.card"
        exported = self.answer("card", "export", "--out", path, at=known)
        self.answer("card", "import", path, at=to)
        self.answer("card", "trust", exported["station"], "--fingerprint", exported["fingerprint"], at=to)
        return str(exported["station"])


@pytest.fixture
def terminal(tmp_path: Path, world: World) -> Terminal:
    return Terminal(tmp_path, world)


@pytest.fixture
def post(terminal: Terminal) -> Terminal:
    terminal.init("post")
    return terminal


def test_init_gives_station_fingerprint_and_a_recovery_code_once(terminal: Terminal) -> None:
    answer = terminal.init("post")
    assert answer["station"].startswith("CAX-03160-")
    assert set(answer) == {"station", "fingerprint", "registry", "recovery_code"}


def test_a_passphrase_is_never_an_argument() -> None:
    def options(command: click.Command) -> set[str]:
        own = {name for option in command.params for name in option.opts}
        inner = getattr(command, "commands", {}).values()
        return own.union(*(options(one) for one in inner))

    assert not {name for name in options(sotram) if "passphrase" in name and not name.endswith("file")}


def test_a_wrong_passphrase_is_status_1_with_its_code(post: Terminal) -> None:
    post.passphrase.write_text("không phải câu này 1", encoding="utf-8")
    result = post.type("records", "list", "person", at="post")
    assert result.exit_code == 1
    assert "[wrong_passphrase]" in result.stderr
    assert result.stdout == ""


def test_a_missing_option_is_status_2(post: Terminal) -> None:
    assert post.type("send", at="post").exit_code == 2


def test_scan_to_person_to_record(post: Terminal) -> None:
    qr = "011199012345|123456789|Nguyễn Thị Đào|14021999|Nữ|Bản Nậm Kè, Nậm Kè, Mường Nhé, Điện Biên|05062021"
    scanned = post.answer("scan", "-", at="post", given=qr)
    assert set(scanned) >= {"kind", "person", "problems"}
    assert scanned["kind"] == "id_card"
    added = post.answer("records", "add", "person", "--json", "-", at="post", given=scanned["person"])
    shown = post.answer("records", "show", "person", added["id"], at="post")
    assert shown["values"].items() >= scanned["person"].items()


def test_an_unreadable_scan_is_refused_and_does_not_repeat_what_was_typed(post: Terminal) -> None:
    result = post.type("scan", "hoàn toàn không phải mã", at="post")
    assert result.exit_code == 1
    assert "hoàn toàn" not in result.stdout + result.stderr


def test_show_has_the_documented_shape(post: Terminal) -> None:
    added = post.answer("records", "add", "absence", "--json", "-", at="post", given={"person": PERSON, **ABSENCE})
    shown = post.answer("records", "show", "absence", added["record_no"], at="post")
    assert set(shown) >= {"id", "record_no", "version", "values", "conflicts"}
    assert (shown["id"], shown["record_no"], shown["version"]) == (added["id"], "VM-2026-0001", 1)
    assert shown["values"]["absent_since"] == "2026-03"


def test_set_changes_what_is_given_and_history_tells_it(post: Terminal) -> None:
    added = post.answer("records", "add", "absence", "--json", "-", at="post", given={"person": PERSON, **ABSENCE})
    post.answer(
        "records", "set", "absence", added["id"], "--json", "-", at="post", given={"destination_country": "CHN"}
    )
    entries = json.loads(post.type("records", "history", "absence", added["id"], "--json", at="post").stdout)
    (entry,) = [one for one in entries if one["field"] == "destination_country"]
    assert (entry["old"], entry["new"], entry["officer"]) == (None, "CHN", "Hà Văn Sơn")


def test_list_finds_by_folded_name(post: Terminal) -> None:
    added = post.answer("records", "add", "person", "--json", "-", at="post", given=PERSON)
    rows = json.loads(post.type("records", "list", "person", "--search", "nguyen thi dao", "--json", at="post").stdout)
    assert [row["id"] for row in rows] == [added["id"]]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_missing_field_is_named_with_its_code(post: Terminal, language: str) -> None:
    result = post.type(
        "records", "add", "absence", "--json", "-", at="post", given={"person": PERSON}, language=language
    )
    assert result.exit_code == 1
    for field in ABSENCE:
        assert f"{field}: " in result.stderr
    assert result.stderr.count("[value_missing]") == len(ABSENCE)


def test_a_doubtful_value_needs_a_reason(post: Terminal) -> None:
    doubtful = {"person": PERSON, **ABSENCE, "absent_since": "2024"}
    refused = post.type("records", "add", "absence", "--json", "-", at="post", given=doubtful)
    assert refused.exit_code == 1
    assert "[absence_undeclared]" in refused.stderr
    assert "[reason_needed]" in refused.stderr
    accepted = post.answer("records", "add", "absence", "--json", "-", "--reason", "đã hỏi", at="post", given=doubtful)
    assert accepted["record_no"] == "VM-2026-0001"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "json_unreadable"),
        ("[]", "json_not_an_object"),
        ('{"dob": NaN}', "json_unreadable"),
        ("", "json_unreadable"),
    ],
)
def test_broken_json_is_told_where(post: Terminal, text: str, code: str) -> None:
    result = post.type("records", "add", "person", "--json", "-", at="post", given=text)
    assert (result.exit_code, f"[{code}]" in result.stderr) == (1, True)


def test_the_whole_way_from_post_to_province_and_back(terminal: Terminal, tmp_path: Path) -> None:
    for name, kind, commune in (
        ("post", "commune", "03160"),
        ("border", "border", "03163"),
        ("office", "province", None),
    ):
        terminal.init(name, kind, commune)
    post, border = (terminal.introduce(name, "office") for name in ("post", "border"))
    office = terminal.introduce("office", "post")
    terminal.introduce("office", "border")
    terminal.introduce("post", "border")
    terminal.introduce("border", "post")
    record = terminal.answer(
        "records", "add", "absence", "--json", "-", at="post", given={"person": PERSON, **ABSENCE}
    )["id"]

    def carry(sender: str, station: str, receiver: str) -> Answer:
        sent = terminal.answer("send", "--to", station, "--out", tmp_path, "--json", at=sender)
        return terminal.answer("receive", sent["file"], "--json", at=receiver)

    received = carry("post", border, "border")
    assert set(received) == {"verdict", "code", "from", "new", "changed", "conflicts", "unknown", "message"}
    assert (received["verdict"], received["from"], received["new"]) == ("ACCEPTED", post, 2)
    for name, place in (("post", "Côn Minh"), ("border", "Quảng Châu")):
        given = {"destination_place": place}
        terminal.answer("records", "set", "absence", record, "--json", "-", at=name, given=given)
    carry("post", office, "office")
    assert carry("border", office, "office")["conflicts"] == 1
    (conflict,) = json.loads(terminal.type("conflicts", "list", "--json", at="office").stdout)
    assert {value["value"] for value in conflict["values"]} == {"Côn Minh", "Quảng Châu"}
    terminal.answer("conflicts", "resolve", record, "destination_place", "--choose", "2", at="office")
    for name, station in (("post", post), ("border", border)):
        carry("office", station, name)
    values = [
        terminal.answer("records", "show", "absence", record, at=name)["values"]
        for name in ("post", "border", "office")
    ]
    assert values[0] == values[1] == values[2]
    assert values[0]["destination_place"] == "Quảng Châu"
    assert terminal.answer("check", "--rebuild", at="office")["ok"] is True


def test_a_refused_bundle_is_json_and_status_1(post: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "not.sotram"
    path.write_bytes(b"PK\x03\x04 not a bundle")
    result = post.type("receive", path, at="post")
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["verdict"]) == (1, "REJECT")
    assert f"[{answer['code']}]" in result.stderr


def test_print_writes_a_pdf_and_counts_its_copies(post: Terminal, tmp_path: Path) -> None:
    added = post.answer("records", "add", "absence", "--json", "-", at="post", given={"person": PERSON, **ABSENCE})
    files = [tmp_path / "first.pdf", tmp_path / "second.pdf"]
    copies = [post.answer("print", "ct03", added["id"], "--out", file, at="post") for file in files]
    assert [copy["copy"] for copy in copies] == [1, 2]
    assert all(file.read_bytes().startswith(b"%PDF-") for file in files)


def test_a_bundle_is_inspected_and_verified_without_a_registry(terminal: Terminal, tmp_path: Path) -> None:
    terminal.init("post")
    terminal.init("office", "province", None)
    office = terminal.introduce("office", "post")
    card = tmp_path / "post.card"
    terminal.answer("card", "export", "--out", card, at="post")
    path = terminal.answer("send", "--to", office, "--out", tmp_path, at="post")["file"]
    assert terminal.answer("bundle", "inspect", path)["to"] == office
    assert terminal.answer("bundle", "verify", path, "--card", card)["verdict"] == "ACCEPTED"
    unknown = terminal.type("bundle", "verify", path)
    assert (unknown.exit_code, json.loads(unknown.stdout)["verdict"]) == (1, "HOLD")
    content = bytearray(Path(path).read_bytes())
    content[len(content) // 2] ^= 1
    Path(path).write_bytes(content)
    damaged = terminal.type("bundle", "verify", path, "--card", card)
    assert (damaged.exit_code, json.loads(damaged.stdout)["verdict"]) == (1, "REJECT")


def test_a_second_officer_and_a_changed_passphrase(post: Terminal, tmp_path: Path) -> None:
    second = tmp_path / "second"
    second.write_text("suối đá rừng xanh 54", encoding="utf-8")
    post.answer("officer", "add", "--name", "Lò Thị Bun", "--new-passphrase-file", second, at="post")
    officers = json.loads(post.type("officer", "list", "--json", at="post").stdout)
    assert {one["name"] for one in officers} == {"Hà Văn Sơn", "Lò Thị Bun"}
    third = tmp_path / "third"
    third.write_text("bản làng sương sớm 88", encoding="utf-8")
    assert post.type("passphrase", "change", "--new-passphrase-file", third, at="post").exit_code == 0
    assert post.type("officer", "list", at="post").exit_code == 1
    post.passphrase = third
    assert post.type("officer", "list", at="post").exit_code == 0


def test_the_program_runs_from_the_shell() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "desktop.cli", "--version"], capture_output=True, text=True, check=True
    )
    assert result.stdout.startswith("sotram, version ")


def test_the_shipped_forms_are_sound_and_a_typo_is_told_with_its_place(post: Terminal, tmp_path: Path) -> None:
    assert post.answer("forms", "check")["ok"] is True
    folder = tmp_path / "forms"
    shutil.copytree(Path(__file__).parents[2] / "forms", folder)
    register = folder / "registers" / "absence.toml"
    register.write_text(register.read_text(encoding="utf-8").replace("required = true", "requird = true", 1), "utf-8")
    result = post.type("forms", "check", "--forms", folder)
    assert result.exit_code == 1
    assert "registers/absence.toml" in result.stderr
    assert "did you mean 'required'" in result.stderr
    assert "[definition_invalid]" in result.stderr


def test_a_damaged_key_file_is_repaired_and_reported_by_check(terminal: Terminal) -> None:
    terminal.init("post")
    (terminal.folder / "post" / "keyslots.B.json").write_bytes(b"torn")
    result = terminal.type("check", at="post")
    assert result.exit_code == 0, result.stderr
    assert "[keyslots_repaired]" in result.stderr
    assert json.loads(result.stdout)["key_copies"] == "repaired"
    again = terminal.type("check", at="post")
    assert "keyslots" not in again.stderr
    assert json.loads(again.stdout)["key_copies"] == "sound"


def test_a_bundle_held_is_listed_and_taken_in_by_trusting_its_station(terminal: Terminal, tmp_path: Path) -> None:
    post = terminal.init("post")
    terminal.init("office", "province", None)
    office = terminal.introduce("office", "post")
    terminal.answer("records", "add", "absence", "--json", "-", at="post", given={"person": PERSON, **ABSENCE})
    path = terminal.answer("send", "--to", office, "--out", tmp_path, at="post")["file"]
    assert terminal.type("receive", path, at="office").exit_code == 1
    [held] = json.loads(terminal.type("held", "list", "--json", at="office").stdout)
    assert (held["station"], held["reason"]) == (post["station"], "bundle_station_unknown")
    assert terminal.type("held", "retry", at="office").exit_code == 1
    card = tmp_path / "post.card"
    exported = terminal.answer("card", "export", "--out", card, at="post")
    terminal.answer("card", "import", card, at="office")
    trusted = terminal.answer("card", "trust", post["station"], "--fingerprint", exported["fingerprint"], at="office")
    assert [one["verdict"] for one in trusted["retried"]] == ["ACCEPTED"]
    assert json.loads(terminal.type("held", "list", "--json", at="office").stdout) == []


def test_a_held_bundle_is_deleted_only_with_a_reason(terminal: Terminal, tmp_path: Path) -> None:
    terminal.init("post")
    terminal.init("office", "province", None)
    office = terminal.introduce("office", "post")
    path = terminal.answer("send", "--to", office, "--out", tmp_path, at="post")["file"]
    terminal.type("receive", path, at="office")
    [held] = json.loads(terminal.type("held", "list", "--json", at="office").stdout)
    assert terminal.type("held", "release", held["digest"], at="office").exit_code == 2
    refused = terminal.type("held", "release", held["digest"], "--reason", " ", at="office")
    assert (refused.exit_code, "[held_bundle_reason_missing]" in refused.stderr) == (1, True)
    assert held["digest"] in terminal.type("held", "list", at="office").stdout
    terminal.answer("held", "release", held["digest"], "--reason", "gửi nhầm", at="office")
    assert terminal.type("held", "list", at="office").stdout == ""
