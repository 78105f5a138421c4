"""Counting: event histories and a rule pack → figures, each with its records and the reason behind each."""

from zhaoyin.engines.counting.pack_check import check_pack, load_pack, overlapping, parse_pack
from zhaoyin.engines.counting.pack_file import Finding
from zhaoyin.engines.counting.pack_schema import json_schema
from zhaoyin.engines.counting.params import Pack, Rate, in_force, shipped_packs
from zhaoyin.engines.counting.problem import EVENT_COLUMNS, Problem, canonical_projects, event_columns, merge_statements
from zhaoyin.engines.counting.result import Count, FunnelStep, Identity, RatioValue, Share, StageTime
from zhaoyin.engines.counting.solve import ENGINE_VERSION, Solution, solve
from zhaoyin.engines.counting.summaries import DIMENSIONS, summaries

__all__ = [
    "DIMENSIONS",
    "ENGINE_VERSION",
    "EVENT_COLUMNS",
    "Count",
    "Finding",
    "FunnelStep",
    "Identity",
    "Pack",
    "Problem",
    "Rate",
    "RatioValue",
    "Share",
    "Solution",
    "StageTime",
    "canonical_projects",
    "check_pack",
    "event_columns",
    "in_force",
    "json_schema",
    "load_pack",
    "merge_statements",
    "overlapping",
    "parse_pack",
    "shipped_packs",
    "solve",
    "summaries",
]
