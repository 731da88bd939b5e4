#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""`dealgraph eval` agrees with the scorer that stands beside the gold data.

Both score the same facts: what the program extracts now, the gold itself, and
gold with faults put in from a fixed seed, which reach what the program's own
output does not (alternatives, ranges, other frames, names in other forms).
Tables are compared line by line, the JSON to the last digit.

The data lies in $DG_SHARED/gold, or ../shared/gold; without it the script says
so and exits with 77.
"""
import copy
import json
import os
import random
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.environ.get("DG_SOURCE") or os.path.join(HERE, "..", "..")
PROGRAM = os.environ.get("DG_PROGRAM") or os.path.join(TOP, "dealgraph")
SHARED = os.environ.get("DG_SHARED") or os.path.join(TOP, "..", "shared")
GOLD = os.path.join(SHARED, "gold", "deals-dev")
TYPES = ["Investment", "FundingRound", "Acquisition", "Merger", "Divestiture",
         "Partnership", "JointVenture", "Contract", "ProductLaunch"]
ROLES = ["company", "partner", "investor", "lead_investor", "acquirer",
         "target", "seller"]
STATUSES = ["planned", "completed", "denied", "rumoured", None, ""]
MONEY = [{"value": 15000000, "currency": "eur"}, {"value": 7.45e9,
         "currency": "USD"}, {"value": 1.5, "currency": None}, {}, None,
         {"value": None, "currency": "EUR"}]
CASES = ["extracted", "gold", "nothing", "faults 1", "faults 2", "faults 3",
         "faults 4", "faults 5", "faults 6"]


def output(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8",
                          check=True).stdout


# --- facts to score --------------------------------------------------------

def other_name(name, rng):
    """The name in a form that may or may not be the same to a scorer."""
    form = rng.choice(name.split("|"))
    return rng.choice([
        name, form, form.upper(), form + " SA", form + " S.A.", form + " S.p.A.",
        "Groupe " + form, form.replace("e", "é"), form.replace("'", "’"),
        form.split()[-1], form + "x", form + " & Co", "ﬁ" + form, "Œuvre " + form,
        "S.A.", "ß" + form, " ".join(form), form + "|Ailleurs"])


def break_deal(deal, rng):
    deal = copy.deepcopy(deal)
    if rng.random() < 0.3:
        deal["type"] = rng.choice(TYPES)
    if rng.random() < 0.2:
        deal["status"] = rng.choice(STATUSES)
    if rng.random() < 0.1:
        deal["type_alt"] = [rng.choice(TYPES)]
    if rng.random() < 0.3:
        deal["amount"] = rng.choice(MONEY)
    if rng.random() < 0.1:
        deal["valuation"] = rng.choice(MONEY)
    if rng.random() < 0.2:
        deal["stake_percent"] = rng.choice([50, 50.4, 20.04, None])
    if rng.random() < 0.2:
        deal["round"] = rng.choice(["Série A", "series a", "", None])
    if rng.random() < 0.3:
        deal["date"] = rng.choice(["2020", "2020-05", "2019-11-04", "20", "",
                                   None])
    roles = {role: [other_name(name, rng) for name in names]
             for role, names in deal["roles"].items()}
    if rng.random() < 0.3 and roles:
        names = roles.pop(rng.choice(sorted(roles)))
        roles.setdefault(rng.choice(ROLES), []).extend(names)
    for names in roles.values():
        rng.shuffle(names)
    deal["roles"] = roles
    deal["confidence"] = rng.choice([0.5, 0.7, 0.93, 1])
    return deal


def break_deals(deals, published, rng):
    found = [break_deal(deal, rng) for deal in deals if rng.random() < 0.85]
    found += [break_deal(deal, rng) for deal in deals if rng.random() < 0.3]
    if not deals and rng.random() < 0.5:
        found.append({"type": "Merger", "roles": {"partner": ["A", "B"]}})
    for deal in found:
        if rng.random() < 0.1:
            deal["date"] = published
    rng.shuffle(found)
    return found


def facts_of(case, gold, folder):
    path = os.path.join(folder, "facts.jsonl")
    if case == "extracted":
        output(PROGRAM, "extract", "-f", "facts", "-o", path,
               os.path.join(GOLD, "text"))
        return path
    rng = random.Random(case)
    lines = []
    for article in gold:
        deals = article["deals"]
        if case == "nothing":
            deals = []
        elif case != "gold":
            deals = break_deals(deals, article["published"], rng)
        lines.append({"id": article["id"], "deals": deals})
    rng.shuffle(lines)
    with open(path, "w", encoding="utf-8") as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=rng.random() < 0.5) + "\n")
    return path


def broken_gold(gold, folder):
    """The gold with more of what it may have, so that all of it is read."""
    rng = random.Random("gold")
    path = os.path.join(folder, "gold.jsonl")
    with open(path, "w", encoding="utf-8") as file:
        for number, article in enumerate(copy.deepcopy(gold)):
            article["lang"] = "en" if number % 3 == 0 else "fr"
            for deal in article["deals"]:
                if rng.random() < 0.3:
                    deal["amount"] = {"value": 1e7, "value_max": 2e7,
                                      "currency": "EUR", "alt": [
                                          {"value": 7.5e9, "currency": "USD"}]}
                if rng.random() < 0.2:
                    deal["stake_percent"] = rng.choice([50, 20])
                if rng.random() < 0.2:
                    deal["round"] = "Series A"
                if rng.random() < 0.2:
                    deal["date_alt"] = ["2019-11"]
                if rng.random() < 0.2:
                    deal["type_alt"] = [rng.choice(TYPES)]
                if rng.random() < 0.1:
                    deal["valuation"] = {"value": 1.5, "currency": None}
            file.write(json.dumps(article) + "\n")
    return path


# --- comparison ------------------------------------------------------------

def tables(text, intervals):
    """Lines of the tables of all articles and of languages, by table."""
    found, lines = {}, None
    for line in text.splitlines():
        if line.startswith("== "):
            name = line.split()[1]
            wanted = line.endswith(" articles)") and name in ("all", "fr", "en")
            lines = found.setdefault(name, []) if wanted else None
        if lines is not None and line:
            if intervals and not line.startswith("== "):
                line = line[:line.rindex("[")]
            lines.append(line.rstrip())
    return found


def plain_json(text):
    """What both programs tell: no intervals, no table of their own."""
    found = {}
    for name, part in json.loads(text).items():
        if name in ("all", "fr", "en"):
            found[name] = {
                "slots": {slot: {k: v for k, v in row.items() if "_" not in k}
                          for slot, row in part["slots"].items()},
                "false_alarms": {k: v for k, v in part["false_alarms"].items()
                                 if not k.endswith("_95")},
                "articles": part["articles"]}
    return found


def differences(mine, theirs):
    if mine.keys() != theirs.keys():
        yield f"{sorted(mine)} instead of {sorted(theirs)}"
        return
    for name, lines in theirs.items():
        if len(lines) != len(mine[name]):
            yield f"{name}: {len(mine[name])} lines, not {len(lines)}"
        for ours, line in zip(mine[name], lines):
            if ours != line:
                yield f"{name}:\n    {ours}\n    {line}"


def compare(gold, facts, options):
    scorer = os.path.join(GOLD, "score.py")
    both = [[PROGRAM, "eval", gold, "--pred", facts] + options,
            [sys.executable, scorer, facts, "--gold", gold] + options]
    mine, theirs = [output(*command) for command in both]
    yield from differences(tables(mine, True), tables(theirs, False))
    mine, theirs = [output(*command, "--json") for command in both]
    if plain_json(mine) != plain_json(theirs):
        yield "the JSON differs"


def check(gold, folder):
    passed = failed = 0
    files = {"gold": os.path.join(GOLD, "gold.jsonl"),
             "altered gold": broken_gold(gold, folder)}
    for case in CASES:
        facts = facts_of(case, gold, folder)
        for name, path in files.items():
            for options in [], ["--lenient"], ["--lang", "fr"]:
                found = list(compare(path, facts, options))
                failed += bool(found)
                passed += not found
                for line in found[:5]:
                    print(f"{case}, {name} {' '.join(options)}: {line}")
    return passed, failed


def check_reading(folder):
    """Reading the texts at once gives the same as scoring ready facts."""
    gold = os.path.join(GOLD, "gold.jsonl")
    facts = facts_of("extracted", [], folder)
    return (output(PROGRAM, "eval", gold, os.path.join(GOLD, "text")) ==
            output(PROGRAM, "eval", gold, "--pred", facts))


def main():
    if not os.path.exists(os.path.join(GOLD, "score.py")):
        print(f"skipped: no {GOLD}")
        return 77
    with open(os.path.join(GOLD, "gold.jsonl"), encoding="utf-8") as file:
        gold = [json.loads(line) for line in file]
    with tempfile.TemporaryDirectory() as folder:
        passed, failed = check(gold, folder)
        if check_reading(folder):
            passed += 1
        else:
            print("texts: scored otherwise than their facts")
            failed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
