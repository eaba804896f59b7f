#!/usr/bin/env python3
"""Golden figures of inventory billing, by another way: day by day, with fractions, and the calendar of Python.

Run without arguments, it writes golden.json beside itself. Nothing in it comes from the engine.
"""

import calendar
import json
import pathlib
import random
from datetime import date, timedelta
from fractions import Fraction

random.seed(20261127)


def days360(first, second):
    """Days between two dates by 30E/360, as bond markets have it."""
    d1, d2 = min(first.day, 30), min(second.day, 30)
    return 360 * (second.year - first.year) + 30 * (second.month - first.month) + d2 - d1


def next_month(month):
    year, number = divmod(month, 100)
    return (year + 1) * 100 + 1 if number == 12 else month + 1


def first_of(month):
    return date(month // 100, month % 100, 1)


def price_on(service, day):
    """The recurring charge of a day; None where the service is not there or no price is known."""
    if day < service["start"] or (service["end"] and day >= service["end"]):
        return None
    known = [price for since, price in service["versions"] if since <= day]
    return known[-1] if known else None


def recurring(service, month, convention):
    """What a month comes to, as a fraction of the currency, each day for itself."""
    total, day = Fraction(0), first_of(month)
    length = calendar.monthrange(month // 100, month % 100)[1]
    while day < first_of(next_month(month)):
        price = price_on(service, day)
        if price is not None:
            after = day + timedelta(days=1)
            if convention == "actual_days":
                total += Fraction(price) / length
            else:
                total += Fraction(price) * days360(day, after) / 30
        day += timedelta(days=1)
    return total


def minor(amount, decimals):
    """Rounded half to even."""
    return round(amount * 10**decimals)


def sums(services, month, convention, decimals):
    counted = [service for service in services if service["through"] >= month]
    charged = sum((recurring(service, month, convention) for service in counted), Fraction(0))
    once = sum(
        (
            Fraction(service["one_off"])
            for service in counted
            if first_of(month) <= service["start"] < first_of(next_month(month))
        ),
        Fraction(0),
    )
    return minor(charged, decimals), minor(once, decimals)


def shown(service):
    """As the engine is told: charges in millionths."""
    micro = lambda text: int(Fraction(text) * 10**6)
    return {
        "start": str(service["start"]),
        "end": service["end"] and str(service["end"]),
        "one_off": micro(service["one_off"]),
        "versions": [[str(since), micro(price)] for since, price in service["versions"]],
        "through": service["through"],
    }


def some_day(low, high):
    return low + timedelta(days=random.randrange((high - low).days))


def some_service():
    start = some_day(date(2027, 10, 1), date(2028, 4, 1))
    end = random.choice([None, None, some_day(start, date(2028, 5, 2))])
    price = lambda: random.choice(["1200.5", "99.99", "0.01", "1000000", "333.333333", "7", "0"])
    versions = [(start, price())]
    for _ in range(random.choice([0, 0, 1, 2, 3])):
        since = some_day(start, date(2028, 5, 1))
        versions = [known for known in versions if known[0] < since] + [(since, price())]
    through = random.choice([202804, 202804, 202804, 202802])
    once = random.choice(["0", "500", "0.005", "0.015", "1.005"])
    return {"start": start, "end": end, "versions": versions, "one_off": once, "through": through}


MONTHS = [202801, 202802, 202803, 202804]

cases = []
for number in range(40):
    convention = ["actual_days", "thirty_days"][number % 2]
    decimals = [2, 2, 0, 6][number // 2 % 4]
    services = [some_service() for _ in range(random.choice([1, 1, 3, 20]))]
    expected = {str(month): sums(services, month, convention, decimals) for month in MONTHS}
    cases.append(
        {
            "convention": convention,
            "decimals": decimals,
            "services": [shown(service) for service in services],
            "expected": expected,
        }
    )

# A course of statements: services are agreed, and later agreed otherwise; each statement states the differences.
courses = []
for number in range(20):
    convention = ["actual_days", "thirty_days"][number % 2]
    current = [some_service() for _ in range(5)]
    for service in current:
        service["through"] = 202801
    stated, statements = {}, []
    for month in MONTHS:
        for place, service in enumerate(current):
            what = random.choice(["same", "same", "corrected", "withheld"])
            if what == "corrected":
                service = some_service()
            if what != "withheld":
                service = dict(service, through=month)
            current[place] = service
        lines = []
        for earlier in [one for one in MONTHS if one <= month]:
            now = sums(current, earlier, convention, 2)
            before = stated.get(earlier, (0, 0))
            for kind, one, other in zip(["recurring", "one_off"], now, before):
                if one != other:
                    lines.append([earlier, kind, one - other])
            stated[earlier] = now
        statements.append({"month": month, "services": [shown(service) for service in current], "lines": lines})
    courses.append({"convention": convention, "statements": statements})

path = pathlib.Path(__file__).with_name("golden.json")
path.write_text(json.dumps({"cases": cases, "courses": courses}, separators=(",", ":")) + "\n")
