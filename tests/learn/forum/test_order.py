"""Who sees what in a forum, and who keeps order there."""

import pytest

from preau.learn.accounts.models import Person
from preau.learn.courses.models import Run
from preau.learn.enrolments.actions import place_in_run
from preau.learn.forum.models import Post
from tests.learn.enrolments.doing import read, said, see
from tests.learn.forum.talking import (
    FORUM,
    begun,
    door,
    first_post,
    forum_run,
    page_of,
    posts,
    replied,
    reply,
    start,
    titles,
)
from tests.people import RUN, ada, claire, mina, person, signed_in, theo

pytestmark = pytest.mark.django_db

# Keeping order


def test_a_hidden_post_says_so_and_why_and_can_be_shown_again(run):
    learner, other = signed_in(ada(run)), person("Bob")
    place_in_run(other, run)
    tutor, other = signed_in(theo(run), "en"), signed_in(other)
    thread = begun(learner)
    post = replied(other, thread, "You fool")
    assert "You fool" in see(tutor, door(post, "hide"))
    answer = tutor.post(door(post, "hide"), {"reason": ""})
    assert answer.status_code == 400
    assert "Dites pourquoi le message est masqué" in said(answer)
    tutor.post(door(post, "hide"), {"reason": "Be kind to each other."})
    page = see(learner, page_of(thread))
    assert "Hidden: Be kind to each other." in page
    assert "You fool" not in page
    for who in (other, tutor):
        assert "You fool" in see(who, page_of(thread)), "its author and who keeps order read it"
    assert "No answer yet" in read(learner, FORUM), "an answer that is hidden is none"
    tutor.post(door(post, "show"))
    assert "You fool" in see(learner, page_of(thread))
    assert "No answer yet" not in read(learner, FORUM)


def test_the_title_goes_with_a_hidden_first_post(run):
    learner, tutor = signed_in(ada(run)), signed_in(theo(run), "en")
    thread = begun(learner, "Buy my watches")
    replied(tutor, thread, "No advertising here.")
    tutor.post(door(first_post(thread), "hide"), {"reason": "Advertising"})
    assert titles(see(learner, FORUM)) == ["Hidden thread"]
    assert "Buy my watches" not in see(learner, page_of(thread))
    assert titles(see(tutor, FORUM)) == ["Buy my watches"]


@pytest.mark.parametrize("what", ["hide", "show"])
def test_a_learner_hides_and_shows_nothing(run, what):
    browser = signed_in(ada(run))
    post = first_post(begun(browser))
    assert browser.post(door(post, what), {"reason": "x"}).status_code == 403
    assert browser.post(f"{page_of(post.thread)}settings/", {"pinned": "1"}).status_code == 403
    page = see(browser, page_of(post.thread))
    assert "Pin the thread" not in page
    assert ">Hide<" not in page


def test_a_manager_who_follows_nothing_reads_answers_and_keeps_order(run):
    thread = begun(signed_in(ada(run)))
    browser = signed_in(mina())
    assert reply(browser, thread, "From the office").status_code == 302
    assert "Mina manager" in read(browser, page_of(thread))
    assert browser.post(door(first_post(thread), "hide"), {"reason": "x"}).status_code == 302


# Whose threads


def test_a_thread_is_seen_in_its_own_run_only(run):
    thread = begun(signed_in(ada(run)), "Ours")
    other = Run.objects.get(key="small-keyed")
    who = person("Bob")
    place_in_run(who, other)
    browser = signed_in(who)
    theirs = FORUM.replace(RUN, "small-keyed")
    assert titles(see(browser, theirs)) == []
    assert browser.get(page_of(thread)).status_code == 403
    elsewhere = page_of(thread).replace(RUN, "small-keyed")
    assert browser.get(elsewhere).status_code == 404
    assert browser.post(f"{elsewhere}reply/", {"text": "Hi", "nonce": "1"}).status_code == 404
    assert Post.objects.count() == 1


def test_a_forum_in_a_locked_section_is_locked(tmp_path, db):
    run = forum_run(tmp_path / "course", where="networks")
    learner, teacher = signed_in(ada(run)), signed_in(claire(run))
    thread = begun(teacher)
    assert learner.get(FORUM).status_code == 403
    assert learner.get(page_of(thread)).status_code == 404
    assert start(learner).status_code == 404


def test_an_activity_that_is_no_forum_has_no_threads(run):
    browser = signed_in(ada(run))
    assert browser.get(f"/learn/{RUN}/sine/forum/new/").status_code == 404


def test_the_posts_of_somebody_who_is_gone_stay(run):
    who = ada(run)
    browser, other = signed_in(who), signed_in(claire(run))
    thread = begun(browser)
    replied(other, thread)
    Person.objects.filter(pk=who.pk).delete()
    page = see(other, page_of(thread))
    assert posts(page) == ["What is a phase?", "An angle."]
    assert "a former member" in page
    assert "a former member" in read(other, FORUM)
    assert "No answer yet" not in read(other, FORUM)


def test_a_post_from_a_session_that_has_ended_is_kept_to_be_sent_again(run):
    thread = begun(signed_in(ada(run)))
    gone = signed_in(None)
    answer = gone.post(
        f"{page_of(thread)}reply/", {"text": "A long answer that took me an hour", "nonce": "1f"},
        headers={"origin": "http://testserver"},
    )  # fmt: skip
    assert answer.status_code == 401
    assert "A long answer that took me an hour</textarea>" in answer.content.decode()
    assert 'type="hidden" name="nonce" value="1f"' in answer.content.decode()
