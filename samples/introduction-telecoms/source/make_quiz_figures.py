"""Draw the figures of the quizzes and put them, in base64, into the quizzes' Moodle XML files."""

import re
import textwrap
from base64 import b64encode

import figures_quizzes
from drawing import COURSE

FILE = re.compile(r'(?P<start>[ ]*<file name="(?P<name>[^"]+)"[^>]*>)[^<]*(?P<end></file>)')


def put(found: re.Match[str]) -> str:
    indent = " " * (len(found["start"]) - len(found["start"].lstrip()))
    content = b64encode((COURSE / "source" / "quizzes" / found["name"]).read_bytes()).decode()
    lines = [f"{indent}  {line}" for line in textwrap.wrap(content, 92)]
    return "\n".join([found["start"], *lines, f"{indent}{found['end']}"])


def main() -> None:
    figures_quizzes.draw()
    for path in sorted(COURSE.glob("*/quiz-*.xml")):
        text = path.read_text(encoding="utf-8")
        path.write_text(FILE.sub(put, text), encoding="utf-8")


if __name__ == "__main__":
    main()
