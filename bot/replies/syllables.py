"""Which letters make a syllable of Vietnamese: a slip of the thumb rarely does, so one that does is another word.

Knows: the sounds a syllable opens and goes on with, without diacritics. Does not know: words.
"""

from __future__ import annotations

import re

_OPENINGS = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|b|c|d|g|h|k|l|m|n|p|r|s|t|v|x"
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay e ec em en eng enh eo ep et ech eu i ia ich im in inh ip it iu iec iem ien ieng
iep iet ieu o oc oi om on ong op ot oa oac oai oam oan oang oanh oao oat oay oe oen oeo oet ooc oong u ua uc ui um un
ung up ut uu uan uang uanh uat uay ue uech uenh uet uo uoc uoi uom uon uong uop uot uou uy uya uych uyen uyet uynh uyt
uyu y yem yen yet yeu
"""
_SYLLABLE = re.compile(f"(?:{_OPENINGS})?(?:{'|'.join(sorted(_RIMES.split(), key=len, reverse=True))})")


def is_syllable(folded: str) -> bool:
    """«toan», «thue»; not «dienj», «tihch»."""
    return _SYLLABLE.fullmatch(folded) is not None
