"""The one stage list (practice: stages and the evidence normally asked), contract kinds, outcomes and status."""

from enum import StrEnum


class Stage(StrEnum):
    """Steps of a project in their order; a stage is derived from events, never set."""

    LEAD = "lead"
    NEGOTIATING = "negotiating"
    PRE_SIGNING = "pre_signing"
    SIGNED = "signed"
    REGISTERED = "registered"
    FILED = "filed"
    CONSTRUCTION_STARTED = "construction_started"
    COMPLETED = "completed"
    IN_PRODUCTION = "in_production"
    IN_STATISTICS = "in_statistics"
    FULL_CAPACITY = "full_capacity"

    @property
    def rank(self) -> int:
        """0 for a lead, growing."""
        return _RANKS[self]


_RANKS = {stage: place for place, stage in enumerate(Stage)}


class ContractKind(StrEnum):
    """What was signed; intent and framework papers do not bind."""

    INTENT = "intent"
    FRAMEWORK = "framework"
    FORMAL = "formal"


class ProjectKind(StrEnum):
    """New project, an existing firm adding (增资扩产), or one renewing what it has (技改升级)."""

    NEW = "new"
    REINVESTMENT = "reinvestment_expansion"
    UPGRADE = "technical_upgrade"


class Trait(StrEnum):
    """What rule packs bar or single out besides the kind; a project may have several."""

    LOCAL_INVESTOR = "local_investor"
    BUDGET_FUNDED = "budget_funded"
    PPP = "ppp"
    REAL_ESTATE = "real_estate"
    EXTRACTION = "resource_extraction"
    SMALL_SERVICES = "small_services"
    LOCAL_RELOCATION = "local_relocation"
    LATER_PHASE = "later_phase"


class CreditBasis(StrEnum):
    """Why units share a project as they do (考核归属)."""

    FIRST_SIGNING = "first_signing"
    JOINT = "joint"
    TRANSFER = "transfer"
    DUAL = "dual"
    DECISION = "decision"


class Outcome(StrEnum):
    """How a project ended before its aim."""

    LOST = "lost"
    TERMINATED = "terminated"
    WITHDRAWN = "withdrawn"


class Status(StrEnum):
    """Separate from stage: is it moving?"""

    ONGOING = "ongoing"
    DELAYED = "delayed"
    DORMANT = "dormant"


class Channel(StrEnum):
    """How the project came to the zone."""

    OUTREACH = "outreach"
    REFERRAL = "investor_referral"
    CHAIN = "chain_based"
    FUND = "capital_led"
    REINVESTMENT = "reinvestment_expansion"
    RECOMMENDED = "recommended"
    OTHER = "other"


REACHABLE_BY_STEP: frozenset[Stage] = frozenset(Stage) - {Stage.LEAD, Stage.SIGNED}
"""Stages that a `stage_reached` event may name; signing is a `contract_signed` event."""
