"""Reads single files of a course folder and gathers what is wrong with them."""

from typing import Any

from preau.learn.courses.folder.explain import Validator, explain
from preau.learn.courses.folder.files import CourseFiles, join
from preau.learn.courses.folder.problems import CourseFolderError, Problem
from preau.learn.courses.folder.yaml_lines import LinedYaml, Path, YamlError, read_yaml
from preau.learn.courses.rich_text import render

_MOST_TEXT = 500_000  # bytes of one Markdown file


class Reader:
    """What was read so far: the lines of each YAML file, the files used, the problems."""

    def __init__(self, files: CourseFiles) -> None:
        self.files = files
        self.languages: tuple[str, ...] = ()
        self.used: set[str] = set()  # files that become assets
        self.texts: set[str] = set()  # YAML and Markdown
        self.links: list[tuple[str, str, int]] = []  # (activity key, file, line)
        self.problems: list[Problem] = list(files.problems)
        self._yaml: dict[str, LinedYaml] = {}

    def problem(self, file: str, line: int, message: str) -> None:
        """Note one problem."""
        self.problems.append(Problem(file, line, message))

    def problem_at(self, file: str, path: Path, message: str) -> None:
        """Note one problem at a value of a YAML file."""
        self.problem(file, self._yaml[file].line(path) if file in self._yaml else 1, message)

    def stop_at_problems(self) -> None:
        """Raise ``CourseFolderError`` if there are any."""
        if self.problems:
            raise CourseFolderError(self.problems)

    def yaml(self, name: str, schema: dict[str, Any]) -> dict[str, Any]:
        """A YAML file that follows its schema; empty, with problems noted, if it does not."""
        self.texts.add(name)
        try:
            self._yaml[name] = read_yaml(self.files.read(name))
        except FileNotFoundError:
            self.problem(name, 1, "this file is missing")
            return {}
        except YamlError as trouble:
            self.problem(name, trouble.line, str(trouble))
            return {}
        found = list(Validator(schema).iter_errors(self._yaml[name].data))
        for wrong in found:
            path, message = explain(wrong)
            self.problem_at(name, path, message)
        return {} if found else self._yaml[name].data

    def text(self, value: str | dict[str, str], file: str, path: Path) -> dict[str, str]:
        """A text in every language of the course, main language first."""
        if isinstance(value, str):
            if len(self.languages) > 1:
                self.problem_at(
                    file, path, f"needs one text for each of {', '.join(self.languages)}"
                )
            return {self.languages[0]: value}
        for language in self.languages:
            if language not in value:
                self.problem_at(file, path, f"has no text in “{language}”")
        for language in value:
            if language not in self.languages:
                said = f"has a text in “{language}”, which is not in the course's languages"
                self.problem_at(file, path, said)
        return {language: value[language] for language in self.languages if language in value}

    def body(self, folder: str, key: str, required: bool) -> dict[str, str]:
        """The Markdown of ``key`` in every language; images in it count as used."""
        names = {code: f"{folder}/{key}.{code}.md".lstrip("/") for code in self.languages}
        present = [code for code, name in names.items() if name in self.files.names]
        if not present and not required:
            return {}
        return {
            code: self._markdown(folder, name)
            for code, name in names.items()
            if name in self.files.names or self._missing(name)
        }

    def _missing(self, name: str) -> bool:
        self.problem(name, 1, "this text is missing")
        return False

    def _markdown(self, folder: str, name: str) -> str:
        self.texts.add(name)
        content = self.files.read(name)
        if len(content) > _MOST_TEXT:
            self.problem(name, 1, f"has {len(content)} bytes; at most {_MOST_TEXT} are taken")
            return ""
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            self.problem(name, line, "is not UTF-8 text; save it as UTF-8")
            return ""
        if "\0" in text:
            line = text[: text.index("\0")].count("\n") + 1
            self.problem(name, line, "has the character U+0000; remove it")
            return ""
        rendered = render(text)
        for found in rendered.problems:
            self.problem(name, found.line, found.message)
        for file, line in rendered.files:
            self._use(folder, file, name, line)
        self.links += [(key, name, line) for key, line in rendered.activities]
        return text

    def file(self, folder: str, name: str, file: str, path: Path) -> str:
        """A file named in YAML, relative to the course; its absence is a problem."""
        line = self._yaml[file].line(path) if file in self._yaml else 1
        return self._use(folder, name, file, line)

    def _use(self, folder: str, name: str, file: str, line: int) -> str:
        full = join(folder, name)
        if full is None:
            self.problem(file, line, f"“{name}” leads out of its folder")
        elif full not in self.files.names:
            self.problem(file, line, f"the file “{name}” is not in the folder {folder or '.'}")
        else:
            self.used.add(full)
        return full or ""
