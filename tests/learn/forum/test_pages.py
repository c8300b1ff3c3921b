"""What people see in a forum, and what they do there by its pages."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from preau.learn.enrolments.actions import place_in_run
from preau.learn.enrolments.models import Completion
from preau.learn.events.record import recorder
from preau.learn.forum.models import Post, Thread
from tests.learn.enrolments.doing import read, said, see, words
from tests.learn.forum.talking import (
    FORUM,
    NEW,
    begun,
    door,
    first_post,
    forum_folder,
    forum_run,
    page_of,
    posts,
    replied,
    reply,
    start,
    titles,
)
from tests.people import ada, claire, imported, person, signed_in, theo

pytestmark = pytest.mark.django_db


def test_a_thread_that_was_begun_is_there_and_can_be_answered(run):
    learner, teacher = signed_in(ada(run)), signed_in(claire(run))
    assert "Nobody has written yet" in read(learner, FORUM)
    thread = begun(learner, "Phases?", "What *is* a phase?")
    assert titles(see(teacher, FORUM)) == ["Phases?"]
    assert "Ada · 1 post" in read(teacher, FORUM)
    answer = reply(teacher, thread, "An angle.")
    page = see(learner, answer["Location"].partition("#")[0])
    assert posts(page) == ["What is a phase?", "An angle."]
    assert "<em>is</em>" in page
    assert "Claire teacher" in words(page)
    assert "Ada · 2 posts" in read(learner, FORUM)


def test_a_thread_says_that_nobody_has_answered_until_somebody_else_has(run):
    learner, other = signed_in(ada(run)), signed_in(theo(run), "en")
    thread = begun(learner)
    replied(learner, thread, "Nobody?")
    assert "Pas encore de réponse" in read(other, FORUM), "Theo reads French"
    replied(other, thread)
    assert "Pas encore de réponse" not in read(other, FORUM)


def test_the_newest_post_brings_its_thread_to_the_top_and_a_pinned_one_stays_above(run, clock):
    learner, teacher = signed_in(ada(run)), signed_in(claire(run))
    threads = []
    for title in ("One", "Two", "Three"):
        clock.later(minutes=5)
        threads.append(begun(learner, title))
    assert titles(see(learner, FORUM)) == ["Three", "Two", "One"]
    clock.later(minutes=5)
    replied(teacher, threads[0])
    assert titles(see(learner, FORUM)) == ["One", "Three", "Two"]
    teacher.post(f"{page_of(threads[1])}settings/", {"pinned": "1"})
    assert titles(see(learner, FORUM)) == ["Two", "One", "Three"]
    assert "Pinned" in read(learner, page_of(threads[1]))
    teacher.post(f"{page_of(threads[1])}settings/", {"pinned": "0"})
    assert titles(see(learner, FORUM)) == ["One", "Three", "Two"]


def made(run, count, **more):
    """Threads of nobody in particular, each a minute after the one before."""
    activity = run.course.activities.get(key="talk")
    start = datetime(2027, 1, 4, tzinfo=UTC)
    rows = [
        Thread(run=run, activity=activity, title=f"T{number}", posts_count=1,
               last_post_at=start + timedelta(minutes=number // 2),
               pinned=number < more.get("pinned", 0))
        for number in range(count)
    ]  # fmt: skip
    return Thread.objects.bulk_create(rows)


@pytest.mark.parametrize("pinned", [0, 2, 30, 31, 45, 75])
def test_every_thread_is_on_exactly_one_page(run, pinned):
    made(run, 75, pinned=pinned)
    browser = signed_in(ada(run))
    found, address, pages = [], FORUM, 0
    while address:
        html = see(browser, address)
        assert len(titles(html)) <= 30
        found += titles(html)
        following = re.search(r'href="(\?after=[^"]+)" rel="next"', html)
        address, pages = FORUM + following[1] if following else "", pages + 1
    wanted = sorted(range(75), key=lambda it: (it < pinned, it), reverse=True)
    assert found == [f"T{number}" for number in wanted]
    assert pages == 3


@pytest.mark.parametrize(
    "after", ["", "x", "1-2", "0-1-2-3", "2-0-0", "0-99999999999999999-999999999999999999", "\0"]
)
def test_an_odd_address_is_answered_with_a_page(run, after):
    made(run, 2)
    browser = signed_in(ada(run))
    assert browser.get(FORUM, {"after": after}).status_code == 200


def filled(run, count):
    """A thread with so many posts."""
    (thread,) = made(run, 1)
    Post.objects.bulk_create(
        Post(thread=thread, number=it, role="learner", html=f"<p>P{it}</p>", nonce=f"{it}")
        for it in range(1, count + 1)
    )
    Thread.objects.filter(pk=thread.pk).update(posts_count=count, written=count)
    return thread


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (25, 1), (26, 2), (60, 3)])
def test_every_post_is_on_exactly_one_page(run, count, pages):
    thread, browser = filled(run, count), signed_in(ada(run))
    address, found = page_of(thread), []
    for _number in range(pages):
        html = see(browser, address)
        found += posts(html)
        following = re.search(r'<a rel="next" href="(\?page=\d+)"', html)
        address = page_of(thread) + following[1] if following else ""
    assert address == ""
    assert found == [f"P{number}" for number in range(1, count + 1)]


def test_the_newest_posts_are_one_click_away(run):
    thread, browser = filled(run, 60), signed_in(ada(run))
    (newest,) = re.findall(r'<a href="(\?page=\d+)">Newest posts', see(browser, page_of(thread)))
    assert posts(see(browser, page_of(thread) + newest)) == [f"P{it}" for it in range(51, 61)]


@pytest.mark.parametrize("page", ["x", "0", "-1", "9" * 40, "", "\0"])
def test_an_odd_page_of_a_thread_is_answered_with_a_page(run, page):
    thread = filled(run, 2)
    answer = signed_in(ada(run)).get(page_of(thread), {"page": page})
    assert answer.status_code == 200
    assert posts(answer.content.decode()) == ["P1", "P2"]


def test_after_posting_one_is_at_the_post_however_long_the_thread(run):
    thread, browser = filled(run, 60), signed_in(ada(run))
    answer = reply(browser, thread, "The newest")
    page = see(browser, answer["Location"].partition("#")[0])
    assert posts(page)[-1] == "The newest"
    assert 'id="post-' + answer["Location"].partition("#post-")[2] + '"' in page


# What is refused


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"title": " "}, "Give the thread a title"),
        ({"title": "x" * 201}, "A title has at most 200 characters, and this one has 201."),
        ({"text": " \n "}, "Nothing is written yet"),
        ({"text": "x" * 10_001}, "A post has at most 10000 characters, and this one has 10001"),
        ({"text": "<script>alert(1)</script>"}, "Nothing of this can be shown"),
    ],
)
def test_a_thread_that_cannot_be_taken_is_said_to_be_so_and_stays_in_the_fields(
    run, sent, sentence
):
    browser = signed_in(ada(run))
    answer = start(browser, **{"title": "Kept title", "text": "Kept text", **sent})
    assert answer.status_code == 400
    assert sentence in said(answer)
    html = answer.content.decode()
    assert ('value="Kept title"' in html) == ("title" not in sent)
    assert ("Kept text</textarea>" in html) == ("text" not in sent)
    assert Thread.objects.count() == 0


def test_a_long_reply_stays_in_the_field(run):
    browser = signed_in(ada(run))
    thread = begun(browser)
    answer = reply(browser, thread, "y" * 10_001)
    assert answer.status_code == 400
    assert "y" * 10_001 in answer.content.decode()
    assert Post.objects.count() == 1


def test_lines_count_as_they_do_in_the_browser(run):
    browser = signed_in(ada(run))
    thread = begun(browser)
    assert replied(browser, thread, "a\r\n" * 4_999 + "bc").text.count("\n") == 4_999


def test_the_eleventh_post_of_a_minute_waits(run, clock):
    browser = signed_in(ada(run))
    thread = begun(browser)
    for _number in range(9):
        clock.later(seconds=1)
        replied(browser, thread)
    answer = reply(browser, thread, "Too fast")
    assert answer.status_code == 429
    assert "You have posted 10 times in a minute: wait a little, then send again." in said(answer)
    assert "Too fast</textarea>" in answer.content.decode()
    assert start(browser).status_code == 429
    assert Post.objects.count() == 10
    clock.later(seconds=60)
    assert reply(browser, thread).status_code == 302


def test_a_closed_thread_takes_no_answer_and_loses_none(run):
    learner, tutor = signed_in(ada(run)), signed_in(theo(run), "en")
    thread = begun(learner)
    tutor.post(f"{page_of(thread)}settings/", {"closed": "1"})
    page = see(learner, page_of(thread))
    assert "This thread is closed" in page
    assert "<textarea" not in page
    answer = reply(learner, thread, "Late, and long enough to keep")
    assert answer.status_code == 409
    assert "closed meanwhile" in said(answer)
    assert "Late, and long enough to keep</textarea>" in answer.content.decode()
    assert reply(tutor, thread).status_code == 409
    assert Post.objects.count() == 1
    tutor.post(f"{page_of(thread)}settings/", {"closed": "0"})
    assert reply(learner, thread).status_code == 302


# Twice


def test_a_form_that_is_sent_twice_posts_once(run):
    browser = signed_in(ada(run))
    one, two = (start(browser, nonce="abc") for _time in range(2))
    assert one["Location"] == two["Location"]
    assert Thread.objects.count() == Post.objects.count() == 1
    thread = Thread.objects.get()
    one, two = (reply(browser, thread, nonce="def") for _time in range(2))
    assert one["Location"] == two["Location"]
    assert Post.objects.count() == 2


def test_each_form_that_is_shown_has_a_nonce_of_its_own(run):
    browser = signed_in(ada(run))
    found = {re.search(r'name="nonce" value="(\w+)"', see(browser, NEW))[1] for _time in range(3)}
    assert len(found) == 3


def test_two_people_may_have_the_same_nonce(run):
    thread = begun(signed_in(ada(run)))
    for who in (ada_again := signed_in(person_of(thread)), signed_in(claire(run))):
        assert reply(who, thread, nonce="same").status_code == 302
    assert reply(ada_again, thread, nonce="").status_code == 302
    assert reply(ada_again, thread, nonce="").status_code == 302
    assert Post.objects.count() == 5


def person_of(thread):
    return first_post(thread).author


# One's own posts


def test_one_changes_ones_own_post(run):
    browser = signed_in(ada(run))
    post = first_post(begun(browser, text="Befor"))
    html = see(browser, door(post, "edit"))
    assert "Befor</textarea>" in html
    answer = browser.post(door(post, "edit"), {"text": "**Before**", "seen": seen_in(html)})
    assert answer.status_code == 302
    page = see(browser, page_of(post.thread))
    assert "<strong>Before</strong>" in page
    assert "changed on" in page


def seen_in(html):
    return re.search(r'name="seen" value="([^"]+)"', html)[1]


def test_two_windows_do_not_overwrite_each_other(run):
    browser = signed_in(ada(run))
    post = first_post(begun(browser))
    one, two = (seen_in(see(browser, door(post, "edit"))) for _window in range(2))
    browser.post(door(post, "edit"), {"text": "From one", "seen": one})
    answer = browser.post(door(post, "edit"), {"text": "From two", "seen": two})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "changed meanwhile, in another window" in html
    assert "From one</textarea>" in html
    assert "From two</textarea>" in html
    both = browser.post(door(post, "edit"), {"text": "From both", "seen": seen_in(html)})
    assert both.status_code == 302
    assert Post.objects.get().text == "From both"


def test_a_change_that_meets_a_hidden_post_is_not_lost(run):
    browser, tutor = signed_in(ada(run)), signed_in(theo(run), "en")
    post = first_post(begun(browser))
    seen = seen_in(see(browser, door(post, "edit")))
    tutor.post(door(post, "hide"), {"reason": "Rude"})
    answer = browser.post(door(post, "edit"), {"text": "What I typed", "seen": seen})
    assert answer.status_code == 409
    assert "What I typed</textarea>" in answer.content.decode()
    assert Post.objects.get().text == "What is a phase?"
    assert browser.get(door(post, "edit")).status_code == 404


def test_a_post_that_is_taken_back_leaves_its_place_and_nothing_else(run):
    browser, other = signed_in(ada(run)), signed_in(claire(run))
    thread = begun(browser, "A secret", "My number is 12345")
    replied(other, thread, "Careful!")
    post = first_post(thread)
    browser.post(door(post, "take-back"))
    page = see(other, page_of(thread))
    assert "Taken back by its author." in page
    assert posts(page) == ["Careful!"]
    assert "12345" not in page
    post.refresh_from_db()
    assert (post.text, post.html) == ("", "")
    assert browser.post(door(post, "take-back")).status_code == 302, "a second click does no harm"


def test_a_thread_in_which_nothing_is_left_is_not_listed_for_learners(run):
    browser, teacher = signed_in(ada(run)), signed_in(claire(run))
    thread = begun(browser, "A mistake")
    answer = browser.post(door(first_post(thread), "take-back"), follow=True)
    assert "Your post is taken back" in said(answer)
    assert titles(see(browser, FORUM)) == []
    assert "A mistake" not in see(browser, page_of(thread)), "its address still answers"
    assert reply(browser, thread, "Typed meanwhile").status_code == 302
    assert titles(see(browser, FORUM)) == ["Hidden thread"]
    assert titles(see(teacher, FORUM)) == ["A mistake"]


@pytest.mark.parametrize("what", ["edit", "take-back"])
def test_nobody_touches_the_posts_of_others(run, what):
    post = first_post(begun(signed_in(ada(run))))
    for who in (person("Bob"), claire(run), theo(run)):
        place_in_run(who, run)
        browser = signed_in(who)
        assert browser.post(door(post, what), {"text": "Mine now", "seen": ""}).status_code == 404
    assert browser.get(door(post, "edit")).status_code == 404
    assert Post.objects.get().text == "What is a phase?"


# Completion, events, costs


def test_a_forum_counts_for_progress_only_where_the_course_says_so(tmp_path, db):
    learner = signed_in(ada(forum_run(tmp_path / "course")))
    see(learner, FORUM)
    assert Completion.objects.count() == 0
    imported(forum_folder(tmp_path / "other", "completion: view"))
    see(learner, FORUM)
    assert Completion.objects.get().activity.key == "talk"


def test_a_post_is_recorded_once(run):
    browser = signed_in(ada(run))
    for _time in range(2):
        start(browser, nonce="abc")
    events = [it for it in recorded() if it["verb"] == "posted"]
    post = Post.objects.get()
    assert [it["result"] for it in events] == [{"thread": post.thread_id, "post": post.pk}]
    assert (events[0]["run"], events[0]["role"]) == (run.pk, "learner")
    assert events[0]["activity"] == post.thread.activity_id


def recorded():
    recorder().close()
    files = sorted(settings.EVENTS_FOLDER.glob("*.jsonl"))
    return [json.loads(line) for path in files for line in path.read_text().splitlines()]


@pytest.mark.parametrize("page", ["forum", "thread"])
def test_a_page_costs_the_same_for_few_and_many(run, page):
    browser = signed_in(ada(run))
    thread = filled(run, 3)
    address = FORUM if page == "forum" else page_of(thread)

    def queries():
        see(browser, address)
        with CaptureQueriesContext(connection) as caught:
            see(browser, address)
        return [it["sql"] for it in caught.captured_queries]

    few = queries()
    made(run, 100, pinned=50)
    Thread.objects.filter(pk=thread.pk).update(posts_count=39, written=39)
    Post.objects.bulk_create(
        [
            Post(thread=thread, number=it, author=person(f"P{it}"), role="learner", nonce="1")
            for it in range(4, 40)
        ]
    )
    assert len(queries()) <= len(few) <= 4, "\n".join(few)
    assert not [it for it in few if not it.startswith("SELECT")]


@pytest.mark.parametrize("path", [FORUM, NEW])
def test_the_pages_are_french(run, path):
    html = see(signed_in(claire(run), "fr"), path)
    assert 'lang="fr"' in html
