"""GitHub's own description of its API, as JSON schemas that jsonschema understands."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012


class OpenApi:
    """The description in ``folder``; OpenAPI 3.0 says ``nullable`` where JSON Schema lists null."""

    def __init__(self, folder: Path) -> None:
        self.document = _without_nullable(json.loads((folder / "github.json").read_text(encoding="utf-8")))

    @cached_property
    def _registry(self) -> Registry[Any]:
        resource: Resource[Any] = Resource.from_contents(self.document, default_specification=DRAFT202012)
        return Registry().with_resource("github.json", resource)

    def problems(self, pointer: str, value: object) -> list[str]:
        """What is wrong with ``value`` under the schema at a JSON pointer of the document."""
        schema = {"$ref": f"github.json#{pointer}"}
        validator = validator_for(schema, default=Draft202012Validator)(schema, registry=self._registry)
        return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(value)]

    def answer(self, path: str, method: str, status: int, value: object) -> list[str]:
        """What is wrong with an answer to ``method path``."""
        operation = self.document["paths"][path][method.lower()]
        schema = operation["responses"][str(status)]
        if "$ref" in schema:
            return []
        inner = f"/paths/{_escaped(path)}/{method.lower()}/responses/{status}/content/application~1json/schema"
        return self.problems(inner, value)

    def request(self, path: str, method: str, value: object) -> list[str]:
        """What is wrong with the JSON sent with ``method path``."""
        pointer = f"/paths/{_escaped(path)}/{method.lower()}/requestBody/content/application~1json/schema"
        return self.problems(pointer, value)

    def parameters(self, path: str, method: str = "get") -> set[str]:
        """The names that the query of ``method path`` may hold."""
        listed = self.document["paths"][path][method].get("parameters", [])
        resolved = [self._resolved(one) for one in listed]
        return {str(one["name"]) for one in resolved if one["in"] == "query"}

    def delivery(self, event: str, action: str, value: object) -> list[str]:
        """What is wrong with the body of a delivery."""
        name = "-".join(part.replace("_", "-") for part in (event, action) if part)
        return self.problems(f"/webhooks/{name}/post/requestBody/content/application~1json/schema", value)

    def _resolved(self, node: dict[str, Any]) -> dict[str, Any]:
        if "$ref" not in node:
            return node
        found: Any = self.document
        for part in str(node["$ref"]).removeprefix("#/").split("/"):
            found = found[part]
        resolved: dict[str, Any] = found
        return resolved


def _escaped(path: str) -> str:
    return path.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")


def _without_nullable(node: Any) -> Any:  # noqa: ANN401  (JSON)
    if isinstance(node, list):
        return [_without_nullable(one) for one in node]
    if not isinstance(node, dict):
        return node
    changed = {
        key: _without_nullable(value) for key, value in node.items() if key != "nullable" or value not in (True, False)
    }
    return {"anyOf": [changed, {"type": "null"}]} if node.get("nullable") is True else changed
