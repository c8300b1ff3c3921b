"""Two clients save, check and hand in, in any order: what was acknowledged is what counts.

A model keeps what the server said that it has; after every step, and once the attempt is handed
in, the server must have exactly that.
"""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from preau.kit.questions.behaviours import BEHAVIOURS
from preau.learn.quizzes.answers import answer_key
from preau.learn.quizzes.models import Attempt, Response
from tests.learn.quizzes.quiz_course import begin, hand_in, send
from tests.learn.quizzes.taking import HERTZ, asking, choice, run_of
from tests.people import ada, signed_in

pytestmark = pytest.mark.django_db

NAMES = asking("Who", HERTZ.body, penalty=HERTZ.penalty, hints=HERTZ.hints)
QUESTIONS = {1: NAMES, 2: choice("One"), 3: HERTZ}
VALUES = {
    1: [{}, {"text": ["Hertz"]}, {"text": ["Ampere"]}, {"text": ["Volta"]}, {"text": ["Ohm"]}],
    2: [{}, {"choice": ["0"]}, {"choice": ["1"]}],
    3: [{}, {"text": ["Hertz"]}, {"text": ["Ampere"]}],
}
RIGHT = {1: {"text": ["Hertz"]}, 2: {"choice": ["0"]}, 3: {"text": ["Hertz"]}}

clients, slots = st.integers(0, 1), st.sampled_from([1, 1, 2, 3])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("save"), clients, slots, st.integers(0, 4)),
        st.tuples(st.just("save"), clients, slots, st.integers(0, 4)),
        st.tuples(st.just("again"), clients, slots, st.just(0)),
        st.tuples(st.just("reload"), clients, slots, st.just(0)),
        st.tuples(st.just("check"), clients, slots, st.just(0)),
        st.tuples(st.just("hand in"), clients, slots, st.just(0)),
    ),
    max_size=14,
)


class Model:
    """What the server has acknowledged, and what each client believes."""

    def __init__(self, browsers, address):
        self.browsers, self.address, self.open = browsers, address, True
        self.answers = {slot: {} for slot in QUESTIONS}
        self.tries = {slot: [] for slot in QUESTIONS}
        self.base = [dict.fromkeys(QUESTIONS, "") for _client in browsers]
        self.sent = [{}, {}]  # by client and slot: the last request

    def done(self, slot):
        tries = self.tries[slot]
        most = BEHAVIOURS["interactive"].tries(QUESTIONS[slot])
        return bool(tries) and (tries[-1] == RIGHT[slot] or len(tries) >= most)

    def save(self, client, slot, value):
        wanted = VALUES[slot][value % len(VALUES[slot])]
        self.send(client, slot, wanted, self.base[client][slot])

    def again(self, client, slot, _value):
        """A request that the network delivers once more."""
        if slot in self.sent[client]:
            self.send(client, slot, *self.sent[client][slot])

    def send(self, client, slot, wanted, base):
        self.sent[client][slot] = (wanted, base)
        answer = send(self.browsers[client], self.address, (slot, wanted, base))
        assert answer.status_code == (200 if self.open else 409)
        if not self.open:
            return
        told, standing = answer.json(), self.answers[slot]
        if wanted == standing or (not self.done(slot) and base == answer_key(standing)):
            self.answers[slot] = wanted
            self.base[client][slot] = answer_key(wanted)
            assert told["saved"] == {str(slot): answer_key(wanted)}
            assert told["conflicts"] == {}
        elif self.done(slot):
            assert told["done"] == [slot]
            assert told["saved"] == {str(slot): answer_key(standing)}
        else:
            assert told["saved"] == {}
            assert told["conflicts"] == {str(slot): standing}

    def reload(self, client, _slot, _value):
        self.base[client] = {slot: answer_key(it) for slot, it in self.answers.items()}

    def check(self, client, slot, _value):
        form = {"page": "1", "go": f"check:{slot}"}
        assert self.browsers[client].post(self.address, form).status_code == 302
        standing, tries = self.answers[slot], self.tries[slot]
        if self.open and standing and not self.done(slot) and tries[-1:] != [standing]:
            tries.append(standing)

    def hand_in(self, client, _slot, _value):
        hand_in(self.browsers[client], self.address)
        self.open = False

    def earned(self, slot):
        tries = [*self.tries[slot]]
        if tries[-1:] != [self.answers[slot]]:
            tries.append(self.answers[slot])
        right = tries[-1] == RIGHT[slot]
        return max(0.0, 1 - QUESTIONS[slot].penalty * (len(tries) - 1)) if right else 0.0


@given(STEPS)
@examples(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_what_was_acknowledged_is_what_counts(taking, steps):
    model = Model(taking, begin(taking[0]))
    for what, client, slot, value in steps:
        getattr(model, what.replace(" ", "_"))(client, slot, value)
        attempt = Attempt.objects.order_by("-number")[0]
        rows = {it.slot: it for it in Response.objects.filter(attempt=attempt)}
        for asked, answer in model.answers.items():
            row = rows.get(asked)
            assert (row.answer if row else {}) == answer
            assert [it["answer"] for it in (row.tries if row else [])] == model.tries[asked]
    attempt = hand_in(taking[1], model.address)
    by_slot = {it.slot: it.share for it in Response.objects.filter(attempt=attempt)}
    assert by_slot == {slot: pytest.approx(model.earned(slot)) for slot in QUESTIONS}
    assert attempt.mark == pytest.approx(sum(by_slot.values()))


@pytest.fixture
def taking(tmp_path):
    """Two browsers of the learner of a quiz that may be checked."""
    who = ada(run_of(tmp_path / "course", *QUESTIONS.values(), rules="behaviour: interactive"))
    return [signed_in(who), signed_in(who)]
