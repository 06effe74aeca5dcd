"""A report file with a mistake is refused with all its mistakes, each with its line and what was meant."""

import pytest

from desktop.domain.reports.loader import read_reports
from desktop.domain.reports.model import ReportDefinition
from desktop.errors import DefinitionError
from desktop.workspace.base.definitions import read_definitions

GOOD = """
id = "mine"
number = "K99"
label = { vi = "Của tôi", en = "Mine" }
definition = { vi = "Cách tính", en = "How" }
[[set]]
id = "received"
register = "tip"
where = "received_at >= period_start and received_at <= period_end"
[[set]]
id = "branch_a"
any_of = ["received"]
where = "seriousness_branch == 'A'"
[[table]]
id = "one"
label = { vi = "Bảng", en = "Table" }
[[table.row]]
id = "all"
label = { vi = "Tổng", en = "All" }
set = "received"
each = "channel"
total = true
[[table.row]]
id = "share"
label = { vi = "Nhánh a", en = "Branch a" }
set = "branch_a"
of = { set = "received" }
[table.chart]
columns = ["this_period"]
"""
COLUMNS = """
[[table]]
id = "two"
label = { vi = "Bảng", en = "Table" }
set = "received"
[[table.row]]
id = "all"
label = { vi = "Tổng", en = "All" }
[[table.column]]
id = "number"
label = { vi = "Số", en = "Number" }
"""


def read(text: str) -> ReportDefinition:
    known = read_definitions()
    return read_reports({"reports/mine.toml": text.encode()}, known.library, known.deadlines)["mine"]


def problems(text: str) -> str:
    with pytest.raises(DefinitionError) as refused:
        read(text)
    return "\n".join(refused.value.problems)


def test_a_good_report_is_read() -> None:
    found = read(GOOD)
    assert [row.id for row in found.tables[0].rows] == ["all", "share"]
    assert found.sets["branch_a"].register == "tip"
    each = found.tables[0].rows[0].each
    assert each is not None
    assert (each.paths, each.code_list) == ({"tip": ("channel",)}, "tip_channel")


MISTAKES = {
    "a key": ('number = "K99"', 'numbr = "K99"', "reports/mine.toml:3: numbr: no such key; did you mean 'number'?"),
    "the file's name": ('id = "mine"', 'id = "yours"', "'yours' is not the name of the file"),
    "a register": ('register = "tip"', 'register = "tips"', "set.0.register: no register 'tips'; did you mean 'tip'?"),
    "a field": ("received_at >=", "recieved_at >=", "no field 'recieved_at' here; did you mean 'received_at'?"),
    "a code": ("== 'A'", "== 'AA'", "no code 'AA' in the list"),
    "the end of the period": ("<= period_end", "<= period_last", "no field 'period_last' here"),
    "a deadline": (
        "seriousness_branch == 'A'",
        "received_at <= due_of_tip_transfer",
        "did you mean 'due_of_tip_transfer_",
    ),
    "a set of a set": (
        'any_of = ["received"]',
        'any_of = ["recieved"]',
        "no set 'recieved' above; did you mean 'received'?",
    ),
    "a set of a row": ('set = "branch_a"', 'set = "branch_b"', "no set 'branch_b'; did you mean 'branch_a'?"),
    "a set of a share": ('of = { set = "received" }', 'of = { sett = "received" }', "no such key; did you mean 'set'?"),
    "today": ("seriousness_branch == 'A'", "received_at < today", "'today' is the day of printing"),
    "what today decides": (
        "seriousness_branch == 'A'",
        "linked_absence.months_absent > 12",
        "no stored field 'months_absent' behind 'linked_absence'",
    ),
    "who told it": ("seriousness_branch == 'A'", "anonymous", "'anonymous' says who gave the information"),
    "who told it, behind a link": (
        "seriousness_branch == 'A'",
        "linked_absence.family_informant is empty",
        "'linked_absence.family_informant' says who gave the information",
    ),
    "a breakdown by text": ('each = "channel"', 'each = "investigator"', "'investigator' is text; a breakdown is by"),
    "a breakdown by a person": ('each = "channel"', 'each = "receiver"', "'receiver' is link; a breakdown is by"),
    "a breakdown by who told it": (
        'each = "channel"',
        'each = "anonymous"',
        "'anonymous' says who gave the information",
    ),
    "a breakdown by nothing": (
        'each = "channel"',
        'each = "chanel"',
        "no field 'chanel' in 'tip'; did you mean 'channel'?",
    ),
    "a total of nothing": ('each = "channel"\n', "", "total: only with 'each'"),
    "no condition": ("seriousness_branch == 'A'", "seriousness_branch is", "set.1.where: column"),
    "a number that is none": ("seriousness_branch == 'A'", "count(victims)", "it gives a number, where yes or no"),
    "a chart's column": ('["this_period"]', '["this_perod"]', "no column 'this_perod'; did you mean 'this_period'?"),
    "a chart of many": ('["this_period"]', '["this_period", "last_year", "year_to_date"]', "one or two columns"),
    "a sum of text": ('set = "branch_a"', 'set = "branch_a"\nsum = "investigator"', "it gives a text, where a number"),
    "different values of nothing": (
        'set = "branch_a"',
        'set = "branch_a"\ndistinct = "investigater"',
        "did you mean 'investigator'?",
    ),
    "rows of nothing": (
        'set = "branch_a"',
        'set = "branch_a"\nrows = "suspect"',
        "no rows 'suspect'; did you mean 'suspects'?",
    ),
    "rows chosen of none": ('set = "branch_a"', 'set = "branch_a"\nrow_where = "true"', "row_where: only with 'rows'"),
    "parts": ("total = true", 'total = true\nparts = ["shares"]', "no other row 'shares'; did you mean 'share'?"),
    "a kind of period": (
        'number = "K99"',
        'number = "K99"\nperiod = "mont"',
        "period: 'mont' is not accepted; did you mean 'month'?",
    ),
    "no definition": ('definition = { vi = "Cách tính", en = "How" }\n', "", "'definition' is missing"),
}


@pytest.mark.parametrize(("right", "wrong", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told(right: str, wrong: str, told: str) -> None:
    assert right in GOOD
    assert told in problems(GOOD.replace(right, wrong, 1))


def test_all_mistakes_are_told_at_once_and_each_once() -> None:
    found = problems(GOOD.replace("== 'A'", "== 'AA'").replace('"channel"', '"chanel"')).splitlines()
    assert len(found) == 2


def test_a_link_that_does_not_lead_here_is_told() -> None:
    linked = (
        '\n[[set]]\nid = "of_tips"\nregister = "returned_victim"\nlinked_by = "received"\nthrough = "{}"\n[[table]]'
    )
    text = GOOD.replace("\n[[table]]", linked, 1)
    assert read(text.replace("{}", "linked_victim_case")).sets["of_tips"].through == "linked_victim_case"
    assert "'linked_absence' of 'tip' does not link to 'returned_victim'" in problems(
        text.replace("{}", "linked_absence")
    )


def test_sets_of_two_registers_do_not_mix() -> None:
    other = '\n[[set]]\nid = "mixed"\nregister = "absence"\nbut_not = ["received"]\n[[table]]'
    assert "'received' is a set of 'tip', not of 'absence'" in problems(GOOD.replace("\n[[table]]", other, 1))


def test_a_row_and_a_column_that_both_say_what_is_counted_are_refused() -> None:
    good = GOOD + COLUMNS
    assert read(good).tables[1].columns[0].id == "number"
    both = good.replace('[[table.column]]\nid = "number"', '[[table.column]]\nsum = "1"\nid = "number"')
    both = both.replace(
        'set = "received"\n[[table.row]]\nid = "all"', 'set = "received"\n[[table.row]]\nsum = "1"\nid = "all"'
    )
    assert "the row 'all' and the column 'number' both say what is counted" in problems(both)


def test_a_row_that_counts_nothing_is_told() -> None:
    text = (GOOD + COLUMNS).replace(
        'label = { vi = "Bảng", en = "Table" }\nset = "received"', 'label = { vi = "B", en = "T" }'
    )
    assert "nothing says which set the row 'all' counts" in problems(text)


def test_a_column_over_two_registers_says_both_paths() -> None:
    text = (
        GOOD.replace(
            "\n[[table]]",
            '\n[[set]]\nid = "places"\nregister = "establishment"'
            '\n[[set]]\nid = "checks"\nregister = "establishment_check"\n[[table]]',
            1,
        )
        + COLUMNS.replace('set = "received"\n', "")
        .replace('en = "All" }', 'en = "All" }\neach = { establishment = "kind" }', 1)
        .replace('id = "number"', 'id = "number"\nset = "places"')
        + '[[table.column]]\nid = "checks"\nset = "checks"\nlabel = { vi = "Kiểm tra", en = "Checks" }\n'
    )
    assert "says no path for the register 'establishment_check'" in problems(text)
    each = read(text.replace('"kind" }', '"kind", establishment_check = "establishment.kind" }')).tables[1].rows[0].each
    assert each is not None
    assert each.code_list == "business_kind"


def test_files_that_are_no_toml_or_no_utf_8_are_told() -> None:
    known = read_definitions()
    with pytest.raises(DefinitionError) as refused:
        read_reports({"reports/a.toml": b"id = ", "reports/b.toml": b"\xff"}, known.library, known.deadlines)
    assert [one.split(":")[0] for one in refused.value.problems] == ["reports/a.toml", "reports/b.toml"]


def test_the_shipped_reports_are_those_of_the_plans() -> None:
    found = read_definitions().reports().values()
    assert [one.number for one in found] == [
        *(f"Biểu {number}" for number in range(1, 10)),
        *(f"K{number}" for number in range(1, 14)),
    ]
