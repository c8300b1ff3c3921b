"""Who may open what: the one table of the site.

Every URL name of the site stands here. A name that is missing is refused to everybody, and
a test fails. The gate (``accounts.gate``) applies the table before any view runs.
"""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the page they ask for."""

    VISITOR = "visitor"  # not signed in
    PERSON = "person"  # signed in, without a role in the page's run
    LEARNER = "learner"  # roles in the page's run
    TUTOR = "tutor"
    TEACHER = "teacher"
    MANAGER = "manager"  # roles on the whole site
    OPERATOR = "operator"


RUN_ROLES = frozenset({Role.LEARNER, Role.TUTOR, Role.TEACHER})
SITE_ROLES = frozenset({Role.MANAGER, Role.OPERATOR})

ANYONE = frozenset(Role)
SIGNED_IN = ANYONE - {Role.VISITOR}
FOLLOWS = RUN_ROLES | SITE_ROLES  # has a place in the run
TUTORS = frozenset({Role.TUTOR, Role.TEACHER}) | SITE_ROLES
TEACHES = frozenset({Role.TEACHER}) | SITE_ROLES

TABLE: dict[str, frozenset[Role]] = {
    # the site's front
    "home:landing": ANYONE,
    "home:catalogue": ANYONE,
    "home:course": ANYONE,
    "home:health": ANYONE,
    "home:dashboard": SIGNED_IN,
    "theme:style": ANYONE,
    "theme:language": ANYONE,
    # my account
    "accounts:profile": SIGNED_IN,
    "accounts:photo": SIGNED_IN,
    "leaving:leave": SIGNED_IN,
    "leaving:archive": SIGNED_IN,
    "leaving:left": ANYONE,  # who has left is signed in no more; the reference can't be guessed
    "leaving:report": ANYONE,
    "account_login": ANYONE,
    "account_signup": ANYONE,
    "account_logout": ANYONE,
    "account_inactive": ANYONE,
    "account_email_verification_sent": ANYONE,
    "account_confirm_email": ANYONE,
    "account_reset_password": ANYONE,
    "account_reset_password_done": ANYONE,
    "account_reset_password_from_key": ANYONE,
    "account_reset_password_from_key_done": ANYONE,
    "account_email": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    # a course's files: the view asks whether the person has a place in the course
    "courses:media": ANYONE,
    # following a run
    "enrolments:enrol": SIGNED_IN,
    "enrolments:unenrol": FOLLOWS,
    "enrolments:run": FOLLOWS,
    "enrolments:activity": FOLLOWS,
    "enrolments:complete": FOLLOWS,
    "enrolments:watched": FOLLOWS,
    "enrolments:bookmark": FOLLOWS,
    "enrolments:note": FOLLOWS,
    "enrolments:notebook": FOLLOWS,
    "enrolments:search": FOLLOWS,
    # taking a quiz: of attempts, only one's own
    "quizzes:start": FOLLOWS,
    "quizzes:attempt": FOLLOWS,
    "quizzes:answers": FOLLOWS,
    "quizzes:summary": FOLLOWS,
    "quizzes:hand-in": FOLLOWS,
    "quizzes:file": FOLLOWS,
    "quizzes:attachment": FOLLOWS,
    # talking in a forum: changing only one's own posts
    "forum:thread": FOLLOWS,
    "forum:start": FOLLOWS,
    "forum:reply": FOLLOWS,
    "forum:edit": FOLLOWS,
    "forum:take-back": FOLLOWS,
    # marks and time: only one's own
    "grades:mine": FOLLOWS,
    "insights:mine": FOLLOWS,
    # certificates: the view asks whose it is, and whether it is public
    "certificates:keys": ANYONE,
    "certificates:keys-file": ANYONE,
    "certificates:certificate": ANYONE,
    "certificates:pdf": ANYONE,
    "certificates:file": ANYONE,
    "certificates:public": SIGNED_IN,
    "certificates:mine": FOLLOWS,
    # teaching a run
    "quizzes:bank": TEACHES,
    "quizzes:import": TEACHES,
    "quizzes:preview": TEACHES,
    "quizzes:bank-file": TEACHES,
    "quizzes:report": TUTORS,
    "quizzes:item": TUTORS,
    "quizzes:attempts": TUTORS,
    "quizzes:attempt-of": TUTORS,
    "quizzes:csv": TUTORS,
    "quizzes:parquet": TUTORS,
    "quizzes:marking": TUTORS,
    "quizzes:mark": TUTORS,
    "quizzes:regrade": TEACHES,
    "quizzes:regrade-now": TEACHES,
    "quizzes:rules": TEACHES,
    "quizzes:forget-rules": TEACHES,
    "forum:hide": TUTORS,
    "forum:show": TUTORS,
    "forum:settings": TUTORS,
    "insights:run": TUTORS,
    "insights:run-figure": TUTORS,
    "insights:lost": TUTORS,
    "insights:failing": TUTORS,
    "insights:unanswered": TUTORS,
    "insights:compare": TUTORS,
    "insights:videos": TUTORS,
    "certificates:issued": TUTORS,
    "certificates:settings": TEACHES,
    "certificates:revoke": TEACHES,
    "certificates:restore": TEACHES,
    "grades:everybody": TUTORS,
    "grades:csv": TUTORS,
    "enrolments:people": TUTORS,
    "enrolments:role": TEACHES,
    "enrolments:settings": TEACHES,
    # the whole site
    "insights:site": SITE_ROLES,
    "insights:site-figure": SITE_ROLES,
    "insights:log": frozenset({Role.OPERATOR}),
    "insights:weblog": frozenset({Role.OPERATOR}),
}
