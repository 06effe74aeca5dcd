"""People who do not exist, made from a seed: names as frequent words of Vietnam make them, and what happens to a name.

- Surnames are about as frequent as they are said to be in the lowlands (Nguyễn more than a third) and in the north-west;
  the weights are a guess, not a census.
- `DAMAGES` are the ways in which a clerk, a keyboard or another form writes the same name; each is given the chance it
  runs by. A damage that a name cannot suffer gives None.
"""

import random
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from desktop.domain.folding import fold
from desktop.domain.syllables import TONES, parse_syllable

FIRST_YEAR, LAST_YEAR = 1940, 2020


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePerson:
    name: str
    year: int


Damage: TypeAlias = Callable[[str, random.Random], str | None]


def people(count: int, seed: int) -> list[MadePerson]:
    chance = random.Random(seed)
    return [MadePerson(name=_name(chance), year=chance.randint(FIRST_YEAR, LAST_YEAR)) for _ in range(count)]


def without_diacritics(name: str, _chance: random.Random) -> str | None:
    plain = " ".join(word.capitalize() for word in fold(name).split())
    return plain if plain != name else None


def one_letter_missing(name: str, chance: random.Random) -> str | None:
    """Any letter of any word but one that is a letter alone."""
    places = [
        place
        for place, sign in enumerate(name)
        if sign != " " and not (name[place - 1 : place] in {"", " "} and name[place + 1 : place + 2] in {"", " "})
    ]
    place = chance.choice(places)
    return name[:place] + name[place + 1 :]


def thi_dropped(name: str, _chance: random.Random) -> str | None:
    """Thị, Văn, or the A of a Mông man."""
    first, *between, last = name.split()
    kept = [word for word in between if word not in {"Thị", "Văn", "A"}]
    return " ".join((first, *kept, last)) if len(kept) < len(between) else None


def given_name_first(name: str, chance: random.Random) -> str | None:
    words = name.split()
    return " ".join(
        chance.choice(
            (
                (words[-1], *words[:-1]),
                (*words[1:], words[0]),
                (words[-1], *words[1:-1], words[0]),
                tuple(reversed(words)),
            )
        )
    )


def decomposed(name: str, _chance: random.Random) -> str | None:
    damaged = unicodedata.normalize("NFD", name)
    return damaged if damaged != name else None


def mixed_forms(name: str, chance: random.Random) -> str | None:
    damaged = "".join(unicodedata.normalize(chance.choice(("NFC", "NFD")), sign) for sign in name)
    return damaged if damaged != name else None


def telex_leftover(name: str, chance: random.Random) -> str | None:
    """As typed with Vietnamese typing off: Telex or VNI, the tone's key at the end of the word or after its vowels."""
    keys = chance.choice((_TELEX, _VNI))
    at_end = chance.random() < 0.5  # noqa: PLR2004
    damaged = " ".join(_typed(word, keys, at_end=at_end) for word in name.split())
    return damaged if damaged != name else None


def tone_elsewhere(name: str, _chance: random.Random) -> str | None:
    """hòa as hoà, thúy as thuý, khỏe as khoẻ."""
    damaged = " ".join(map(_tone_on_second, name.split()))
    return damaged if damaged != name else None


DAMAGES: Final[Mapping[str, Damage]] = {
    "no diacritics": without_diacritics,
    "one letter missing": one_letter_missing,
    "Thị, Văn, A dropped": thi_dropped,
    "given name first": given_name_first,
    "NFD": decomposed,
    "Telex or VNI left in": telex_leftover,
    "hòa as hoà": tone_elsewhere,
    "NFC and NFD mixed": mixed_forms,
}

_TELEX: Final = (
    {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"},
    dict(zip(TONES, ("", "f", "r", "x", "s", "j"), strict=True)),
)
_VNI: Final = (
    {"ă": "a8", "â": "a6", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7", "đ": "d9"},
    dict(zip(TONES, ("", "2", "3", "4", "1", "5"), strict=True)),
)


def _typed(word: str, keys: tuple[Mapping[str, str], Mapping[str, str]], *, at_end: bool) -> str:
    letters, tones = keys
    syllable = parse_syllable(word)
    if syllable is None:
        return word
    vowels = len(syllable.rime.rstrip("cghmnpt"))
    rime = syllable.rime
    tone = tones[syllable.tone]
    whole = syllable.onset + (rime + tone if at_end else rime[:vowels] + tone + rime[vowels:])
    typed = "".join(letters.get(sign, sign) for sign in whole)
    return typed[0].upper() + typed[1:]


def _tone_on_second(word: str) -> str:
    syllable = parse_syllable(word)
    if syllable is None or not syllable.tone or syllable.rime not in {"oa", "oe", "uy"}:
        return word
    new = syllable.onset + unicodedata.normalize("NFC", syllable.rime + syllable.tone)
    return new[0].upper() + new[1:]


def _name(chance: random.Random) -> str:
    is_woman = chance.random() < 0.5  # noqa: PLR2004
    people_of, weights = zip(*((one, one.weight) for one in _PEOPLES), strict=True)
    (own,) = chance.choices(people_of, weights)
    (surname,) = chance.choices(own.surnames, own.surname_weights)
    middle = chance.choice(own.middles_of_women if is_woman else own.middles_of_men)
    givens = own.givens_of_women if is_woman else own.givens_of_men
    given = givens[min(int(chance.expovariate(5 / len(givens))), len(givens) - 1)]
    return " ".join(word for word in (surname, middle.replace("_", " "), given) if word)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _People:
    """`-` among the middles is none, `_` a space; given names are the more frequent the earlier they stand."""

    weight: int
    surnames: tuple[str, ...]
    surname_weights: tuple[float, ...]
    middles_of_women: tuple[str, ...]
    middles_of_men: tuple[str, ...]
    givens_of_women: tuple[str, ...]
    givens_of_men: tuple[str, ...]


def _people(weight: int, surnames: str, women: tuple[str, str], men: tuple[str, str]) -> _People:
    pairs = [pair.split(":") for pair in surnames.split()]
    middles, givens = zip(women, men, strict=True)
    return _People(
        weight=weight,
        surnames=tuple(name for name, _ in pairs),
        surname_weights=tuple(float(weight) for _, weight in pairs),
        middles_of_women=tuple(middles[0].replace("-", "").split(" ")),
        middles_of_men=tuple(middles[1].replace("-", "").split(" ")),
        givens_of_women=tuple(givens[0].split()),
        givens_of_men=tuple(givens[1].split()),
    )


_PEOPLES: Final = (
    _people(
        55,
        "Nguyễn:38 Trần:11 Lê:9.5 Phạm:7 Hoàng:4 Huỳnh:1.5 Phan:4.5 Vũ:3 Võ:1.5 Đặng:2 Bùi:2 Đỗ:1.5 Hồ:1.3 Ngô:1.3 Dương:1"
        " Lý:0.5 Đinh:0.8 Đào:0.7 Mai:0.5 Lương:0.6 Trịnh:0.6 Đoàn:0.6 Tạ:0.3 Tô:0.3 Cao:0.4 Hà:0.4 Lâm:0.3 Thái:0.2 Chu:0.3"
        " Quách:0.1 Tống:0.1 Phùng:0.3 Vương:0.2 Trương:1.3 Từ:0.1 Kiều:0.1 Nghiêm:0.1",
        (
            "Thị Thị Thị Thị Thị Thị Thị_Ngọc Thị_Thu Thị_Minh Thị_Kim Ngọc Thu Minh Thanh Phương Bích Thùy Thị_Hồng Kim"
            " Thị_Thanh Mỹ Hồng Quỳnh",
            "Hương Lan Hoa Linh Hà Trang Hằng Thảo Nga Phương Hạnh Thủy Anh Mai Yến Hiền Ngọc Thu Nhung Huyền Loan Dung Vân"
            " Tuyết Oanh Bình Liên Nguyệt Hòe Thúy Xuân Ánh Quyên My Trinh Ngân Giang Châm Thơm Tươi Nụ Mơ Đào Uyên Hòa Lụa"
            " Chinh Duyên Lý Gấm Khuyên Thắm Diệu Cúc Vy Trâm Nhàn Sen Huệ Sương Hậu Quý Chi Diễm Hường Khánh Tâm Thoa Trúc",
        ),
        (
            "Văn Văn Văn Văn Văn Đình Hữu Đức Minh Quang Xuân Ngọc Thành Quốc Công Bá Thế Văn_Minh Duy Trọng Mạnh Anh Tuấn"
            " Hoàng Gia Tiến Đăng -",
            "Hùng Nam Dũng Tuấn Minh Anh Hải Sơn Cường Thắng Long Đức Hòa Bình Quang Thành Trung Hiếu Kiên Toàn Tú Phong"
            " Hưng Thịnh Hoàng Tùng Lâm Đạt Khoa Tài Phúc Việt Vinh Quân Khánh Huy Tiến Duy Bảo Nghĩa Lợi Phú Quý An Chiến"
            " Trường Công Mạnh Sỹ Đông Hậu Thái Vũ Luân Khải Nhân Thiện Tâm Định Đại Giáp Ước Hoài Thủy Thuyết Kỳ Điệp Lực",
        ),
    ),
    _people(
        20,
        "Giàng:14 Vàng:13 Sùng:12 Thào:9 Mùa:8 Hờ:6 Vừ:6 Lầu:5 Hạng:5 Lý:5 Cứ:4 Chá:3 Cháng:2 Tráng:2 Ly:2 Hầu:1 Phàng:1",
        (
            "Thị Thị Thị Thị Thị - Thị_A",
            "Mỷ Dợ Chía Say Dế Mái Pà Sua Dở Chứ Xua Máy Công Dia Nu Chi Ka Mo Dính Bầu Sông Súa Ca Pàng Gầu Lia Chở",
        ),
        (
            "A A A A A Bá Văn Seo Mí -",
            "Páo Sính Chứ Dơ Tủa Vàng Lử Chu Dìa Pó Nủ Súa Say Hồng Của Thái Sở Tàng Kỷ Cáng Lềnh Chinh Thề Phử Ly Giống"
            " Nhìa Vảng Chống Khua Su Câu Dình Gàng Lầu Mua Phừ",
        ),
    ),
    _people(
        15,
        "Lò:26 Quàng:14 Cà:11 Lường:11 Tòng:9 Lèo:3 Bạc:2 Cầm:4 Hoàng:4 Vì:3 Điêu:2 Đèo:1 Khoàng:2 Lù:2 Hà:3 Ngần:1 Mè:1",
        (
            "Thị Thị Thị Thị Thị Thị_Thu -",
            "Ướt Đớn Hặc Pâng Ón Inh Ương Phượng Biên Xôm Dung Hương Thoan Phương Bun Chiến Lả Hiêng Nguyên Piếng Yêu Mai"
            " Ánh Vui Chựa Tiên Dọn Thương Thiêm Nọi Xuân Hoan",
        ),
        (
            "Văn Văn Văn Văn Thanh Đức Minh -",
            "Ón Pản Hặc Phấn Xôm Inh Thoong Biên Chựa Ún Panh Hịa Tướng Dũng Cương Chung Sương Toán Hiêng Pâng Tỉnh Nọi Phong"
            " Ướng Diên Lả Thiên Khụt Kẹo Chanh Kim",
        ),
    ),
    _people(
        10,
        "Bàn:10 Triệu:12 Phùng:6 Tẩn:10 Chẻo:6 Phàn:7 Đặng:8 Lý:6 Nông:12 Hoàng:10 Lục:3 Lộc:2 Vi:4 Hứa:2 Ma:3 Lù:3 Sầm:2",
        (
            "Thị Thị Thị Thị Mùi San_Mẩy Mẩy Tả",
            "Mẩy Mùi Nái Liều Ghến Coi Pham Ton Dất Sai Liễu Hoa Chiêm Tâm Phẩy Nhậy Dần Xiết Bích Hợp Thơ Huế Bông",
        ),
        (
            "Văn Văn Văn A Láo Kiềm Tiến Chòi Sành Hữu",
            "Tả Lở Sài Phúc Thanh Chòi Lưu Sơn San Dất Phin Mềnh Sìn Ú Diết Quyên Nghiệp Hiệp Páo Chiêm Sành Kinh Dào Quẩy",
        ),
    ),
)
