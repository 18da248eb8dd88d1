"""Whatever is queued, no more goes out than the service takes, and nothing waits longer than it must."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from handlers.deliver import Pace
from tests.fakes import FULL

START = 1_780_000_000.0
chats = st.integers(-2, 6)  # negative ones are groups
gaps = st.sampled_from([0.0, 0.0, 0.0, 0.01, 0.2, 1.0, 7.0])


def play(messages, pace, at=START):
    """Send each message as soon as the pace allows it. Returns (moment, chat) of each."""
    sent = []
    for chat, gap in messages:
        at += gap
        at += wait(pace, chat, at)
        pace.took(str(chat), at, is_group=chat < 0)
        sent.append((at, chat))
    return sent


def wait(pace, chat, at, *, is_answer=False):
    return pace.wait(str(chat), at, is_group=chat < 0, is_answer=is_answer)


def most_within(moments, seconds):
    return max(sum(1 for other in moments if at <= other < at + seconds) for at in moments)


@given(st.lists(st.tuples(chats, gaps), min_size=1, max_size=120))
def test_no_second_holds_more_than_thirty_messages_and_no_minute_of_a_group_more_than_twenty(messages):
    sent = play(messages, Pace.of(FULL))
    assert most_within([at for at, _ in sent], 1.0) <= 30
    for chat in {chat for _, chat in sent}:
        moments = [at for at, where in sent if where == chat]
        if chat < 0:
            assert most_within(moments, 60.0) <= 20
        else:
            assert most_within(moments, 1.0) <= 4
            assert most_within(moments, 10.0) <= 13


@given(st.lists(st.tuples(chats, gaps), max_size=60), st.floats(-10_000, 10_000))
def test_a_clock_that_jumps_never_makes_anybody_wait_longer_than_the_limits_do(messages, jump):
    pace = Pace.of(FULL)
    sent = play(messages, pace)
    at = (sent[-1][0] if sent else START) + jump
    assert all(wait(pace, chat, at) <= 62.0 for chat in range(-2, 7))
    assert all(wait(pace, chat, at) <= 2.0 for chat in range(7))


def test_a_quiet_chat_is_answered_and_prompted_at_once():
    pace = Pace.of(FULL)
    assert (wait(pace, 1, START), wait(pace, -1, START), pace.free(START)) == (0, 0, 2)


def test_a_wave_flows_at_twenty_eight_a_second():
    sent = play([(chat, 0.0) for chat in range(100, 380)], Pace.of(FULL))
    seconds = sent[-1][0] - sent[0][0]
    assert 9.8 < seconds < 10.0


def test_a_wave_of_prompts_does_not_hold_up_an_answer():
    pace = Pace.of(FULL)
    play([(chat, 0.0) for chat in range(100, 130)], pace)
    at = START + 1.0
    assert pace.next_slot(at) > 0
    assert wait(pace, 1, at, is_answer=True) == 0


def test_answers_in_a_group_keep_to_the_groups_limit():
    pace = Pace.of(FULL)
    play([(-1, 0.0)] * 20, pace)
    assert wait(pace, -1, START + 10, is_answer=True) > 40


def test_after_a_429_nothing_goes_before_it_is_over():
    pace = Pace.of(FULL)
    pace.throttled(START, 17)
    assert (pace.free(START + 16.9), pace.closed_for(START + 10)) == (0, 7)
    assert wait(pace, 1, START + 16, is_answer=True) == 1
    assert wait(pace, 1, START + 17, is_answer=True) == 0


def test_after_a_429_the_pace_is_halved_and_comes_back_slowly():
    pace = Pace.of(FULL)
    pace.throttled(START, 1)
    rates = []
    for later in (1, 61, 200):
        sent = play([(chat, 0.0) for chat in range(1000 * later, 1000 * later + 100)], pace, START + later)
        per_second = Counter(int(at - sent[0][0]) for at, _ in sent)
        rates.append(per_second[1])
    assert 13 <= rates[0] <= 16
    assert 19 <= rates[1] <= 22
    assert rates[2] == 28


def test_many_429s_at_once_are_one():
    pace = Pace.of(FULL)
    for _ in range(16):
        pace.throttled(START, 1)
    sent = play([(chat, 0.0) for chat in range(100, 130)], pace, START + 1)
    assert sent[-1][0] - sent[0][0] < 2.5


def test_answers_wait_their_turn_while_the_service_is_short_of_breath():
    pace = Pace.of(FULL)
    pace.throttled(START, 1)
    play([(chat, 0.0) for chat in range(100, 110)], pace, START + 1)
    assert wait(pace, 1, START + 1, is_answer=True) > 0


def test_a_closed_channel_that_is_closed_again_stays_closed_for_the_longer_of_the_two():
    pace = Pace.of(FULL)
    pace.close(START, 30)
    pace.close(START + 10, 5)
    assert pace.closed_for(START + 10) == 20


def test_a_crowd_of_old_chats_is_forgotten():
    pace = Pace.of(FULL)
    for chat in range(20_100):
        pace.took(str(chat), START + chat, is_group=False)
    assert len(pace._chats) <= 10_001
