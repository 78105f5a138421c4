"""Forms of trips: words in, domain values out."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zhaoyin.apps.trips.actions import TeamDraft, TripDraft
from zhaoyin.apps.trips.arranging import DEFAULTS, rules_of
from zhaoyin.apps.trips.models import Trip, TripTeam
from zhaoyin.apps.ui.fields import LongTextField
from zhaoyin.apps.ui.wording import in_chinese
from zhaoyin.domain.region import PROVINCES, cities

STOP_LABELS: dict[str, object] = {
    "candidate": _("待约"), "confirmed": _("已确认"), "held": _("已谈"), "cancelled": _("已取消"),
}  # fmt: skip
STOP_TONES = {"candidate": "plain", "confirmed": "green", "held": "blue", "cancelled": "grey"}
TRIP_LABELS: dict[str, object] = {"draft": _("编排中"), "published": _("已发布"), "closed": _("已结束")}
TRIP_TONES = {"draft": "yellow", "published": "green", "closed": "grey"}
TEAM_ROWS = 4
CLOCK = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")


class DayField(forms.DateField):
    """A day, chosen in the browser's calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)


class ClockField(forms.CharField):
    """HH:MM."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=5, widget=forms.TextInput(attrs={"type": "time"}), **kwargs)

    def to_python(self, value: object) -> str:
        """Checked and with two digits."""
        text = str(value or "").strip()
        if not text:
            return ""
        found = CLOCK.fullmatch(text[:5])
        if found is None:
            raise forms.ValidationError(_("“%(value)s”不是时间，写成 14:00。") % {"value": text})
        return f"{int(found[1]):02d}:{found[2]}"


def city_words(code: str) -> str:
    """Name of a city in the language in force."""
    city = cities().get(code)
    return "" if city is None else city.name if in_chinese() else city.name_en


def city_code(text: str) -> str:
    """Code of a city written as its name (Chinese or English, with or without 市) or code; "" when there is none."""
    wanted = text.strip()
    known = cities()
    if wanted in known:
        return wanted
    short = wanted.removesuffix("市").casefold()
    for code, city in known.items():
        if short in (city.name.removesuffix("市").casefold(), city.name_en.casefold()):
            return code
    return ""


class CityField(forms.CharField):
    """A city by name; suggestions come from the page's list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=40, widget=forms.TextInput(attrs={"list": "zy-cities", "autocomplete": "off"}), **kwargs
        )

    def to_python(self, value: object) -> str:
        """The code."""
        text = str(value or "").strip()
        if not text:
            return ""
        code = city_code(text)
        if not code:
            raise forms.ValidationError(_("没有找到城市“%(value)s”，请写地级市的名称。") % {"value": text})
        return code

    def prepare_value(self, value: object) -> object:
        """A code is shown as its name."""
        return city_words(str(value)) or value


def city_list() -> list[str]:
    """Names for the page's suggestions, in order of their codes."""
    chinese = in_chinese()
    return [city.name if chinese else city.name_en for code, city in sorted(cities().items()) if code[:2] in PROVINCES]


class TripForm(forms.Form):
    """A trip, its teams and its rules."""

    name = forms.CharField(label=_("行程名称"), max_length=80)
    campaign = forms.ChoiceField(label=_("招商活动"), required=False)
    task_force = forms.ChoiceField(label=_("专班"), required=False)
    home = CityField(label=_("出发地"))
    starts_on = DayField(label=_("出发日期"))
    ends_on = DayField(label=_("返回日期"))
    day_starts = ClockField(label=_("最早会面"))
    day_ends = ClockField(label=_("最晚结束"))
    earliest_leave = ClockField(label=_("最早出门"))
    latest_arrival = ClockField(label=_("最晚到达"))
    most_meetings_a_day = forms.IntegerField(label=_("每天最多会面"), min_value=1, max_value=12)
    most_travel_hours_a_day = forms.IntegerField(label=_("每天最多在途（小时）"), min_value=1, max_value=16)
    hotel_price = forms.IntegerField(label=_("住宿（元/人·晚）"), min_value=0, max_value=10000)
    margin_percent = forms.IntegerField(
        label=_("在途时间余量（%）"), min_value=0, max_value=100, help_text=_("在估算的在途时间上再留的余量")
    )
    lunch = forms.BooleanField(label=_("留出午饭"), required=False)
    weekends = forms.BooleanField(
        label=_("周末和节假日也约"), required=False, help_text=_("对方自己说了时段的，不受这条限制")
    )

    def __init__(
        self,
        *args: Any,
        campaigns: Sequence[tuple[str, str]],
        task_forces: Sequence[tuple[str, str]],
        people: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choices("campaign", campaigns)
        self._choices("task_force", task_forces)
        for n in range(1, TEAM_ROWS + 1):
            self.fields[f"team_{n}_id"] = forms.UUIDField(required=False, widget=forms.HiddenInput)
            self.fields[f"team_{n}_name"] = forms.CharField(label=_("组名"), required=False, max_length=40)
            self.fields[f"team_{n}_people"] = forms.MultipleChoiceField(
                label=_("成员"), required=False, choices=people, widget=forms.CheckboxSelectMultiple
            )
            self.fields[f"team_{n}_home"] = CityField(label=_("出发地（不同时填）"), required=False)
            self.fields[f"team_{n}_starts_on"] = DayField(label=_("出发（不同时填）"), required=False)
            self.fields[f"team_{n}_ends_on"] = DayField(label=_("返回（不同时填）"), required=False)

    def _choices(self, name: str, pairs: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *pairs]

    def teams(self) -> list[dict[str, forms.BoundField]]:
        """Bound fields of each team."""
        parts = ("id", "name", "people", "home", "starts_on", "ends_on")
        return [{part: self[f"team_{n}_{part}"] for part in parts} for n in range(1, TEAM_ROWS + 1)]

    def draft(self) -> TripDraft:
        """What the form says; call after `is_valid`."""
        given = self.cleaned_data
        teams = [team for n in range(1, TEAM_ROWS + 1) if (team := self._team(n)) is not None]
        rules: dict[str, object] = {
            key: given[key] if isinstance(DEFAULTS[key], bool | int) else given[key] or DEFAULTS[key]
            for key in DEFAULTS
        }
        return TripDraft(
            name=given["name"],
            home=given["home"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            task_force_id=UUID(given["task_force"]) if given["task_force"] else None,
            campaign_id=UUID(given["campaign"]) if given["campaign"] else None,
            teams=teams,
            rules=rules,
        )

    def _team(self, n: int) -> TeamDraft | None:
        given = self.cleaned_data
        people = [UUID(person) for person in given[f"team_{n}_people"]]
        name = given[f"team_{n}_name"].strip()
        if not people and not name:
            return None
        return TeamDraft(
            id=given[f"team_{n}_id"],
            name=name or str(_("第 %(n)s 组") % {"n": n}),
            people=people,
            home=given[f"team_{n}_home"],
            starts_on=given[f"team_{n}_starts_on"],
            ends_on=given[f"team_{n}_ends_on"],
        )


def trip_initial(trip: Trip, teams: Sequence[TripTeam]) -> dict[str, object]:
    """Initial values of `TripForm` for a trip."""
    initial: dict[str, object] = {
        **DEFAULTS,
        **trip.rules,
        "name": trip.name,
        "campaign": str(trip.campaign_id or ""),
        "task_force": str(trip.task_force_id or ""),
        "home": trip.home,
        "starts_on": trip.starts_on,
        "ends_on": trip.ends_on,
    }
    rules_of(trip)
    for n, team in enumerate(teams[:TEAM_ROWS], start=1):
        initial |= {
            f"team_{n}_id": str(team.pk),
            f"team_{n}_name": team.name,
            f"team_{n}_people": [str(member.person_id) for member in team.members.all()],
            f"team_{n}_home": team.home,
            f"team_{n}_starts_on": team.starts_on,
            f"team_{n}_ends_on": team.ends_on,
        }
    return initial


class WindowsField(forms.CharField):
    """Lines "07-03 14:00-17:00" or "2026-07-03 9:00-11:30"; the year of the trip when none is given."""

    def __init__(self, *, year: int, **kwargs: Any) -> None:
        self.year = year
        super().__init__(widget=forms.Textarea(attrs={"rows": 3, "placeholder": "07-03 14:00-17:00"}), **kwargs)

    def clean(self, value: Any) -> list[tuple[date, str, str]]:  # type: ignore[override]
        """Every line, or an error that names the line."""
        text = super().clean(value)
        return [self._line(line) for line in str(text or "").splitlines() if line.strip()]

    def _line(self, line: str) -> tuple[date, str, str]:
        found = re.fullmatch(
            r"\s*(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?\s+(\d{1,2}[:：]\d{2})\s*[-~—–至到]\s*(\d{1,2}[:：]\d{2})\s*",
            line,
        )
        try:
            if found is None:
                raise ValueError
            year, month, day, opens, closes = found.groups()
            on = date(int(year or self.year), int(month), int(day))
            clocks = [CLOCK.fullmatch(part) for part in (opens, closes)]
            if None in clocks:
                raise ValueError
            first, last = (f"{int(clock[1]):02d}:{clock[2]}" for clock in clocks if clock)
            return on, first, last
        except ValueError as error:
            raise forms.ValidationError(
                _("看不懂这一行：“%(line)s”。写成 07-03 14:00-17:00。") % {"line": line.strip()[:40]}
            ) from error


def windows_text(windows: Sequence[Sequence[str]]) -> str:
    """The lines that `WindowsField` reads back."""
    return "\n".join(f"{day} {opens}-{closes}" for day, opens, closes in windows)


class StopForm(forms.Form):
    """Details of a stop."""

    city = CityField(label=_("城市"))
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    value = forms.CharField(label=_("价值（分）"), max_length=8, help_text=_("系统按金额、阶段、多久没见算出，可以改"))
    duration_minutes = forms.IntegerField(label=_("时长（分钟）"), min_value=15, max_value=600)
    must = forms.BooleanField(label=_("必去"), required=False)
    needs = forms.MultipleChoiceField(label=_("必须到场的人"), required=False, widget=forms.CheckboxSelectMultiple)
    after = forms.ChoiceField(label=_("要先见"), required=False)
    pinned_team = forms.ChoiceField(label=_("固定由"), required=False)
    pinned_on = DayField(label=_("固定日期"), required=False)
    pinned_at = ClockField(label=_("固定时间"), required=False)
    forbidden = forms.MultipleChoiceField(label=_("不由这些组去"), required=False, widget=forms.CheckboxSelectMultiple)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        year: int,
        teams: Sequence[tuple[str, str]],
        people: Sequence[tuple[str, str]],
        others: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["windows"] = WindowsField(
            year=year, label=_("可以见面的时段"), required=False, help_text=_("一行一个；不填就是任何工作时间")
        )
        for name, choices in (
            ("pinned_team", [("", "—"), *teams]),
            ("after", [("", "—"), *others]),
            ("needs", people),
            ("forbidden", teams),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)
        self.order_fields(["city", "address", "value", "duration_minutes", "windows", "must", "needs", "after"])

    def clean_value(self) -> Decimal:
        """A number of points."""
        try:
            value = Decimal(str(self.cleaned_data["value"])).quantize(Decimal("0.1"))
            if not value.is_finite():
                raise InvalidOperation
            return value
        except InvalidOperation as error:
            raise forms.ValidationError(_("“%(value)s”不是数。") % {"value": self.cleaned_data["value"]}) from error


class NewStopForm(forms.Form):
    """Somebody who is in no list yet."""

    title = forms.CharField(label=_("见谁、谈什么"), max_length=200)
    city = CityField(label=_("城市"))
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    value = forms.IntegerField(
        label=_("价值（分）"), min_value=0, max_value=1000, initial=40, help_text=_("一般 20 到 80")
    )
    must = forms.BooleanField(label=_("必去"), required=False)


class NoteForm(forms.Form):
    """What was said: quick enough for a phone between two meetings."""

    on = DayField(label=_("日期"))
    note = LongTextField(label=_("谈了什么"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000)
    next_step = forms.CharField(label=_("下一步"), max_length=280, required=False)
    next_due_on = DayField(label=_("下一步日期"), required=False)
    attended = forms.MultipleChoiceField(label=_("到场"), required=False, widget=forms.CheckboxSelectMultiple)
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["attended"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(people)


class CampaignForm(forms.Form):
    """A campaign of several trips."""

    name = forms.CharField(label=_("活动名称"), max_length=80)
    starts_on = DayField(label=_("开始"))
    ends_on = DayField(label=_("结束"))
    aim = forms.CharField(label=_("目标"), max_length=200, required=False)


class TravelTableForm(forms.Form):
    """A table of travel times, or a timetable."""

    name = forms.CharField(label=_("名称"), max_length=80)
    file = forms.FileField(
        label=_("文件"), help_text=_("CSV：出发、到达、方式、分钟、票价、发车时刻、来源；或 GTFS 压缩包")
    )
