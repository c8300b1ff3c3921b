"""Files handed in with an essay."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from preau.learn.enrolments.actions import place_in_run
from preau.learn.quizzes.models import Attachment, Attempt
from tests.learn.quizzes.quiz_course import begin, hand_in, quiz_run, responses, send
from tests.people import ada, claire, noah, signed_in

pytestmark = pytest.mark.django_db

ESSAY = """<quiz><question type="essay"><name><text>Why</text></name>
<questiontext format="html"><text>Why packets?</text></questiontext><defaultgrade>4</defaultgrade>
<responseformat>editor</responseformat><attachments>2</attachments><filetypeslist>.pdf,.txt</filetypeslist>
</question></quiz>"""


@pytest.fixture
def run(tmp_path):
    files = {"test.en.gift": ESSAY, "test.fr.gift": ESSAY}
    return quiz_run(tmp_path / "course", **files)


def text(name, content=b"words"):
    return SimpleUploadedFile(name, content, "text/plain")


def sent(browser, address, *files, base="", **more):
    form = {"page": "1", "q1-base": base, "q1-upload": list(files), "go": "save", **more}
    return browser.post(address, form, follow=True).content.decode()


def test_files_are_kept_with_the_answer_and_served_to_save(run):
    browser = signed_in(ada(run))
    address = begin(browser)
    page = sent(browser, address, text("one.txt"), text("two.txt", b"more words"))
    assert "one.txt" in page
    assert "two.txt" in page
    row = Attachment.objects.get(name="two.txt")
    answer = browser.get(f"/learn/small-now/test/quiz/attachments/{row.pk}/")
    assert answer.content == b"more words"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    attempt = hand_in(browser, address)
    assert attempt.mark is None
    assert attempt.to_mark == 1


def test_a_text_saved_later_keeps_the_files(run):
    browser = signed_in(ada(run))
    address = begin(browser)
    sent(browser, address, text("one.txt"))
    base = browser.get(address).content.decode().split('data-base="')[1].split('"')[0]
    told = send(browser, address, (1, {"text": ["Because."]}, base)).json()
    assert told["conflicts"] == {}
    assert responses(Attempt.objects.get())[1].answer == {
        "text": ["Because."],
        "files": ["one.txt"],
    }


def test_too_many_files_and_other_kinds_are_refused_with_a_reason(run):
    browser = signed_in(ada(run))
    address = begin(browser)
    page = sent(browser, address, text("run.exe"))
    assert "“run.exe” is of another kind; this question takes .pdf, .txt." in page
    page = sent(browser, address, text("1.txt"), text("2.txt"), text("3.txt"))
    assert "At most 2 files can be handed in here" in page
    assert not Attachment.objects.exists()


def test_a_file_can_be_taken_away_again(run):
    browser = signed_in(ada(run))
    address = begin(browser)
    sent(browser, address, text("one.txt"))
    row = Attachment.objects.get()
    sent(browser, address, go=f"detach:{row.pk}")
    assert not Attachment.objects.exists()
    assert responses(Attempt.objects.get())[1].answer == {}
    assert hand_in(browser, address).mark == 0


def test_only_its_author_and_teachers_get_a_file(run):
    browser = signed_in(ada(run))
    sent(browser, begin(browser), text("one.txt"))
    url = f"/learn/small-now/test/quiz/attachments/{Attachment.objects.get().pk}/"
    other = noah()
    place_in_run(other, run)
    assert signed_in(other).get(url).status_code == 404
    assert signed_in(claire(run)).get(url).status_code == 200


def test_a_name_that_leads_elsewhere_is_only_a_name(run):
    browser = signed_in(ada(run))
    sent(browser, begin(browser), text("../../etc/passwd.txt"))
    assert Attachment.objects.get().name == "passwd.txt"
