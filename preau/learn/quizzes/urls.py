"""Addresses of quizzes: taking them below ``/learn/``, everything about them below ``/runs/``."""

from django.urls import path

from preau.learn.quizzes.views import answering, attempting, bank, files, marking, reports, rules

app_name = "quizzes"
_ABOUT = "runs/<slug:run_key>/quizzes/<slug:key>/"
_QUIZ = "learn/<slug:run_key>/<slug:key>/quiz/"
urlpatterns = [
    path(f"{_QUIZ}start/", attempting.start, name="start"),
    path(f"{_QUIZ}<int:number>/", attempting.attempt, name="attempt"),
    path(f"{_QUIZ}<int:number>/answers/", answering.answers, name="answers"),
    path(f"{_QUIZ}<int:number>/summary/", attempting.summary, name="summary"),
    path(f"{_QUIZ}<int:number>/hand-in/", attempting.hand_in, name="hand-in"),
    path(f"{_QUIZ}files/<int:version>/<str:name>", files.file, name="file"),
    path(f"{_QUIZ}attachments/<int:attachment>/", files.attachment, name="attachment"),
    path("runs/<slug:run_key>/questions/", bank.questions, name="bank"),
    path("runs/<slug:run_key>/questions/import/", bank.take, name="import"),
    path("runs/<slug:run_key>/questions/<uuid:uuid>/", bank.preview, name="preview"),
    path(
        "runs/<slug:run_key>/questions/files/<int:version>/<str:name>",
        files.bank_file,
        name="bank-file",
    ),
    path(_ABOUT, reports.report, name="report"),
    path(f"{_ABOUT}questions/<int:slot>/", reports.item, name="item"),
    path(f"{_ABOUT}attempts/", reports.attempts, name="attempts"),
    path(f"{_ABOUT}attempts/<int:attempt>/", reports.attempt_of, name="attempt-of"),
    path(f"{_ABOUT}answers.csv", reports.responses, {"kind": "csv"}, name="csv"),
    path(f"{_ABOUT}answers.parquet", reports.responses, {"kind": "parquet"}, name="parquet"),
    path(f"{_ABOUT}marking/", marking.queue, name="marking"),
    path(f"{_ABOUT}marking/<int:question>/", marking.mark, name="mark"),
    path(f"{_ABOUT}regrade/", marking.regrade, name="regrade"),
    path(f"{_ABOUT}regrade/now/", marking.regrade_now, name="regrade-now"),
    path(f"{_ABOUT}rules/", rules.rules, name="rules"),
    path(f"{_ABOUT}rules/forget/", rules.forget_rules, name="forget-rules"),
]
