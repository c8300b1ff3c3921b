"""The small course with a forum in it, and short words for talking there."""

import re
from itertools import count
from pathlib import Path

from django.http import HttpResponse
from django.test import Client

from preau.learn.courses.models import Run
from preau.learn.forum.models import Post, Thread
from tests.learn.enrolments.doing import words
from tests.people import RUN, SMALL_COURSE, imported, write

FORUM = f"/learn/{RUN}/talk/"
NEW = f"{FORUM}forum/new/"
_nonces = count(1)


def forum_folder(folder: Path, rules: str = "", where: str = "waves", **files: str) -> Path:
    """The small course with the forum ``talk`` in a section; ``rules`` are its other fields."""
    entry = "  - key: talk\n    kind: forum\n    title: {en: Ask here, fr: Posez vos questions}\n"
    entry += "".join(f"    {line}\n" for line in rules.splitlines())
    write(folder, {**SMALL_COURSE, **files})
    section = folder / where / "section.yaml"
    section.write_text(section.read_text() + entry)
    return folder


def forum_run(folder: Path, rules: str = "", where: str = "waves", **files: str) -> Run:
    """That course on the site."""
    imported(forum_folder(folder, rules, where, **files))
    return Run.objects.select_related("course").get(key=RUN)


def start(
    browser: Client, title: str = "Phases?", text: str = "What is a phase?", **more: str
) -> HttpResponse:
    """Send the form of a new thread."""
    sent = {"title": title, "text": text, "nonce": f"{next(_nonces):x}", **more}
    return browser.post(NEW, sent)


def begun(browser: Client, title: str = "Phases?", text: str = "What is a phase?") -> Thread:
    """A thread that somebody began."""
    answer = start(browser, title, text)
    assert answer.status_code == 302, answer.content.decode()
    found = re.search(r"/forum/(\d+)/", answer["Location"])
    assert found is not None
    return Thread.objects.get(pk=found[1])


def reply(browser: Client, thread: Thread, text: str = "An angle.", **more: str) -> HttpResponse:
    """Send an answer."""
    sent = {"text": text, "nonce": f"{next(_nonces):x}", **more}
    return browser.post(f"{page_of(thread)}reply/", sent)


def replied(browser: Client, thread: Thread, text: str = "An angle.") -> Post:
    """An answer that was taken."""
    answer = reply(browser, thread, text)
    assert answer.status_code == 302, answer.content.decode()
    found = re.search(r"#post-(\d+)$", answer["Location"])
    assert found is not None
    return Post.objects.get(pk=found[1])


def page_of(thread: Thread) -> str:
    """The address of a thread."""
    return f"{FORUM}forum/{thread.pk}/"


def door(post: Post, what: str) -> str:
    """The address of what is done with a post: edit, take-back, hide, show."""
    return f"{FORUM}forum/{post.thread_id}/posts/{post.pk}/{what}/"


def first_post(thread: Thread) -> Post:
    """The post that a thread began with."""
    return Post.objects.filter(thread=thread).order_by("pk")[0]


def titles(html: str) -> list[str]:
    """Of the threads that a forum's page lists."""
    return [words(it) for it in re.findall(r'<li class="thread"><h2>(.*?)</h2>', html, re.DOTALL)]


def posts(html: str) -> list[str]:
    """The texts that a thread's page shows."""
    return [
        words(it)
        for it in re.findall(r'<div class="prose post-text"[^>]*>(.*?)</div>\n', html, re.DOTALL)
    ]
