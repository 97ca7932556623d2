"""The spec as JSON Schema, draft 2020-12, made from the models.

It says less than `validate_message`, for JSON Schema cannot say more: that a position is not past a length, that 10.0
is no whole number, that a day is in the calendar, how large a message is. It does not warn: an unknown property passes.
"""

from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from videospec.spec.events import EVENTS, Event, model_for
from videospec.spec.fields import SpecObject
from videospec.spec.message import Message, elsewhere

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


class _Plain(GenerateJsonSchema):
    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        # Every default here means "not given", which is no value that a message could hold.
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def _branch(event: Event) -> dict[str, Any]:
    model = model_for(event.name).__name__
    properties: dict[str, Any] = {"$ref": f"#/$defs/{model}"}
    if misplaced := elsewhere(event.name):
        properties["properties"] = dict.fromkeys(sorted(misplaced), False)
    branch: dict[str, Any] = {"title": event.name, "x-family": event.family, "x-section": event.section}
    if event.extension:
        branch["x-extension"] = True
    return {**branch, "properties": {"event": {"const": event.name}, "properties": properties}}


def schema(event: str | None = None) -> dict[str, Any]:
    """The schema of one event's message, or of all: a `oneOf` on `event`. What is not on the spec's page is marked
    `"x-extension": true`. The same call gives the same keys in the same order. KeyError for a name not in EVENTS."""
    events = list(EVENTS.values()) if event is None else [EVENTS[event]]
    models: list[type[SpecObject]] = [Message, *dict.fromkeys(model_for(each.name) for each in events)]
    _, definitions = models_json_schema([(model, "validation") for model in models], schema_generator=_Plain)
    branches = [_branch(each) for each in events]
    body = {"title": "Video Spec", "oneOf": branches} if event is None else branches[0]
    return {"$schema": DIALECT, **body, "allOf": [{"$ref": "#/$defs/Message"}], "$defs": definitions["$defs"]}
