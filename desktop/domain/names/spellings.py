"""What is known of the words in names of Vietnam: what may be left out, what else a word is written as.

- From general knowledge of names, not from a register or a law: UNVERIFIED, above all for the peoples of the mountains.
  A wrong pair costs a candidate too many, a missing one a candidate too few; nothing is decided by either.
- What the sounds of `words.py` already make one (Sùng and Xùng, Chá and Trá, Triệu and Chiệu, Cà and Kà) and what
  differs in marks alone (Lò and Lô, Vừ and Vù, Quàng and Quảng, Tẩn and Tẳn) is not repeated here.
"""

import re
from typing import Final

from desktop.domain.names.normalize import fold

_NEVER_GIVEN: Final = "thị văn a y h k ka neang"
_LEFT_OUT: Final = "đình hữu đức bá thế công duy quang trọng mạnh đăng như sĩ sỹ xuân"


def _with_and_without_marks(words: str) -> frozenset[str]:
    return frozenset({*words.split(), *fold(words).split()})


NEVER_GIVEN: Final = _with_and_without_marks(_NEVER_GIVEN)
"""Thị and Văn; A of Mông men; Y and H' of Ê Đê and Gia Rai, K' and Ka of Cơ Ho; Neáng of Khmer women."""

FILLERS: Final = NEVER_GIVEN | _with_and_without_marks(_LEFT_OUT)
"""Words between surname and given name that are often left out."""

_ONE_NAME: Final = """
hoàng huỳnh; vũ võ; chu châu; phúc phước; thịnh thạnh; tính tánh; cảnh kiểng; nhân nhơn; nhật nhựt; nghĩa ngãi
tùng tòng; bảo bửu; chính chánh; hoa huê; thái thới; sinh sanh; minh miêng; lĩnh lãnh; trường tràng; tấn tiến
giàng yàng; giàng jàng; sùng xiong; sùng song; mùa mã; mùa moua; hờ hầu; hờ her; vừ vue; cứ kue; cứ cư; lầu lau; lý ly
lý lì; thào thò; páo pao; dơ giờ; chía chia
đèo điêu; lò la; quàng khoàng; cà ca; vì vi; lường lương
chẻo chảo; đặng tặng; phàn phan; tẩn tẳn; bàn bồn; lò lồ
hoàng vàng; hoàng voòng; hoàng vòng; vàng voòng; nông nùng; lộc lục; mạc mặc
"""
"""Kinh by region; Mông and how it is written abroad; Thái; Dao; Nùng, Tày and Hoa. Two words, parted by `;`."""

_SURNAMES: Final = """
nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đào mai lương trịnh đoàn tạ tô cao hà lâm
thái chu châu quách tống triệu phùng vương kiều la lưu trương từ thạch sơn kim danh lục nông ma mã hứa vi lò lô lèo lộc
quàng cà cầm bạc tòng lường vì khoàng đèo điêu sa hoàng giàng sùng vàng vừ hờ thào mùa lầu hạng cứ chá chang tráng ly
cháng thò hầu vù phàn bàn tẩn chẻo chảo lồ phủng đường giáp nghiêm ngọ nghê trình trầm tăng tôn doãn khuất đàm thân
thiều ninh nhâm nhữ mạc mạch lại lã khúc khổng hán giang diệp cù cấn chử bế an âu bạch viên văn ung trà siu rơ kpă niê
êban ksor rmah ma sầm hoàng lừu xồng kha lương mông lữ ngân hơ lỳ pờ lù lừ chu vàng sừng phù giá khoàng chảo pao
"""

SURNAMES: Final = frozenset(_SURNAMES.split())
"""With marks, as they are written."""

PLAIN_SURNAMES: Final = frozenset(fold(surname) for surname in SURNAMES)


def _pairs(text: str) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair.split()) for pair in re.split("[;\n]", text.strip()))


ONE_NAME: Final = _pairs(_ONE_NAME)
"""Two spellings of one name, with marks."""

PLAIN_ONE_NAME: Final = frozenset(frozenset(fold(word) for word in pair) for pair in ONE_NAME)


def other_spellings(plain: str) -> frozenset[str]:
    """Return how else a word without marks is written, without marks; not by sound."""
    return _OTHERS.get(plain, frozenset())


_OTHERS: Final = {
    word: frozenset(other for pair in PLAIN_ONE_NAME if word in pair for other in pair if other != word)
    for pair in PLAIN_ONE_NAME
    for word in pair
}
