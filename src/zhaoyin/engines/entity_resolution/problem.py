"""What the entity resolution engine is given."""

from dataclasses import dataclass

from zhaoyin.engines.entity_resolution.registry import Registry


@dataclass(frozen=True, slots=True)
class ResolutionProblem:
    """`query` as somebody wrote it, to be found in `registry`; a credit code, when known, decides alone."""

    registry: Registry
    query: str
    credit_code: str = ""
