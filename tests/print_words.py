"""Prints tests/data/words.txt: every word the message templates write, to be read through after each change."""

from __future__ import annotations

from tests.unit.test_messages_words import WORDS, sources, words_of

if __name__ == "__main__":
    words = sorted({word for source in sources().values() for word in words_of(source)})
    WORDS.write_text("\n".join(words) + "\n", encoding="utf-8")
