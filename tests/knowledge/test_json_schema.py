import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from bot.knowledge.json_schema import SCHEMA_FILE, json_schema
from bot.knowledge.model import KINDS
from bot.knowledge.rules.telling import FREE_TOPICS

KNOWLEDGE = Path(__file__).parent.parent.parent / "knowledge"
FILES = sorted(KNOWLEDGE.rglob("*.yaml"))


@pytest.fixture(scope="module")
def validator():
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_the_schema_that_editors_use_is_the_one_of_the_model():
    kept = json.loads((KNOWLEDGE / SCHEMA_FILE).read_text())

    assert kept == json_schema(), f"run: scripts/run schema > knowledge/{SCHEMA_FILE}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(KNOWLEDGE)))
def test_the_fairs_own_files_satisfy_it(validator, file):
    errors = list(validator.iter_errors(yaml.safe_load(file.read_text())))

    assert [f"{list(error.path)}: {error.message[:200]}" for error in errors] == []


@pytest.mark.parametrize(
    "text",
    [
        "exhibitor: []",
        "exhibitors: [{id: a, name: A}]",
        "exhibitors: [{id: a, name: A, kind: nic}]",
        "exhibitors: [{id: A b, name: A, kind: inne}]",
        "places: [{id: a, name: 5, kind: room}]",
        "places: [{id: a, name: {en: Room}, kind: room}]",
        "places: [{id: a, name: A, kind: room, nmae: B}]",
        "places: [{id: a, name: A, kind: room, stands: [12]}]",
        "places: [{id: a, name: A, kind: room, aliases: sala}]",
        "places: [{id: a, name: A, kind: room, address: {wert: x}}]",
        "places: [{id: a, name: A, kind: room, contact: {email: nobody}}]",
        "places: [{id: a, name: A, kind: room, accessibility: {lift: 'yes'}}]",
        "offers: [{id: a, title: A, kind: lokal, deadline: 5}]",
        "event: {id: a, name: A, edition: 1, start_date: '2017-11-30', end_date: '2017-11-30', "
        "city: K, organizer: o, hours: [{date: '2017-11-30', open: '9:00', close: '17:00'}]}",
    ],
)
def test_it_finds_mistakes(validator, text):
    assert not validator.is_valid(yaml.safe_load(text))


@pytest.mark.parametrize(
    "name", ["Kąt", {"pl": "Kąt"}, {"pl": "Kąt", "en": "Corner", "mt": ["en"]}]
)
def test_a_text_may_be_plain_or_in_languages(validator, name):
    assert validator.is_valid({"exhibitors": [{"id": "a", "name": name, "kind": "inne"}]})


def test_every_kind_of_record_and_of_part_is_described_in_the_editor():
    schema = json_schema()
    described = {
        name
        for name, definition in schema["$defs"].items()
        if any(part.get("description") for part in (definition, *definition.get("anyOf", ())))
    }

    assert sorted(schema["$defs"].keys() - described) == []
    assert [kind for kind, field in schema["properties"].items() if not field["description"]] == []


def test_files_name_their_schema_for_the_editor():
    first_lines = {
        str(file.relative_to(KNOWLEDGE)): file.read_text().partition("\n")[0] for file in FILES
    }
    up = {name: "../" * name.count("/") for name in first_lines}

    assert first_lines == {
        name: f"# yaml-language-server: $schema={up[name]}{SCHEMA_FILE}" for name in first_lines
    }


def test_every_topic_that_may_be_unknown_is_told_to_those_who_write_it():
    page = (KNOWLEDGE.parent / "docs" / "knowledge.md").read_text()

    assert [topic for topic in sorted(FREE_TOPICS) if f"`{topic}`" not in page] == []


def test_every_choice_is_told_to_those_who_write_it():
    page = (KNOWLEDGE.parent / "docs" / "knowledge.md").read_text()

    missing = [
        word
        for definition in json_schema()["$defs"].values()
        for word in definition.get("enum", ())
        if not re.search(rf"\b{word}\b", page)
    ]

    assert missing == []


def test_every_kind_and_field_is_explained_to_those_who_write_it():
    page = (KNOWLEDGE.parent / "docs" / "knowledge.md").read_text()

    missing = [
        f"{kind}.{field.alias or name}"
        for kind, model in KINDS.items()
        for name, field in model.model_fields.items()
        if f"`{field.alias or name}`" not in page
    ]

    assert missing + [kind for kind in KINDS if f"`{kind}`" not in page] == []
