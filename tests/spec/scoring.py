"""How a reading is held against what a reply should give: exact values, nothing else stored, doubts asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass
class Score:
    """What is wrong with one reading; nothing is, when all lists are empty. `extra` counts questions nobody needed."""

    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    lost_words: list[str] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        return not (self.missing or self.wrong or self.unasked or self.lost_words)

    def cost(self):
        return (
            len(self.wrong),
            len(self.missing) + len(self.unasked) + len(self.lost_words),
            len(self.extra),
            len(self.code),
        )


def score(reading: dict, reply: dict) -> Score:
    """The best of the reply's own outcome and the ones accepted beside it."""
    outcomes = [reply, *({"derived": reply.get("derived", []), **o} for o in reply.get("accept_also", ()))]
    return min((_against(reading, outcome, reply) for outcome in outcomes), key=Score.cost)


def _against(reading: dict, outcome: dict, reply: dict) -> Score:
    found = Score()
    stored = {f["id"]: f for f in reading["figures"]}
    expected = {f["figure_id"]: f for f in outcome.get("expected", ())}
    derived = {f["figure_id"]: Decimal(f["value"]) for f in outcome.get("derived", ())}
    held = {i for q in outcome.get("ask", ()) if q["mode"] == "hold" for i in q["figure_ids"]} - set(expected)
    for name, want in expected.items():
        have = stored.get(name)
        if have is None:
            found.missing.append(name)
        elif (
            Decimal(have["value"]) != Decimal(want["value"])
            or have["unit"] != want["unit"]
            or have["role"] != want["role"]
        ):
            found.wrong.append(f"{name}={have['value']} {have['unit']} {have['role']}")
    for name, have in stored.items():
        if name not in expected and derived.get(name) != Decimal(have["value"]):
            found.wrong.append(f"{name}={have['value']}{' (held)' if name in held else ''}")
    for computed in reading["derived"]:
        if computed["id"] not in derived or Decimal(computed["value"]) != derived[computed["id"]]:
            found.wrong.append(f"derived {computed['id']}={computed['value']}")
    _questions(found, reading, outcome, stored)
    found.lost_words += [w for w in reply.get("narrative_contains", ()) if w not in reading["narrative"]]
    return found


def _questions(found: Score, reading: dict, outcome: dict, stored: dict) -> None:
    asked = {i: q for q in reversed(reading["questions"]) for i in q["figure_ids"]}
    wanted = list(outcome.get("ask", ()))
    for question in wanted:
        for name in question["figure_ids"]:
            if name not in asked:
                found.unasked.append(f"{question['mode']}:{question['code']}:{name}")
            elif asked[name]["code"] != question["code"] or asked[name]["mode"] != question["mode"]:
                found.code.append(
                    f"{name}: {asked[name]['mode']}:{asked[name]['code']} for {question['mode']}:{question['code']}"
                )
            elif question["mode"] == "confirm" and name in stored and not stored[name]["provisional"]:
                found.code.append(f"{name}: not provisional")
    about = {i for q in wanted for i in q["figure_ids"]}
    found.extra += [
        f"{q['mode']}:{q['code']}:{','.join(q['figure_ids'])}"
        for q in reading["questions"]
        if about.isdisjoint(q["figure_ids"])
    ]
