"""The JSON Schema of a knowledge file, so that editors complete and check it while one types."""

from typing import Any

from pydantic import TypeAdapter

from bot.knowledge.model import KINDS, Document, Fact, LocalText, Phrases

SCHEMA_FILE = "knowledge.schema.json"


def json_schema() -> dict[str, Any]:
    """Make the schema, draft 2020-12, of one YAML file of a knowledge folder."""
    definitions: dict[str, Any] = {}
    properties: dict[str, Any] = {}
    for kind, model in KINDS.items():
        schema = TypeAdapter(model).json_schema(ref_template="#/$defs/{model}", mode="validation")
        definitions.update(schema.pop("$defs", {}))
        definitions[model.__name__] = schema
        reference = {"$ref": f"#/$defs/{model.__name__}"}
        one_or_many = reference if kind == "event" else {"type": "array", "items": reference}
        properties[kind] = {"description": schema["description"], **one_or_many}
    _allow_short_forms(definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A knowledge file of Targobot",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "$defs": dict(sorted(definitions.items())),
    }


def _allow_short_forms(definitions: dict[str, Any]) -> None:
    # The models take these by a validator, which a schema cannot see.
    for model in (LocalText, Fact):
        written_out = definitions[model.__name__]
        definitions[model.__name__] = {"anyOf": [{"type": "string", "minLength": 1}, written_out]}
    definitions[Document.__name__] = {
        "anyOf": [{"$ref": f"#/$defs/{LocalText.__name__}"}, definitions[Document.__name__]]
    }
    phrases = definitions[Phrases.__name__]
    definitions[Phrases.__name__] = {
        "anyOf": [{"type": "array", "items": {"type": "string"}}, phrases]
    }
