"""What the standards ask of the members that we write, as JSON Schema; a member that stands in no schema is refused.

SARIF: OASIS Standard, Static Analysis Results Interchange Format 2.1.0 with errata 01; the section stands beside each
member. GitLab: docs.gitlab.com/ci/testing/code_quality, “Code Quality report format”.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"

TEXT: Schema = {"type": "string", "minLength": 1}
INDEX: Schema = {"type": "integer", "minimum": 0}  # 3.7.4: -1 stands for none, and we never write that
ORDINAL: Schema = {"type": "integer", "minimum": 1}


def record(*required: str, **members: Schema) -> Schema:
    """An object with these members and no others."""
    return {"type": "object", "properties": members, "required": list(required), "additionalProperties": False}


def listed(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


# 3.10, RFC 3986: what may stand in a URI reference, every other character as %XX; 3.4.3
URI: Schema = {"type": "string", "pattern": r"^(?:[A-Za-z0-9._~!$&'()*+,;=:@/?#\[\]-]|%[0-9A-Fa-f]{2})+$"}
SEMVER = r"^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$"
LEVEL: Schema = {"enum": ["none", "note", "warning", "error"]}  # 3.27.10, 3.50.3
# 3.11.2: a message without an id has its text; 3.11.5: a single brace opens a placeholder, and we have no arguments
MESSAGE = record("text", text=TEXT | {"pattern": r"^(?:[^{}]|\{\{|\}\})*$"})
STRINGS = record("text", text=TEXT)  # 3.12.3
BAG: Schema = {"type": "object", "properties": {"tags": listed(TEXT, uniqueItems=True)}}  # 3.8.2.1

REGION = record("startLine", startLine=ORDINAL, startColumn=ORDINAL)  # 3.30.5, 3.30.6; 3.30.2: a text region has a line
LOCATION = record(
    physicalLocation=record(  # 3.28.3
        "artifactLocation",  # 3.29.2: it, or an address
        artifactLocation=record("uri", uri=URI, uriBaseId=TEXT),  # 3.29.3; 3.4.2: a uri, or an index; 3.4.4
        region=REGION,  # 3.29.4
    ),
    logicalLocations=listed(record(fullyQualifiedName=TEXT), minItems=1),  # 3.28.4, 3.33.5
)
SUPPRESSION = record(
    "kind",
    kind={"enum": ["inSource", "external"]},  # 3.35.2
    status={"enum": ["accepted", "underReview", "rejected"]},  # 3.35.3
    justification=TEXT,  # 3.35.6
)
RESULT = record(
    "message",
    ruleId=TEXT,  # 3.27.5
    ruleIndex=INDEX,  # 3.27.6
    level=LEVEL,  # 3.27.10
    message=MESSAGE,  # 3.27.11
    locations=listed(LOCATION),  # 3.27.12
    partialFingerprints={"type": "object", "additionalProperties": TEXT},  # 3.27.17
    suppressions=listed(SUPPRESSION),  # 3.27.23
    rank={"type": "number", "minimum": 0, "maximum": 100},  # 3.27.25
    properties=BAG,
)
RULE = record(
    "id",
    id=TEXT,  # 3.49.3
    name=TEXT,  # 3.49.7
    shortDescription=STRINGS,  # 3.49.9
    fullDescription=STRINGS,  # 3.49.10
    help=STRINGS,  # 3.49.13
    defaultConfiguration=record(level=LEVEL),  # 3.49.14
    properties=BAG,
)
DRIVER = record(
    "name",
    name=TEXT,  # 3.19.8
    semanticVersion={
        "type": "string",
        "pattern": r"^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$",
    },  # 3.19.12
    version=TEXT,  # 3.19.13
    language={"type": "string", "pattern": "^[a-z]{2}(?:-[A-Z]{2})?$"},  # 3.19.21: ISO 639-1, ISO 3166-1
    rules=listed(RULE, uniqueItems=True),  # 3.19.23
)
RUN = record(
    "tool",
    tool=record("driver", driver=DRIVER),  # 3.14.6, 3.18.2
    results=listed(RESULT),  # 3.14.23
    originalUriBaseIds={  # 3.14.14: an address may be absent
        "type": "object",
        "additionalProperties": record("description", description=STRINGS),
    },
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},  # 3.14.27
)
SARIF: Schema = {"$schema": DIALECT} | record(
    "version",
    "runs",
    version={"const": "2.1.0"},  # 3.13.2
    **{"$schema": URI},  # 3.13.3
    runs=listed(RUN),  # 3.13.4
)

CODE_QUALITY: Schema = {"$schema": DIALECT} | listed(
    record(
        *("description", "check_name", "fingerprint", "severity", "location"),
        description=TEXT,
        check_name=TEXT,
        fingerprint={"type": "string", "pattern": "^[0-9a-f]{32}$"},
        severity={"enum": ["info", "minor", "major", "critical", "blocker"]},
        # The path is relative to the repository, and does not begin with “./”.
        location=record(
            *("path", "lines"),
            path={"type": "string", "pattern": r"^(?!\./|/|[A-Za-z]:)[^\\]+$"},
            lines=record("begin", begin=ORDINAL),
        ),
    )
)
