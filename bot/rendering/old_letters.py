"""Text typed in a font from before Unicode (.VnTime, VNI): its letters are other letters' codes, and read as nonsense.

Knows: what such text looks like. Does not know: fonts; a file may name one that it does not use.
"""

from __future__ import annotations

import re

# đ, ơ, ư, ă and everything with two marks are in no old font: who has them writes Unicode
_TODAYS = re.compile("[đĐơƠưƯăĂ\u1ea0-\u1ef9]")
# signs that stand for letters in .VnTime: «§¶ng ñy x· Lïng Ph×nh»
_TIME = re.compile("[a-zà-ÿ][¸µ¶·¹¨»¾¼½©®§ª«¬×÷]|[¸µ¶·¹¨»¾¼½©®§ª«¬×÷][a-zà-ÿ]", re.IGNORECASE)
# a vowel, then the mark as a letter of its own, in VNI: «Ñaûng uûy xaõ Luøng Phình»
_VNI = re.compile("a[ùøûõïáàåãäéèúüëâê]|e[ùøûõïâáàåãäéè]|o[ùøûõïâäå]|[uyiöô][ùøûõï]|ñ[a-zö]", re.IGNORECASE)
_WORD = re.compile(r"\w[^\s]*|[¸µ¶·¹¨»¾¼½©®§ª«¬×÷][^\s]*")
_SHARE = 5  # one word in so many, at least
_FEWEST = 3


def looks_old(text: str) -> bool:
    """Many words with the signs of an old font, and fewer in today's letters."""
    words = _WORD.findall(text)
    old = sum(bool(_TIME.search(word) or _VNI.search(word)) for word in words)
    todays = sum(bool(_TODAYS.search(word)) for word in words)
    return old >= _FEWEST and old * _SHARE >= len(words) and old > todays
