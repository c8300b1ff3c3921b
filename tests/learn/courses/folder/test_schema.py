"""The published schema is the one in use, and the documentation names all of it."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from preau.learn.courses.folder.schema import folder_schema
from preau.learn.courses.folder.yaml_lines import read_yaml

ROOT = Path(__file__).parents[4]
SAMPLE = ROOT / "samples" / "introduction-telecoms"
PUBLISHED = ROOT / "docs" / "reference" / "course.schema.json"
FORMAT = ROOT / "docs" / "reference" / "course-format.md"


def written_schema() -> str:
    return json.dumps(folder_schema(), indent=2, ensure_ascii=False) + "\n"


def test_the_published_schema_is_the_one_in_use():
    assert PUBLISHED.read_text(encoding="utf-8") == written_schema(), (
        "docs/reference/course.schema.json is stale; write folder_schema() into it again"
    )


def test_the_schema_is_valid_itself():
    Draft202012Validator.check_schema(folder_schema())


def fields(schema: object) -> set[str]:
    """All names that the schema gives to fields."""
    if isinstance(schema, list):
        return set().union(*map(fields, schema))
    if not isinstance(schema, dict):
        return set()
    return set(schema.get("properties", {})) | set().union(*map(fields, schema.values()), set())


def test_the_documentation_names_every_field():
    text = FORMAT.read_text(encoding="utf-8")
    named = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`[^`]+`", text))))
    assert fields(folder_schema()) - named == set()


def test_the_documentation_names_every_kind():
    text = FORMAT.read_text(encoding="utf-8")
    activity = folder_schema()["$defs"]["section.yaml"]["properties"]["activities"]["items"]
    for kind in activity["properties"]["kind"]["enum"]:
        assert f"| `{kind}` |" in text


@pytest.mark.parametrize(
    "file", [path.relative_to(SAMPLE) for path in sorted(SAMPLE.rglob("*.yaml"))], ids=str
)
def test_the_sample_course_follows_the_published_schema(file):
    schema = json.loads(PUBLISHED.read_text(encoding="utf-8"))["$defs"][file.name]
    Draft202012Validator(schema).validate(read_yaml((SAMPLE / file).read_bytes()).data)
