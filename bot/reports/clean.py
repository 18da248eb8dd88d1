"""What may be printed of a text that a person typed: NFC, no control characters, nothing private.

Knows: characters. Does not know: where the text goes.
"""

from __future__ import annotations

import re
import unicodedata

_BREAKS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
# C0, C1, surrogates, the private area that other programs use for markers, and what XML 1.0 forbids
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    """The text with line breaks as newlines, tabs as spaces, and nothing that a document cannot hold."""
    broken = _BREAKS.sub("\n", text).replace("\t", " ")
    return unicodedata.normalize("NFC", _FORBIDDEN.sub("", broken))


def clean_line(text: str) -> str:
    """The same on one line."""
    return clean(text).replace("\n", " ").strip(" ")
