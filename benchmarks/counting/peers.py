"""The same five statistics by hand in Polars and pandas, as a careful analyst would write them for this one question."""

from collections.abc import Mapping

STAGES = ("negotiating", "signed", "construction_started")
RANKS = {"negotiating": 1, "signed": 3, "construction_started": 6}
BEGIN, END = 738_886, 739_617  # 2024-01-01 and 2026-01-01 as ordinals
LAST = END - 1
Answer = dict[str, object]


def statistics(cells: Mapping[str, list[int]]) -> Answer:
    """Monthly table, year-on-year and league table from counts and yuan by figure, task force and month."""
    years: dict[str, list[int]] = {}
    league: dict[str, int] = {}
    for key, (projects, yuan) in cells.items():
        figure, team, month = key.split("|")
        sums = years.setdefault(f"{figure} {month[:4]}", [0, 0])
        sums[0], sums[1] = sums[0] + projects, sums[1] + yuan
        if figure == "newly_signed" and month.startswith("2025"):
            league[team] = league.get(team, 0) + yuan
    order = sorted(league, key=lambda team: (-league[team], team))
    return {
        "months": dict(sorted(cells.items())), "year_on_year": dict(sorted(years.items())),
        "league": [[team, league[team]] for team in order],
    }  # fmt: skip


def _month(value: int) -> str:
    return f"{value // 12:04d}-{value % 12 + 1:02d}"


def by_polars(path: str, known: int) -> Answer:
    """Lazy where it can be, columns picked, one group-by a question."""
    import polars as pl

    columns = ["seq", "project", "kind", "first_day", "month", "key", "supersedes", "rank", "contract_kind", "amount_kind", "amount", "task_force"]  # fmt: skip
    events = pl.scan_parquet(path).select(columns).filter(pl.col("seq") <= known).collect()
    gone = events.filter(pl.col("supersedes").is_not_null()).select(seq=pl.col("supersedes"))
    events = events.join(gone, on="seq", how="anti")
    amounts = events.filter(pl.col("amount_kind") == "planned_total_investment").sort("key")
    amounts = amounts.group_by("project").agg(pl.col("amount").last())
    teams = events.filter(pl.col("task_force").is_not_null()).select("project", "first_day", "key", "task_force")
    cells: dict[str, list[int]] = {}
    for figure, met in (
        ("newly_negotiating", pl.col("rank") >= 1),
        ("newly_signed", pl.col("contract_kind") == "formal"),
    ):
        first = events.filter(met).sort("key").group_by("project", maintain_order=True).first()
        first = first.filter((pl.col("first_day") >= BEGIN) & (pl.col("first_day") < END)).select(
            "project", "month", day="first_day"
        )
        both = first.join(teams, on="project")
        then = (
            both.filter(pl.col("first_day") <= pl.col("day"))
            .sort("key")
            .group_by("project")
            .agg(then=pl.col("task_force").last())
        )
        later = both.sort("key").group_by("project").agg(later=pl.col("task_force").first())
        counted = (
            first.join(then, on="project", how="left")
            .join(later, on="project", how="left")
            .join(amounts, on="project", how="left")
        )
        table = counted.group_by(pl.coalesce("then", "later").alias("team"), "month").agg(
            pl.len(), pl.col("amount").sum()
        )
        for team, month, projects, yuan in table.iter_rows():
            cells[f"{figure}|{team}|{_month(month)}"] = [projects, int(yuan or 0)]
    answer = statistics(cells)
    steps = events.filter(pl.col("rank").is_not_null() & (pl.col("first_day") <= LAST))
    highest = steps.group_by("project").agg(pl.col("rank").max())["rank"]
    answer["funnel"] = [[stage, int((highest >= RANKS[stage]).sum())] for stage in STAGES]
    days: dict[str, list[object]] = {}
    for stage, rank in RANKS.items():
        came = steps.filter(pl.col("rank") == rank).group_by("project").agg(came=pl.col("first_day").min())
        left = steps.filter(pl.col("rank") > rank).group_by("project").agg(left=pl.col("first_day").min())
        spent = (
            came.join(left, on="project")
            .filter(pl.col("left") >= pl.col("came"))
            .select(pl.col("left") - pl.col("came"))
            .to_series()
        )
        if len(spent):
            days[stage] = [len(spent), _median(spent.median())]
    return {**answer, "days": days}


def _median(value: object) -> str:
    number = float(str(value))
    return str(int(number)) if number == int(number) else str(number)


def by_pandas(path: str, known: int) -> Answer:
    """The same with pandas; kinds as categories, amounts as whole yuan."""
    import pandas as pd

    columns = ["seq", "project", "first_day", "month", "key", "supersedes", "rank", "contract_kind", "amount_kind", "amount", "task_force"]  # fmt: skip
    events = pd.read_parquet(path, columns=columns, filters=[("seq", "<=", known)])
    events["amount"] = events["amount"].astype("float64")  # whole yuan below 2**53: exact
    events = events[~events["seq"].isin(events["supersedes"].dropna())].sort_values("key")
    amounts = events[events["amount_kind"] == "planned_total_investment"].groupby("project")["amount"].last()
    teams = events.loc[events["task_force"].notna(), ["project", "first_day", "task_force"]]
    cells: dict[str, list[int]] = {}
    for figure, met in (
        ("newly_negotiating", events["rank"] >= 1),
        ("newly_signed", events["contract_kind"] == "formal"),
    ):
        first = (
            events[met]
            .drop_duplicates("project")[["project", "month", "first_day"]]
            .rename(columns={"first_day": "day"})
        )
        first = first[(first["day"] >= BEGIN) & (first["day"] < END)]
        both = first.merge(teams, on="project")
        then = both[both["first_day"] <= both["day"]].groupby("project")["task_force"].last()
        later = both.groupby("project")["task_force"].first()
        first = first.assign(
            team=first["project"].map(then).fillna(first["project"].map(later)), amount=first["project"].map(amounts)
        )
        table = first.groupby(["team", "month"])["amount"].agg(["size", "sum"])
        for (team, month), row in table.iterrows():
            cells[f"{figure}|{int(team)}|{_month(int(month))}"] = [int(row["size"]), int(row["sum"])]
    answer = statistics(cells)
    steps = events[events["rank"].notna() & (events["first_day"] <= LAST)]
    highest = steps.groupby("project")["rank"].max()
    answer["funnel"] = [[stage, int((highest >= RANKS[stage]).sum())] for stage in STAGES]
    days: dict[str, list[object]] = {}
    for stage, rank in RANKS.items():
        came = steps[steps["rank"] == rank].groupby("project")["first_day"].min()
        left = steps[steps["rank"] > rank].groupby("project")["first_day"].min()
        spent = (left - came).dropna()
        spent = spent[spent >= 0]
        if len(spent):
            days[stage] = [len(spent), _median(spent.median())]
    return {**answer, "days": days}
