"""What the published table accepts and what it does not."""

import pytest

from desktop.domain.exports.standard import StandardField
from desktop.domain.log.operation import Json
from desktop.intake.field_standards import HTCDS, load_standards
from desktop.paths import resources_dir


@pytest.fixture(scope="module")
def standard() -> dict[str, StandardField]:
    return dict(load_standards(resources_dir())[HTCDS])


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("prs_FirstName", ["x"], ["", " ", 1, None, ["x"]]),
        ("prs_Birthdate", ["1999-02-14"], ["1999", "1999-02-30", "14/02/1999", "1999-02", 1999]),
        ("prs_Gender", ["Feminine"], ["Female", "feminine", ["Feminine"], None]),
        ("prs_Citizenship", [["VNM"], ["VN", "CHN"]], ["VNM", [], ["VNM", "VNM"], ["XXA"], ["GBD"], ["vnm"]]),
        ("prs_MailingCountry", ["VN"], ["VNM", "ZZ", "Viet Nam"]),
        ("prs_NumberOfChildren", [2], ["2", True, None]),
        ("con_Consent", [True, False], ["true", 1, None]),
        ("vic_MethodsOfControl", [["DebtBondage"]], [["DebtBondage "], ["Debt"]]),
        ("vic_ForcedLabourIndustry", ["P_Education"], ["P"]),
        ("hte_Latitude", [], ["21.4", 21]),
        ("vic_LocationOfRecruitment", [], ["x"]),
        ("prs_PrimaryLanguage", [], ["vie"]),
    ],
)
def test_a_value_is_of_its_type_and_words(
    name: str, right: list[Json], wrong: list[Json], standard: dict[str, StandardField]
) -> None:
    assert [value for value in right if not standard[name].accepts(value)] == []
    assert [value for value in wrong if standard[name].accepts(value)] == []
