"""What a statement must be, as JSON Schema: the part of the specification that ours can break."""

from typing import Any

from jsonschema import Draft202012Validator

_IRI = {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+$"}
_WORDS = {
    "type": "object",
    "propertyNames": {"pattern": r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"},
    "additionalProperties": {"type": "string"},
}
_EXTENSIONS = {"type": "object", "propertyNames": _IRI}
_ACTIVITY: dict[str, Any] = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "objectType": {"const": "Activity"},
        "id": _IRI,
        "definition": {
            "type": "object",
            "properties": {"name": _WORDS, "type": _IRI},
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}
STATEMENT: dict[str, Any] = {
    "type": "object",
    "required": ["id", "actor", "verb", "object", "timestamp"],
    "properties": {
        "id": {"type": "string", "pattern": r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
        "actor": {
            "type": "object",
            "required": ["account"],
            "properties": {
                "objectType": {"const": "Agent"},
                "account": {
                    "type": "object",
                    "required": ["homePage", "name"],
                    "properties": {"homePage": _IRI, "name": {"type": "string", "minLength": 1}},
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
        },
        "verb": {
            "type": "object",
            "required": ["id"],
            "properties": {"id": _IRI, "display": _WORDS},
            "additionalProperties": False,
        },
        "object": _ACTIVITY,
        "result": {
            "type": "object",
            "properties": {
                "completion": {"type": "boolean"},
                "score": {
                    "type": "object",
                    "properties": {"raw": {"type": "number"}},
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
        },
        "context": {
            "type": "object",
            "properties": {
                "platform": {"type": "string"},
                "contextActivities": {
                    "type": "object",
                    "properties": {"parent": {"type": "array", "items": _ACTIVITY}},
                    "additionalProperties": False,
                },
                "extensions": _EXTENSIONS,
            },
            "additionalProperties": False,
        },
        "timestamp": {
            "type": "string",
            "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$",
        },
    },
    "additionalProperties": False,
}
validator = Draft202012Validator(STATEMENT)
