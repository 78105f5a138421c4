"""How names are compared. Set by reasoning; moving one by a third moves accuracy by less than half a point (benchmarks/names/README.md)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ResolutionParams:
    """Costs are in units of the weight of one rare character; thresholds are on scores of at most 1."""

    shown: int = 5
    """Candidates in the answer."""
    pool: int = 24_000
    """Entries of posting lists looked at for one query; rarer lists first."""
    reranked: int = 192
    """Candidates that are aligned character by character."""
    scattered: int = 3000
    """The same for names found only by their characters, in any order."""
    doubtful: float = 0.6
    """Below this score the whole registry is looked through for the characters of the query."""
    adjacent: float = 0.12
    """Reward of two characters that stand side by side in both names."""
    cut_place: float = 0.15
    """Cost of beginning inside the name of a place (东鹏 in 广东|鹏复材)."""
    same_form: float = 0.2
    """Reward when both call themselves 集团, or both 控股."""
    unmatched: float = 0.6
    """Cost of a character of the query that the candidate lacks, in parts of its weight."""
    unmatched_word: float = 0.2
    """The same for a character of a general word behind the stem (国际, 科技): firms change their trade."""
    trailing: float = 0.45
    """Cost of what follows the last matched character, in parts of what skipping it in the middle costs."""
    least: float = 0.35
    """Below this score the best candidate is nobody; it is shown all the same."""
    shown_score: float = 0.05
    accepted_score: float = 0.75
    accepted_margin: float = 0.15
    """Both must be reached for `accept`; chosen so that 99 % of what is accepted is right in a crowd, with room to spare."""
    accepted_margin_of_two: float = 0.4
    """The margin asked of a query of two characters, which says little."""
    name_is_identity: bool = False
    """Two entries with one and the same name are one company: for a list that has nothing but names."""
