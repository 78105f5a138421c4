"""Counting: event histories and a rule pack → figures, each with its records and the reason behind each."""

from zhaoyin.engines.counting.params import Pack, load_pack, parse_pack, shipped_packs
from zhaoyin.engines.counting.problem import EVENT_COLUMNS, Problem, canonical_projects, event_columns, merge_statements
from zhaoyin.engines.counting.result import Count, FunnelStep, Identity
from zhaoyin.engines.counting.solve import ENGINE_VERSION, Solution, solve, summaries

__all__ = [
    "ENGINE_VERSION",
    "EVENT_COLUMNS",
    "Count",
    "FunnelStep",
    "Identity",
    "Pack",
    "Problem",
    "Solution",
    "canonical_projects",
    "event_columns",
    "load_pack",
    "merge_statements",
    "parse_pack",
    "shipped_packs",
    "solve",
    "summaries",
]
