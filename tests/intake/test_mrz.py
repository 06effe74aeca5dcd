import datetime as dt
from collections.abc import Callable

import pytest

from desktop.intake.mrz import check_digit
from desktop.intake.scanner import ScanResult, scan

TODAY = dt.date(2026, 11, 21)
# The specimens of ICAO Doc 9303, parts 4 and 5.
PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
CARD = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
VALUES = {sign: value for value, sign in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}


def read(text: str, today: dt.date = TODAY) -> ScanResult:
    return scan(text, today=today, places=None)


def found(result: ScanResult) -> set[tuple[str, str | None]]:
    return {(problem.code, problem.field) for problem in result.problems}


def passport(**parts: str) -> str:
    """Return a passport's zone whose check digits are right; `wrong` parts are put in afterwards by the tests."""
    part = {
        "name": "NGUYEN<<VAN<A",
        "issuer": "VNM",
        "number": "C1234567",
        "nationality": "VNM",
        "birth": "850314",
        "gender": "M",
        "expiry": "300101",
        "optional": "011085000123",
    } | parts
    number = part["number"].ljust(9, "<")
    optional = part["optional"].ljust(14, "<")
    checked = f"{number}{check_digit(number)}", f"{part['birth']}{check_digit(part['birth'])}"
    tail = f"{part['expiry']}{check_digit(part['expiry'])}{optional}{check_digit(optional)}"
    composite = check_digit("".join(checked) + tail)
    first = f"P<{part['issuer']:<<3}{part['name']:<<39}"
    return f"{first}\n{checked[0]}{part['nationality']:<<3}{checked[1]}{part['gender']}{tail}{composite}"


def vietnamese_card(number: str = "011185000123", expiry: str = "450314", full: str | None = None) -> str:
    last = number[-9:]
    optional = (full or number).ljust(15, "<")
    upper = f"{last}{check_digit(last)}{optional}"
    birth = f"850314{check_digit('850314')}"
    until = f"{expiry}{check_digit(expiry)}"
    composite = check_digit(f"{upper}{birth}{until}{'<' * 11}")
    return f"IDVNM{upper}\n{birth}F{until}VNM{'<' * 11}{composite}\n{'LO<<THI<DON':<<30}"


def test_the_specimen_passport_is_read_whole() -> None:
    result = read(PASSPORT)

    assert result.kind == "mrz_td3"
    assert result.person == {
        "full_name": "ERIKSSON ANNA MARIA",
        "dob": "1974-08-12",
        "gender": "F",
        "nationality": "UTO",
        "passport_no": "L898902C3",
    }
    assert result.document == {"doc_type": "P", "passport_no": "L898902C3", "issuer": "UTO", "expiry": "2012-04-15"}
    assert result.problems == ()


def test_the_specimen_card_is_read_whole() -> None:
    result = read(CARD)

    assert result.kind == "mrz_td1"
    assert result.person["passport_no"] == "D23145890"
    assert result.person["dob"] == "1974-08-12"
    assert result.person["full_name"] == "ERIKSSON ANNA MARIA"
    assert result.document == {"doc_type": "KH", "passport_no": "D23145890", "issuer": "UTO", "expiry": "2012-04-15"}
    assert result.problems == ()


def test_a_card_number_longer_than_nine_goes_on_in_the_optional_part() -> None:
    number = "D23145890734"
    upper = f"D23145890<734{check_digit(number)}<<<<<<<<<<<"
    lower = "7408122F1204159UTO<<<<<<<<<<<"
    composite = check_digit(upper + lower[:7] + lower[8:15] + lower[18:])
    result = read(f"I<UTO{upper}\n{lower}{composite}\nERIKSSON<<ANNA<MARIA<<<<<<<<<<")

    assert result.person["passport_no"] == number
    assert result.problems == ()


@pytest.mark.parametrize("text", [PASSPORT, CARD])
@pytest.mark.parametrize(
    "typed",
    [
        lambda text: text.lower(),
        lambda text: text.replace("\n", ""),
        lambda text: text.replace("\n", "\r\n") + "\r\n",
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace("\n", "\x1d") + "\x04",
        lambda text: f"]Q1  {text}",
        lambda text: text.replace("<", ";"),
        lambda text: text.replace("<", "|"),
        lambda text: text.replace("<", " "),
        lambda text: "\n".join(line.replace("<", " ").rstrip() for line in text.split("\n")),
        lambda text: text.replace("I", "i").replace("<", "≤"),
    ],
    ids=["lower", "one-line", "crlf", "cr", "gs", "symbology", "semicolon", "bar", "space", "space-cut", "other"],
)
def test_however_a_scanner_types_a_zone_it_is_read_the_same(text: str, typed: Callable[[str], str]) -> None:
    assert read(text) == read(typed(text))


def test_what_no_check_digit_covers_is_given_to_be_confirmed() -> None:
    assert read(PASSPORT).confirm == ("full_name", "gender", "nationality")


@pytest.mark.parametrize(
    ("zone", "checked"),
    [
        (PASSPORT, {"passport_no": (45, 55), "dob": (58, 65), "expiry": (66, 73), "personal_id": (73, 88)}),
        (CARD, {"passport_no": (5, 15), "dob": (31, 38), "expiry": (39, 46)}),
    ],
    ids=["td3", "td1"],
)
def test_every_single_misreading_that_arithmetic_can_find_is_found_and_its_field_left_out(
    zone: str, checked: dict[str, tuple[int, int]]
) -> None:
    missed = []
    for field, (start, end) in checked.items():
        for place in range(start, end):
            if (place, zone[0]) == (87, "P"):
                continue
            for sign in VALUES:
                if (VALUES[sign] - VALUES[zone[place]]) % 10 == 0:
                    continue
                result = read(zone[:place] + sign + zone[place + 1 :])
                if ("mrz_check_digit", field) not in found(result) or field in {**result.person, **result.document}:
                    missed.append((field, place, sign))

    assert missed == []


@pytest.mark.parametrize("zone", [PASSPORT, CARD], ids=["td3", "td1"])
def test_a_wrong_composite_digit_asks_for_every_field_to_be_compared(zone: str) -> None:
    place = 88 if zone is PASSPORT else 60
    result = read(zone[:place] + "9" + zone[place + 1 :])

    assert found(result) == {("mrz_composite_digit", None)}
    assert set(result.confirm) == {"full_name", "gender", "nationality", "dob", "passport_no"}


def test_each_wrong_digit_is_a_problem_of_its_own_and_the_others_stay() -> None:
    result = read(PASSPORT.replace("36UTO7408122F1204159", "37UTO7408123F1204159"))

    assert {("mrz_check_digit", "passport_no"), ("mrz_check_digit", "dob")} <= found(result)
    assert ("mrz_check_digit", "expiry") not in found(result)
    assert [problem.context for problem in result.problems][:1] == [{"field": "dob"}]
    assert set(result.person) == {"full_name", "gender", "nationality"}
    assert result.document["expiry"] == "2012-04-15"


def test_the_letter_o_is_not_taken_for_a_nought() -> None:
    result = read(passport(number="C1O34567").replace("C1O34567", "C1034567"))

    assert ("mrz_check_digit", "passport_no") in found(result)
    assert "passport_no" not in result.person


@pytest.mark.parametrize(
    ("birth", "dob"),
    [
        ("261121", "2026-11-21"),
        ("261122", "1926-11-22"),
        ("000229", "2000-02-29"),
        ("850314", "1985-03-14"),
        ("85<<<<", "1985"),
        ("8503<<", "1985-03"),
        ("26<<<<", "2026"),
    ],
)
def test_a_birth_lies_in_the_latest_century_that_is_not_the_future(birth: str, dob: str) -> None:
    result = read(passport(birth=birth, optional=""))

    assert dob == result.person["dob"]
    assert result.problems == ()


@pytest.mark.parametrize(
    ("expiry", "date"), [("300101", "2030-01-01"), ("760101", "2076-01-01"), ("770101", "1977-01-01")]
)
def test_an_expiry_lies_within_fifty_years(expiry: str, date: str) -> None:
    assert date == read(passport(expiry=expiry)).document["expiry"]


@pytest.mark.parametrize("birth", ["850230", "851301", "8503O1", "<<<<<<", "85<<14"])
def test_a_birth_that_is_no_date_is_left_out(birth: str) -> None:
    result = read(passport(birth=birth))

    assert found(result) == {("scan_date_impossible", "dob")}
    assert "dob" not in result.person


def test_a_vietnamese_passport_gives_the_personal_number_too() -> None:
    result = read(passport())

    assert result.person["personal_id"] == "011085000123"
    assert result.problems == ()


def test_a_vietnamese_passport_with_the_old_number_gives_it_as_old() -> None:
    assert read(passport(optional="040123456")).person["old_personal_ids"] == [{"number": "040123456"}]


def test_a_foreign_passports_personal_number_is_not_ours() -> None:
    assert "personal_id" not in read(passport(issuer="CHN", nationality="CHN")).person


def test_a_number_that_disagrees_with_birth_and_sex_is_doubted_and_kept() -> None:
    result = read(passport(optional="003199000123"))

    assert found(result) == {
        ("scan_id_gender", "gender"),
        ("scan_id_birth", "dob"),
        ("scan_id_province", "personal_id"),
    }
    assert result.person["personal_id"] == "003199000123"


def test_a_vietnamese_card_gives_its_twelve_digits() -> None:
    result = read(vietnamese_card())

    assert result.kind == "mrz_td1"
    assert result.person["personal_id"] == "011185000123"
    assert result.person["full_name"] == "LO THI DON"
    assert result.document == {"issuer": "VNM", "expiry": "2045-03-14"}
    assert result.problems == ()


def test_a_vietnamese_card_may_never_expire() -> None:
    result = read(vietnamese_card(expiry="991231"))

    assert "expiry" not in result.document
    assert result.problems == ()


@pytest.mark.parametrize("full", ["011185000124", "0111850001", "<<<<"])
def test_twelve_digits_that_do_not_end_in_the_card_number_are_refused(full: str) -> None:
    result = read(vietnamese_card(full=full))

    assert found(result) == {("mrz_card_number", "personal_id")}
    assert "personal_id" not in result.person


def test_a_misread_province_on_a_vietnamese_card_is_seen_by_the_composite_digit_and_no_number_is_given() -> None:
    card = vietnamese_card()
    result = read(card.replace("011185000123", "013185000123"))

    assert found(result) == {("mrz_composite_digit", None)}
    assert "personal_id" not in result.person


@pytest.mark.parametrize(
    ("name", "full_name", "codes"),
    [
        ("NGUYEN<<VAN<A", "NGUYEN VAN A", set()),
        ("ARKFREITH", "ARKFREITH", set()),
        ("VAN<DER<MUELLEN<<THOMAS", "VAN DER MUELLEN THOMAS", set()),
        ("NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K", "NILAVADHANANANDA CHAYAPA DEJTHAMRONG K", {"mrz_name_truncated"}),
        ("NGUYEN<<VAN<4", None, {"mrz_name_signs"}),
        ("", None, {"mrz_name_signs"}),
    ],
)
def test_a_name_is_surname_then_given_names(name: str, full_name: str | None, codes: set[str]) -> None:
    result = read(passport(name=name))

    assert full_name == result.person.get("full_name")
    assert codes == {problem.code for problem in result.problems}


@pytest.mark.parametrize(("code", "nationality"), [("D", "DEU"), ("XXA", "XXA"), ("GBD", "GBD"), ("LAO", "LAO")])
def test_nationality_is_as_written_but_germany(code: str, nationality: str) -> None:
    result = read(passport(nationality=code, issuer=code, optional=""))

    assert nationality == result.person["nationality"] == result.document["issuer"]


def test_a_sex_that_is_not_told_is_x_and_one_that_is_none_is_refused() -> None:
    assert read(passport(gender="<")).person["gender"] == "X"
    assert found(read(passport(gender="1"))) == {("scan_gender", "gender")}
    assert found(read(passport(nationality="V1M", issuer="V1M"))) == {("mrz_nationality", "nationality")}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (PASSPORT[:-1], "mrz_length"),
        (PASSPORT + "0", "mrz_length"),
        (PASSPORT.replace("P<UTO", "V<UTO"), "mrz_kind"),
        ("V" + CARD[1:], "mrz_kind"),
        (PASSPORT.replace("ANNA", "ÂNN").replace("MARIA", "MẢIA"), "scan_vietnamese_typing"),
    ],
)
def test_a_zone_that_cannot_be_read_says_why_and_gives_nothing(text: str, code: str) -> None:
    result = read(text)

    assert (result.kind, result.person, result.document) == ("unknown", {}, {})
    assert found(result) == {(code, None)}
    assert result.is_unreadable
