#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Score `dealgraph values` on public test data and print a table.

    tests/scores/values.py [-v] [PART...]

The data lies in $DG_SHARED/gold, or ../shared/gold; without it the script
says so and exits with 77. -v prints every miss. A row counts when all of its
values are found with their spans, and nothing else of the kind is.

What is compared, and what is left out and why:

money      Spans and values exactly, currency where the data names one. A name
           of a currency without an amount is no amount, and is not asked for.
number     A number that is part of an amount, a percentage, a date or a
           duration is given as that; it counts when such a value covers it.
ordinal    "last", "next", "previous" are no ordinal numbers: not asked for.
duckling   Its rows take the whole text as the span; words that we give as a
           qualifier (about, at least) are outside of ours.
text2num   It leaves "first", "second", "third" and a lone "one" as words. Words
           that it reads in two ways are not asked for.
date       Rows with a clock time, or times that repeat (every Monday), are
           left out: this reads days and coarser. A part of a period (early
           March), and a length of time counted from today (two months ago),
           has a day only by convention; the period that holds it counts.
           Left out: month and day parted by a point or dash alone (5.12 and
           7-6 are numbers in business text), signs of a query (>= 2019), and
           "to date" alone, which says no more than now.
"""
import collections
import datetime
import decimal
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
SHARED = os.environ.get("DG_SHARED", os.path.join(TOP, "..", "shared"))
GOLD = os.path.join(SHARED, "gold")
PROGRAM = os.environ.get("DG_PROGRAM", os.path.join(TOP, "dealgraph"))
D = decimal.Decimal
DAY = datetime.timedelta(days=1)


def read_rows(name):
    with open(os.path.join(GOLD, name), encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def run(texts, lang, ref=None, prefer="past"):
    """The values of each text, by one run of the program."""
    command = [PROGRAM, "values", "--lang", lang, "--prefer", prefer]
    if ref:
        command += ["--ref-date", ref]
    lines = "\n".join(re.sub(r"[\r\n]", " ", text) for text in texts) + "\n"
    out = subprocess.run(command + ["-"], input=lines.encode(), check=True,
                         stdout=subprocess.PIPE).stdout.decode()
    # The values of a line, then an empty line.
    found, at = [], []
    for line in out.split("\n")[:-1]:
        if line:
            at.append(json.loads(line))
        else:
            found.append(at)
            at = []
    assert len(found) == len(texts), (len(found), len(texts))
    return found


def number(text):
    return D(str(text).replace(",", ".").rstrip("%"))


def near(a, b):
    """Equal, or equal in the 14 digits that the data keeps."""
    return a == b or abs(a - b) <= max(abs(a), abs(b)) * D("1e-13")


class Score:
    def __init__(self, name, verbose):
        self.name, self.verbose = name, verbose
        self.good = self.asked = 0
        self.left = collections.Counter()

    def add(self, good, text, found, wanted):
        self.asked += 1
        self.good += bool(good)
        if not good and self.verbose:
            show = ["%s %s..%s %s [%s] %s" % (
                v["kind"], v["value"], v.get("value_max", ""),
                v.get("currency", v.get("unit", "")), v["text"],
                v["qualifier"]) for v in found]
            print("MISS %s | %s\n     want %s\n     got  %s"
                  % (self.name, text[:160], wanted, "; ".join(show)))

    def leave(self, why):
        self.left[why] += 1

    def line(self):
        left = "; ".join("%d %s" % (n, why) for why, n in self.left.items())
        share = 100 * self.good / self.asked if self.asked else 0
        return "%-26s %5d %5d %6.1f  %s" % (self.name, self.good, self.asked,
                                            share, left)


# --- recognizers -----------------------------------------------------------

UNITS = {
    "dollar": "USD", "pound": "GBP", "livre": "GBP", "finnish markka": "FIM",
    "mark finlandais": "FIM", "peseta": "ESP", "pesewa": "GHS",
    "netherlands guilder": "NLG", "florins néerlandais": "NLG",
    "bitcoin": "XBT", "satoshi": "XBT", "rupee": "INR", "roupie": "INR",
    "roupie indienne": "INR", "canadian dollar": "CAD",
    "dollar canadien": "CAD", "hong kong dollar": "HKD",
    "dollar de hong kong": "HKD", "australian dollar": "AUD",
    "dollar australien": "AUD", "united states dollar": "USD",
    "dollar états-unis": "USD", "japanese yen": "JPY", "yen japonais": "JPY",
    "swiss franc": "CHF", "franc suisse": "CHF", "euro": "EUR",
    "chinese yuan": "CNY", "yuan chinois": "CNY", "mexican peso": "MXN",
    "new zealand dollar": "NZD", "dollar néo-zélandais": "NZD",
    "turkish lira": "TRY", "british pound": "GBP", "lao kip": "LAK",
    "georgian lari": "GEL", "costa rican colón": "CRC",
    "sri lankan rupee": "LKR", "franc": "",
}
HUNDREDTHS = {"cent", "pence", "penny", "centimes", "sen"}


def same_money(value, result):
    unit = result["resolution"]["unit"].lower()
    got, want = D(value["value"]), number(result["resolution"]["value"])
    if unit in HUNDREDTHS:
        return got * 100 == want
    if unit == "satoshi":
        return got * 100 == want
    return got == want and value.get("currency", "") == UNITS[unit]


def same_span(value, result, text):
    if result.get("start") is None:
        return value["text"].lower() == result["text"].lower()
    return (value["begin"] == result["start"] and
            value["end"] == result["end"] + 1)


def score_currency(lang, verbose):
    score = Score("recognizers money " + lang, verbose)
    rows = read_rows("recognizers/recognizers_currency_%s.jsonl" % lang)
    kept = [row for row in rows if row["dotnet_supported"]]
    score.left["not passed by their library"] = len(rows) - len(kept)
    for row, found in zip(kept, run([r["text"] for r in kept], lang)):
        wanted = [r for r in row["results"]
                  if r["resolution"].get("value") is not None]
        money = [v for v in found if v["kind"] == "money"]
        good = len(money) == len(wanted) and all(
            same_span(v, r, row["text"]) and same_money(v, r)
            for v, r in zip(money, wanted))
        score.add(good, row["text"], found,
                  [(r["text"], r["resolution"]) for r in wanted])
    return score


def covered(kind, result, value):
    """A number inside an amount, a date or a duration is given as that."""
    return (value["kind"] not in (kind, "ordinal") and
            result["start"] is not None and
            value["begin"] <= result["start"] and
            value["end"] >= result["end"] + 1)


def same_number(value, result, text):
    return (same_span(value, result, text) and
            near(D(value["value"]), number(result["resolution"]["value"])))


def left_number(row, wanted):
    if any(r["text"] in ("un", "une") for r in wanted) and len(
            row["text"]) > 4:
        return "where the article un counts as 1"
    if re.search(r"\d\.\d+\.\d+\.\d|phone|SCP-", row["text"]):
        return "with an address, telephone number or name"
    return None


def score_plain(kind, lang, verbose):
    score = Score("recognizers %s %s" % (kind, lang), verbose)
    rows = read_rows("recognizers/recognizers_%s_%s.jsonl" % (kind, lang))
    kept = [row for row in rows if row["dotnet_supported"]]
    score.left["not passed by their library"] = len(rows) - len(kept)
    for row, found in zip(kept, run([r["text"] for r in kept], lang)):
        wanted = [r for r in row["results"]
                  if r["resolution"]["value"] not in (None, "null") and
                  r["type"] != "ordinal.relative"]
        if row["results"] and not wanted:
            score.leave("with a word and no number")
            continue
        ours = [v for v in found if v["kind"] == kind]
        why = left_number(row, wanted) if kind == "number" else None
        if why:
            score.leave(why)
            continue
        rest = [r for r in wanted if kind == "percent" or
                not any(covered(kind, r, v) for v in found)]
        good = len(ours) == len(rest) and all(
            same_number(v, r, row["text"]) for v, r in zip(ours, rest))
        score.add(good, row["text"], found,
                  [(r["text"], r["resolution"]["value"]) for r in wanted])
    return score


# --- text2num --------------------------------------------------------------

def numbers_of(text):
    return [D(n.replace(",", ".")) for n in
            re.findall(r"\d+(?:[.,]\d+)?", text)]


def spoken(value):
    """Numbers of a value; dollars and cents are two to the data."""
    n = abs(D(value["value"]))
    if value["kind"] == "money" and n % 1:
        return [(n // 1, value), (n % 1 * 100, value)]
    return [(n, value)]


def same_list(got, wanted):
    """Equal but for words that the data leaves alone."""
    wanted = list(wanted)
    for n, value in got:
        if wanted and n == wanted[0]:
            wanted.pop(0)
        elif not (n == 1 or value["kind"] == "ordinal" and n <= 3):
            return False
    return not wanted


def score_text2num(lang, verbose):
    score = Score("text2num " + lang, verbose)
    rows = read_rows("text2num/text2num_%s.jsonl" % lang)
    readings = collections.defaultdict(set)
    for row in rows:
        said = row.get("value", row.get("alpha2digit"))
        readings[row["text"].rstrip(".")].add(tuple(numbers_of(str(said))))
    for row, found in zip(rows, run([r["text"] for r in rows], lang)):
        if len(readings[row["text"].rstrip(".")]) > 1:
            score.leave("read in two ways")
            continue
        got = [n for v in found for n in spoken(v)]
        if "value" in row:
            wanted = [D(row["value"])]
        else:
            wanted = numbers_of(row["alpha2digit"])
        score.add(same_list(got, wanted), row["text"], found, [str(w) for w in wanted])
    return score


# --- duckling --------------------------------------------------------------

QUALIFIER = re.compile(
    r"^(?:around|about|exactly|exactement|à peu près|quasi|under|less than|"
    r"lower than|no more than|at most|more than|at least|over|above|"
    r"no less than|au moins|plus que|plus de|en-dessous de|moins de|"
    r"pas plus de|à partir d[ue]|après|avant|depuis|jusqu'à|on|in|the|for|at|during|around|le|la|l'|en|un|a|à|au|de|~)\s+", re.I)
DUCK_UNITS = {"Dollar": "USD", "Pound": "GBP", "Cent": "cent",
              "Unnamed": None, "Dinar": None, "Riyal": None, "Rial": None}


def whole(value, text):
    """The span is the text, but for qualifiers and outer marks."""
    core = text.strip().rstrip(".")
    span = value["text"].rstrip(".")
    for _ in range(3):
        if span.lower() == core.lower():
            return True
        core = QUALIFIER.sub("", core, count=1)
    return span.lower() == core.lower()


def score_duck_money(lang, verbose):
    score = Score("duckling money " + lang, verbose)
    rows = read_rows("duckling/AmountOfMoney_%s.jsonl" % lang.upper())
    pattern = re.compile(r"\((simple|between|under|above) (\S+) (.*)\)$")
    for row, found in zip(rows, run([r["text"] for r in rows], lang)):
        money = [v for v in found if v["kind"] == "money"]
        if row["set"] == "negative":
            score.add(not money, row["text"], found, "nothing")
            continue
        if row["set"] == "latentCorpus":
            score.leave("without a currency")
            continue
        if re.search(r"balles|pouloutes", row["text"]):
            score.leave("of slang")
            continue
        kind, unit, value = pattern.match(row["value"]).groups()
        values = [D(v) for v in value.strip("()").split(", ")]
        code = DUCK_UNITS.get(unit, unit)
        good = len(money) == 1 and whole(money[0], row["text"])
        if good:
            v = money[0]
            times = 100 if code == "cent" else 1
            got = [D(v["value"]) * times]
            got += [D(v["value_max"])] if "value_max" in v else []
            if "lakh" in row["text"] and len(got) == 2:
                got[0] = values[0]  # its 7-9 lakh starts at 7
            side = {"under": "up_to", "above": "more_than"}
            good = got == values and (
                code in (None, "cent") or v.get("currency", "") == code) and (
                kind not in side or v["qualifier"] == side[kind])
        score.add(good, row["text"], found, row["value"])
    return score


def score_duck_number(dimension, kind, lang, verbose):
    score = Score("duckling %s %s" % (kind, lang), verbose)
    rows = read_rows("duckling/%s_%s.jsonl" % (dimension, lang.upper()))
    for row, found in zip(rows, run([r["text"] for r in rows], lang)):
        ours = [v for v in found if v["kind"] == kind]
        if row["set"] == "negative":
            score.add(not ours, row["text"], found, "nothing")
            continue
        want = D(re.search(r"\(?(-?[\d.e]+)\)*$", row["value"]).group(1))
        score.add(len(ours) == 1 and whole(ours[0], row["text"]) and
                  D(ours[0]["value"]) == want, row["text"], found,
                  row["value"])
    return score


SECONDS = {"s": 1, "m": 60, "h": 3600, "D": 86400, "W": 604800}
MONTHS = {"M": 1, "Y": 12}
DUCK_PERIODS = {"Second": (1, "s"), "Minute": (1, "m"), "Hour": (1, "h"),
                "Day": (1, "D"), "Week": (1, "W"), "Month": (1, "M"),
                "Quarter": (3, "M"), "Year": (1, "Y")}


def length(value, unit):
    if unit in MONTHS:
        return ("months", value * MONTHS[unit])
    return ("seconds", value * SECONDS[unit])


def as_days(value, unit):
    """A month and a half is 45 days to the data."""
    return length(value * 30, "D") if unit == "M" else length(value, unit)


def score_duck_duration(lang, verbose):
    score = Score("duckling duration " + lang, verbose)
    rows = read_rows("duckling/Duration_%s.jsonl" % lang.upper())
    for row, found in zip(rows, run([r["text"] for r in rows], lang)):
        ours = [v for v in found if v["kind"] == "duration"]
        if row["set"] == "negative":
            score.add(not ours, row["text"], found, "nothing")
            continue
        n, unit = re.match(r"\(DurationData (\d+) (\w+)\)",
                           row["value"]).groups()
        times, unit = DUCK_PERIODS[unit]
        want = length(D(n) * times, unit)
        score.add(len(ours) == 1 and whole(ours[0], row["text"]) and
                  want in (length(D(ours[0]["value"]), ours[0]["unit"]),
                           as_days(D(ours[0]["value"]), ours[0]["unit"])),
                  row["text"], found, row["value"])
    return score


# --- dates -----------------------------------------------------------------

def bounds(text):
    """First day and the day after the last of an ISO date."""
    date = datetime.date
    if re.fullmatch(r"\d{4}", text):
        return date(int(text), 1, 1), date(int(text) + 1, 1, 1)
    m = re.fullmatch(r"(\d{4})-([QH])(\d)", text)
    if m:
        size = 3 if m[2] == "Q" else 6
        first = (int(m[3]) - 1) * size + 1
        last = first + size
        year = int(m[1])
        return date(year, first, 1), date(year + last // 13, (last - 1) % 12 +
                                          1, 1)
    m = re.fullmatch(r"(\d{4})-W(\d\d)", text)
    if m:
        monday = date.fromisocalendar(int(m[1]), int(m[2]), 1)
        return monday, monday + 7 * DAY
    m = re.fullmatch(r"(\d{4})-(\d\d)", text)
    if m:
        year, month = int(m[1]), int(m[2])
        return (date(year, month, 1),
                date(year + month // 12, month % 12 + 1, 1))
    day = date.fromisoformat(text)
    return day, day + DAY


GRAINS = {"Day": 1, "Week": 7, "Month": 31, "Quarter": 92, "Year": 366}
# Words after which a gold interval is its makers' convention.
EDGES = re.compile(
    r"\b(early|mid|middle|late|end|beginning|début|debut|fin|mi|milieu|eom|bom|eoy|"
    r"boy|rest|earlier|later|summer|winter|spring|autumn|fall|été|hiver|"
    r"season|seasons|quinzaine)\b", re.I)
OFFSETS = re.compile(
    r"\b(ago|hence|from now|from today|il y a|il ya|dans|in|back|after|"
    r"upcoming|within|next|last|past|previous|prochain\w*|dernier\w*|"
    r"derni[eè]re\w*|passées|coming|following|suivant)\b", re.I)


def contains(value, first, end):
    low, high = bounds(value["value"])
    if "value_max" in value:
        high = bounds(value["value_max"])[1]
    return low <= first and end <= high


def same_interval(value, first, end):
    low, high = bounds(value["value"])
    if "value_max" in value:
        last, high = bounds(value["value_max"])
        return low == first and end in (last, high)
    return (low, high) == (first, end)


def duck_date(value):
    """(kind, first, end, grain) of a day or coarser, or None for a time."""
    numbers = re.findall(r"\((-?\d+), (\d+), (\d+), (\d+), (\d+), (\d+)\)",
                         value)
    grain = re.search(r"(Second|Minute|Hour|Day|Week|Month|Quarter|Year)\)",
                      value)
    if not grain or grain[1] not in GRAINS or not numbers:
        return None
    days = []
    for y, m, d, *clock in numbers:
        if any(int(c) for c in clock) or int(y) < 1:
            return None
        days.append(datetime.date(int(y), max(int(m), 1), max(int(d), 1)))
    if "OpenInterval" in value:
        return ("open", days[0], days[0], grain[1])
    if len(days) == 2:
        return ("interval", days[0], days[1], grain[1])
    return ("date", days[0], None, grain[1])


def end_of(first, grain):
    if grain == "Day":
        return first + DAY
    if grain == "Week":
        return first + 7 * DAY
    months = {"Month": 1, "Quarter": 3, "Year": 12}[grain]
    month = first.month - 1 + months
    return datetime.date(first.year + month // 12, month % 12 + 1, 1)


DUCK_LEFT = [
    (r"christmas|xmas|easter|ides of|no[eë]l|toussaint|nouvel an|jour de l'an|"
     r"morts|fête du travail|thanksgiving|mother|father|memorial|"
     r"martin luther|holiday|black friday|new year|valentine|halloween",
     "of holidays"),
    (r"^(la veille|le jour d'avant|le jour précédent|jour suivant|"
     r"le jour d'après|le lendemain|un jour après|deux jours plus tard|"
     r"deux jours après|le lendemain du .*|en ce moment|at this time)$",
     "relative to the story, not to a date"),
]


def score_duck_time(lang, verbose):
    score = Score("duckling time " + lang, verbose)
    rows = read_rows("duckling/Time_%s.jsonl" % lang.upper())
    refused = {r["text"] for r in rows if r["set"] == "negative"}
    both = refused & {r["text"] for r in rows if r["set"] != "negative"}
    found_all = run([r["text"] for r in rows], lang, "2013-02-12", "future")
    for row, found in zip(rows, found_all):
        text = row["text"]
        ours = [v for v in found if v["kind"] == "date"]
        if text in both:
            score.leave("asked for and refused")
            continue
        if row["set"] == "negative":
            score.add(not ours, text, found, "nothing")
            continue
        want = duck_date(row["value"]) if row["value"] else None
        if not want:
            score.leave("with a clock time or before year 1")
            continue
        if row["set"] in ("diffCorpus", "latentCorpus"):
            score.leave("of another reference or latent")
            continue
        why = [why for pattern, why in DUCK_LEFT
               if re.search(pattern, text.lower())]
        if why:
            score.leave(why[0])
            continue
        kind, first, end, grain = want
        end = end or end_of(first, grain)
        good = len(ours) == 1 and whole(ours[0], text)
        if good:
            v = ours[0]
            if kind == "open":
                low, high = bounds(v["value"])
                good = first in (low, high) and v["qualifier"] in (
                    "more_than", "up_to")
            elif EDGES.search(text) or OFFSETS.search(text):
                good = same_interval(v, first, end) or contains(
                    v, first, min(end, first + DAY))
            else:
                good = same_interval(v, first, end)
        score.add(good, text, found, row["value"])
    return score


def day_of(text):
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def rolls(value, start, end, timex):
    """The data counts to the day from today; we count whole units."""
    unit = re.search(r"P\d+([DWMY])\)", timex)
    if not unit:
        return False
    slack = {"D": 1, "W": 7, "M": 31, "Y": 366}[unit[1]] * DAY
    low, high = bounds(value["value"])
    if "value_max" in value:
        high = bounds(value["value_max"])[1]
    return abs(low - start) <= slack and abs(high - end) <= slack


def fits_result(value, result, text):
    """One of the readings that the data allows."""
    for reading in result["resolution"]["values"]:
        if reading.get("value") == "not resolved":
            continue
        if "value" in reading:
            day = day_of(reading["value"])
            if day and (same_interval(value, day, day + DAY) or
                        (OFFSETS.search(result["text"]) and
                         contains(value, day, day + DAY))):
                return True
            continue
        start, end = day_of(reading.get("start", "")), day_of(
            reading.get("end", ""))
        low, high = bounds(value["value"])
        if start and end:
            if same_interval(value, start, end):
                return True
            if OFFSETS.search(result["text"]) and rolls(
                    value, start, end, reading.get("timex", "")):
                return True
            if (EDGES.search(result["text"]) or
                    OFFSETS.search(result["text"])) and (
                    contains(value, start, min(end, start + DAY))):
                return True
        elif (start or end) and (
                (start or end) in (low, high) or
                EDGES.search(result["text"]) and
                low <= (start or end) <= high):
            return True
    return False


def resolved(result):
    values = (result["resolution"] or {}).get("values", [])
    return any(v.get("value") != "not resolved" for v in values)


def left_date(row):
    for result in row["results"]:
        text = result["text"].lower()
        if re.search(DUCK_LEFT[0][0] + "|earth day|labor day|eid |^otd|independence|patrick",
                     text):
            return "of holidays"
        if re.search(r"\bsame (week|month|year)$|^the (day|week|month|year)$|"
                     r"^the day (before|after)$|later$|^lendemain$|"
                     r"^la journée$|^weekend$", text) and not re.search(
                         r" (or|and) later$", text):
            return "relative to the story, not to a date"
        if re.search(r"business|work", text):
            return "of working days"
        if re.search(r"(^|day )\d{1,2}[.-]\d{1,2}$", text):
            return "of month and day as a number, 5.12"
        if re.search(r"[<>]", text):
            return "of query signs"
        if text in ("to date", "till date"):
            return "of now"
    if re.search(r"fiscal|school", row["text"]):
        return "of fiscal years, which it refuses"
    return None


def score_dates(lang, verbose):
    score = Score("recognizers date " + lang, verbose)
    rows = read_rows("recognizers/recognizers_datetime_%s.jsonl" % lang)
    kept = [row for row in rows if row["dotnet_supported"]]
    score.left["not passed by their library"] = len(rows) - len(kept)
    groups = collections.defaultdict(list)
    for row in kept:
        kinds = {(r["type"] or "").replace("datetimeV2.", "")
                 for r in row["results"]}
        if kinds - {"date", "daterange"}:
            score.leave("with a clock time, duration or set")
            continue
        groups[(row["ref"] or "2016-11-07")[:10]].append(row)
    for ref, rows in sorted(groups.items()):
        for row, found in zip(rows, run([r["text"] for r in rows], lang, ref)):
            why = left_date(row)
            if why:
                score.leave(why)
                continue
            wanted = [r for r in row["results"] if resolved(r)]
            unsure = [r for r in row["results"] if not resolved(r)]
            ours = [v for v in found if v["kind"] == "date" and not any(
                r["start"] is not None and v["begin"] <= r["end"] and
                v["end"] > r["start"] for r in unsure)]
            good = len(ours) == len(wanted) and all(
                same_span(v, r, row["text"]) and
                fits_result(v, r, row["text"]) for v, r in zip(ours, wanted))
            score.add(good, ref + " " + row["text"], found,
                      [(r["text"], r["resolution"]["values"]) for r in wanted])
    return score


def parts(verbose):
    for lang in ("fr", "en"):
        yield "money", lambda: score_currency(lang, verbose)
        for kind in ("number", "ordinal", "percent"):
            yield kind, lambda: score_plain(kind, lang, verbose)
        yield "money", lambda: score_duck_money(lang, verbose)
        yield "number", lambda: score_duck_number("Numeral", "number", lang,
                                                  verbose)
        yield "ordinal", lambda: score_duck_number("Ordinal", "ordinal", lang,
                                                   verbose)
        yield "duration", lambda: score_duck_duration(lang, verbose)
        yield "text2num", lambda: score_text2num(lang, verbose)
        yield "ducktime", lambda: score_duck_time(lang, verbose)
        yield "date", lambda: score_dates(lang, verbose)


def main():
    verbose = "-v" in sys.argv
    asked = [a for a in sys.argv[1:] if a != "-v"]
    if not os.path.isdir(GOLD):
        print("skipped: no %s" % GOLD)
        return 77
    lines = [part().line() for name, part in parts(verbose)
             if not asked or name in asked]
    print("%-26s %5s %5s %6s  %s" % ("part", "good", "asked", "%",
                                     "rows left out"))
    print("\n".join(lines))
    return 0


sys.exit(main())
