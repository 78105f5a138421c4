"""Arrival functions between cities: earliest arrival over all ways to go, closed under waiting; in compiled code.

`arrive[p, a, b, s]`: whoever is free in a at slot s (5 minutes each) can be in b so many minutes after midnight of that day at the
earliest, for travel habits p. Suffix minimum over the slots makes it non-decreasing: leaving later never arrives earlier, because one may wait.
"""

from typing import Any

import numpy as np

from zhaoyin.engines.routing.compiling import allocating, kernel

SLOT = 5
SLOTS = 288
NEVER = 32000


@kernel
def close_waiting(arrive: Any, today: Any, last: Any, via: Any) -> None:
    """Suffix minimum over one pair's day, going round once: what leaves tomorrow is open to whoever waits today."""
    for turn in range(2):
        best, minutes, at_end, third = NEVER, 0, 0, -1
        if arrive[0] < NEVER - 1440 and turn == 1:
            best, minutes, at_end, third = arrive[0] + 1440, 0, last[0], -1
        for s in range(SLOTS - 1, -1, -1):
            if arrive[s] <= best:
                best, minutes, at_end, third = arrive[s], today[s], last[s], via[s]
            else:
                arrive[s], today[s], last[s], via[s] = best, minutes, at_end, third


@kernel
def catch_nights(arrive: Any, today: Any, last: Any, via: Any, nights: Any) -> None:
    """Journeys by day to where a night train leaves; `nights[c, b]`: the slot in which it does, -1 without one."""
    n = arrive.shape[0]
    for c in range(n):
        for b in range(n):
            q = nights[c, b]
            if q < 0:
                continue
            reach = arrive[c, b, q] - 1440
            change = (reach + SLOT - 1) // SLOT
            for d in range(n if 0 <= change < SLOTS else 0):
                if d in (b, c) or arrive[b, d, change] >= NEVER - 1440:
                    continue
                over = arrive[b, d, change] + 1440
                if over < arrive[c, d, q] or (over == arrive[c, d, q] and today[c, d, q] > 0):
                    arrive[c, d, q], today[c, d, q], last[c, d, q], via[c, d, q] = over, 0, last[b, d, change], b
                    close_waiting(arrive[c, d], today[c, d], last[c, d], via[c, d])
            for a in range(n):
                if a in (b, c):
                    continue
                for s in range(q, -1, -1):
                    if arrive[a, c, s] <= q * SLOT:
                        if arrive[c, b, q] < arrive[a, b, s]:
                            arrive[a, b, s] = arrive[c, b, q]
                            today[a, b, s] = today[a, c, s]
                            last[a, b, s] = last[c, b, q]
                            via[a, b, s] = c
                            close_waiting(arrive[a, b], today[a, b], last[a, b], via[a, b])
                        break


@kernel
def connect(arrive: Any, today: Any, last: Any, via: Any, direct: Any, limit: int) -> None:
    """Same-day journeys with one change for pairs without a usable way of their own; `direct[a, b]`: there is one."""
    n = arrive.shape[0]
    for a in range(n):
        for b in range(n):
            if a == b or direct[a, b]:
                continue
            for c in range(n):
                if c in (a, b) or not direct[a, c] or not direct[c, b]:
                    continue
                for s in range(SLOTS):
                    change = (arrive[a, c, s] + SLOT - 1) // SLOT
                    if change >= SLOTS or arrive[c, b, change] >= 1440:
                        continue
                    minutes = today[a, c, s] + today[c, b, change]
                    if minutes <= limit and arrive[c, b, change] < arrive[a, b, s]:
                        arrive[a, b, s] = arrive[c, b, change]
                        today[a, b, s] = minutes
                        last[a, b, s] = minutes
                        via[a, b, s] = c
            close_waiting(arrive[a, b], today[a, b], last[a, b], via[a, b])


@allocating
def close_tables(
    arrive: Any, today: Any, last: Any, via: Any, direct: Any, nights: Any, latest_arrival: int, limit: int
) -> None:
    """Closes every pair under waiting, then under breaking the journey for a night in a third city, until nothing improves."""
    n = arrive.shape[0]
    for a in range(n):
        for b in range(n):
            if a != b:
                close_waiting(arrive[a, b], today[a, b], last[a, b], via[a, b])
    connect(arrive, today, last, via, direct, limit)
    catch_nights(arrive, today, last, via, nights)
    for _ in range(3):
        changed = False
        evening = np.full((n, n), -1, np.int64)
        for a in range(n):
            for c in range(n):
                if a != c:
                    for s in range(SLOTS - 1, -1, -1):
                        if arrive[a, c, s] <= latest_arrival:
                            evening[a, c] = s
                            break
        for a in range(n):
            for c in range(n):
                s = evening[a, c]
                if s < 0:
                    continue
                for b in range(n):
                    if b in (a, c) or arrive[c, b, 0] >= NEVER - 1440:
                        continue
                    reach = arrive[c, b, 0] + 1440
                    if reach < arrive[a, b, s]:
                        arrive[a, b, s] = reach
                        today[a, b, s] = today[a, c, s]
                        last[a, b, s] = last[c, b, 0]
                        via[a, b, s] = c
                        close_waiting(arrive[a, b], today[a, b], last[a, b], via[a, b])
                        changed = True
        if not changed:
            break


@allocating
def latest_departures(arrive: Any, leave: Any) -> None:
    """leave[a, b, s]: the latest moment (minutes from midnight of the day of slot s, may be negative) to be free in a and be in b by slot s."""
    n = arrive.shape[0]
    for a in range(n):
        for b in range(n):
            if a == b:
                continue
            for s in range(SLOTS):
                leave[a, b, s] = -NEVER
            for back in range(6):
                q = SLOTS - 1
                for s in range(SLOTS - 1, -1, -1):
                    if leave[a, b, s] > -NEVER:
                        continue
                    while q >= 0 and arrive[a, b, q] > s * SLOT + back * 1440:
                        q -= 1
                    if q < 0:
                        break
                    leave[a, b, s] = q * SLOT - back * 1440
