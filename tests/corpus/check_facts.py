#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compare what `dealgraph extract --format facts` finds with what is expected.

Without arguments: the sample articles of data/articles, each with the facts
beside it (data/articles/README.md says what they hold), and the article of
../shared/seed where that folder is there. Each aspect of a deal is a case of
its own: whether it was found, its status, amount, date, and so on.

known.txt lists the cases that are known to fail; they are printed and do not
count as failures. One that is listed and does not fail is a failure: delete
its line.

usage: check_facts.py [--update-known] [ARTICLE EXPECTED]
"""
import json
import os
import re
import subprocess
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.environ.get("DG_SOURCE") or os.path.join(HERE, "..", "..")
PROGRAM = os.environ.get("DG_PROGRAM") or os.path.join(TOP, "dealgraph")
KNOWN = os.path.join(HERE, "known.txt")

FAMILIES = {"Investment": 1, "FundingRound": 1, "Acquisition": 2, "Merger": 2,
            "Divestiture": 2, "Partnership": 3, "JointVenture": 3,
            "Contract": 3, "ProductLaunch": 4}
LEGAL = {"sa", "sas", "sarl", "se", "scop", "gmbh", "ag", "inc", "corp", "co",
         "ltd", "llc", "plc", "nv", "bv", "spa", "group", "groupe", "the"}
# Members of a deal that are compared where the expectation names them.
MONEY = ("amount", "valuation")
PLAIN = ("stake_percent", "round", "exclusive")


# ---- names, amounts, dates ----

def words(name):
    """The words of a name without case, accents and legal form."""
    flat = unicodedata.normalize("NFKD", name.casefold())
    flat = "".join(c for c in flat if not unicodedata.combining(c))
    found = re.findall(r"[^\W_]+", flat)
    return [w for w in found if w not in LEGAL] or found


def contains(long, short):
    n = len(short)
    return any(long[i:i + n] == short for i in range(len(long) - n + 1))


def same_name(expected, found):
    """Whether `found` is one of the alternatives "a|b" of `expected`."""
    there = words(found)
    return any(contains(there, words(form)) or contains(words(form), there)
               for form in expected.split("|"))


def same_money(expected, found):
    """Amounts within 1 %, same currency; qualifiers as they are."""
    if expected is None or found is None:
        return expected is found
    for key in ("value", "value_max"):
        a, b = expected.get(key), found.get(key)
        if (a is None) != (b is None):
            return False
        if a is not None and abs(float(b) - float(a)) > 0.01 * float(a):
            return False
    return (expected["currency"] == found["currency"] and
            expected.get("qualifier", found["qualifier"])
            == found["qualifier"])


def same_date(expected, found):
    """The same at the coarser of two precisions; quarters as they are."""
    if not expected or not found:
        return expected == found
    n = min(len(expected), len(found))
    return expected == found or (expected[:n] == found[:n] and
                                 not re.search("[QHW]", expected + found))


# ---- deals ----

def families(deal):
    kinds = [deal["type"]] + deal.get("type_alt", [])
    return {FAMILIES[kind] for kind in kinds}


def role_faults(expected, found):
    """Parties that are missing, and parties that are too many."""
    for role in sorted(set(expected) | set(found)):
        wanted, there = expected.get(role, []), found.get(role, [])
        for name in wanted:
            if not any(same_name(name, other) for other in there):
                yield f"no {role} {name}"
        for other in there:
            if not any(same_name(name, other) for name in wanted):
                yield f"{role} {other} is not expected"


def likeness(expected, found):
    """How well a found deal may be the expected one; 0 for not at all."""
    if FAMILIES[found["type"]] not in families(expected):
        return 0
    pairs = [(name, other) for names in expected["roles"].values()
             for name in names for others in found["roles"].values()
             for other in others if same_name(name, other)]
    if not pairs:
        return 0
    faults = len(list(role_faults(expected["roles"], found["roles"])))
    score = 100 - 10 * min(faults, 9)
    score += 5 * (found["status"] in expected["status"].split("|"))
    score += 3 * same_money(expected.get("amount"), found["amount"])
    score += 2 * same_date(expected.get("date"), found["date"])
    return score


def assign(expected, found):
    """Best pairs first: index of the found deal for each expected one."""
    scores = sorted(((likeness(e, f), -i, -k)
                     for i, e in enumerate(expected)
                     for k, f in enumerate(found)), reverse=True)
    pairs = {}
    for score, i, k in scores:
        if score and -i not in pairs and -k not in pairs.values():
            pairs[-i] = -k
    return pairs


def deal_name(deal):
    names = []
    for _, role in sorted(deal["roles"].items()):
        names += [n.split("|")[0] for n in role if n.split("|")[0] not in names]
    status = deal["status"].split("|")[0]
    return f"{deal['type']} {status} {', '.join(names)}"


def deal_cases(expected, found):
    """Yield (aspect, fault or None) for a deal that was found."""
    faults = list(role_faults(expected["roles"], found["roles"]))
    yield "roles", "; ".join(faults) or None
    statuses = expected["status"].split("|")
    yield "status", (None if found["status"] in statuses else
                     f"{found['status']}, expected {expected['status']}")
    for key in MONEY:
        if key in expected:
            options = [expected[key]] + (expected[key] or {}).get("alt", [])
            good = any(same_money(option, found[key]) for option in options)
            yield key, (None if good else
                        f"{found[key]}, expected {expected[key]}")
    if "date" in expected:
        options = [expected["date"]] + expected.get("date_alt", [])
        good = any(same_date(option, found["date"]) for option in options)
        yield "date", (None if good else
                       f"{found['date']}, expected {expected['date']}")
    for key in PLAIN:
        if key in expected:
            a, b = expected[key], found[key]
            good = float(a) == float(b) if key == "stake_percent" and a and b \
                else a == b
            yield key, None if good else f"{b}, expected {a}"
    for name in expected.get("products", []):
        good = any(same_name(name, other) for other in found["products"])
        yield "product", None if good else f"no {name}"


# ---- articles ----

def article_cases(expected, found):
    """Yield (case, fault or None)."""
    for key in ("lang", "published", "title", "author"):
        if key in expected:
            yield key, (None if expected[key] == found.get(key) else
                        f"{found.get(key)}, expected {expected[key]}")
    pairs = assign(expected["deals"], found["deals"])
    for i, deal in enumerate(expected["deals"]):
        name = deal_name(deal)
        if i in pairs:
            yield f"{name}: found", None
            for aspect, fault in deal_cases(deal, found["deals"][pairs[i]]):
                yield f"{name}: {aspect}", fault
        elif deal.get("required", True):
            yield f"{name}: found", "not found"
    for k, deal in enumerate(found["deals"]):
        if k not in pairs.values():
            yield f"{deal_name(deal)}: extra", (
                f"not expected, by {deal.get('rule')}: "
                f"{deal.get('evidence', '')[:160]}")
    for relation in expected["relations"]:
        name = "{type} {subject} > {object}".format(**relation)
        good = any(relation["type"] == other["type"] and
                   same_name(relation["subject"], other["subject"]) and
                   same_name(relation["object"], other["object"])
                   for other in found["relations"])
        yield name, None if good else "not found"
    for name in expected["companies"]:
        good = any(same_name(name, other) for other in found["companies"])
        yield f"company {name}", None if good else "not found"
    for name, country in expected["countries"].items():
        there = [c for other, c in found["countries"].items()
                 if same_name(name, other)]
        yield f"country of {name}", (None if country in there else
                                     f"{there}, expected {country}")
    for name in expected.get("never", {}).get("companies", []):
        hits = [c for c in found["companies"] if words(c) == words(name)]
        yield f"never {name}", "is a company" if hits else None


def extract(path):
    done = subprocess.run([PROGRAM, "extract", "--format", "facts", path],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          check=False)
    if done.returncode:
        raise OSError(f"extract: status {done.returncode}: "
                      f"{done.stderr.decode(errors='replace')[:300]}")
    return json.loads(done.stdout)


def cases_of(path, gold):
    with open(gold, encoding="utf-8") as file:
        expected = json.load(file)
    try:
        found = extract(path)
    except (OSError, ValueError) as error:
        yield "extract", str(error)
        return
    yield "extract", None
    yield from article_cases(expected, found)


def pairs_of_files():
    folder = os.path.join(TOP, "data", "articles")
    for name in sorted(os.listdir(folder)):
        if name.endswith(".txt"):
            path = os.path.join(folder, name)
            yield path, path[:-4] + ".facts.json"
    seed = os.path.join(TOP, "..", "shared", "seed")
    if not os.path.isfile(os.path.join(seed, "expected.json")):
        print("skipped: no ../shared/seed here")
        return
    for name in sorted(os.listdir(seed)):
        if name.endswith(".txt"):
            yield (os.path.join(seed, name),
                   os.path.join(seed, "expected.json"))


def read_known():
    with open(KNOWN, encoding="utf-8") as file:
        return {line.rstrip("\n") for line in file
                if line.strip() and not line.startswith("#")}


def write_known(faults):
    with open(KNOWN, encoding="utf-8") as file:
        head = [line for line in file if line.startswith("#")]
    with open(KNOWN, "w", encoding="utf-8") as file:
        file.writelines(head + [case + "\n" for case in sorted(faults)])


def main(arguments):
    update = "--update-known" in arguments
    rest = [a for a in arguments if a != "--update-known"]
    files = [tuple(rest)] if rest else list(pairs_of_files())
    known = read_known()
    passed = failed = bugs = 0
    faults, seen, stems = set(), set(), set()
    for path, gold in files:
        stem = os.path.splitext(os.path.basename(path))[0]
        stems.add(stem)
        for name, fault in cases_of(path, gold):
            case = f"{stem}: {name}"
            if case in seen:
                case += " (again)"
            seen.add(case)
            if fault is None:
                good = case not in known
                passed += good
                failed += not good
                if not good:
                    print(f"FIXED {case}: delete its line in known.txt")
                continue
            faults.add(case)
            bugs += case in known
            failed += case not in known
            print(f"{'known' if case in known else 'FAIL '} {case}: {fault}")
    # A known bug of an article that was read, but of no case any more.
    for case in sorted(known - seen):
        if case.split(": ")[0] in stems:
            print(f"GONE  {case}: delete its line in known.txt")
            failed += 1
    if update:
        kept = {case for case in known if case.split(": ")[0] not in stems}
        write_known(faults | kept)
    print(f"{bugs} known bugs")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
