"""Counting: event histories and a rule pack → figures, each with its records and the reason behind each."""

from zhaoyin.engines.counting.changes import Cause, Change, Explanation, Step, explain_change, explain_steps
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
    "Cause",
    "Change",
    "Count",
    "Explanation",
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
    "Step",
    "canonical_projects",
    "check_pack",
    "event_columns",
    "explain_change",
    "explain_steps",
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
