#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Check that the sentences of fr.txt and en.txt are well formed.

Types, statuses, roles, amounts and dates are known ones, and every name
occurs in its sentence. The format is described at the head of fr.txt.

usage: check_sentences.py [FILE...]
"""
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

TYPES = {"Partnership", "Investment", "FundingRound", "Acquisition", "Merger",
         "JointVenture", "Divestiture", "Contract", "ProductLaunch"}
STATUSES = {"rumoured", "planned", "announced", "completed", "cancelled",
            "postponed", "denied"}
NAMES = {"partner", "supplier", "customer", "company", "investor",
         "lead_investor", "acquirer", "target", "seller", "product"}
WANTED = {"Partnership": {"partner"}, "JointVenture": {"partner"},
          "Merger": {"partner"}, "Contract": {"partner"},
          "Investment": {"company", "investor"}, "FundingRound": {"company"},
          "Acquisition": {"acquirer", "target"},
          "Divestiture": {"seller", "target"},
          "ProductLaunch": {"company", "product"}}
MONEY = re.compile(r"([A-Z]{3}|\?):\d+(\.\d+)?$")
VALUES = {"amount": MONEY, "amount_max": MONEY, "valuation": MONEY,
          "qualifier": re.compile(r"(about|more_than|up_to)$"),
          "stake": re.compile(r"\d+(\.\d+)?$"),
          "round": re.compile(r"(Pre-seed|Seed|Series [A-H]|IPO|bridge)$"),
          "date": re.compile(r"\d{4}(-(\d\d(-\d\d)?|Q[1-4]|H[12]|W\d\d))?$"),
          "exclusive": re.compile(r"(yes|no)$")}


def read(file):
    """Yield (line number, sentence, negative, deal lines)."""
    case = None
    for number, line in enumerate(file, 1):
        line = line.rstrip("\n")
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(" "):
            case[3].append(line.strip())
            continue
        if case:
            yield case
        negative = line.startswith("*")
        case = (number, line[1:].strip() if negative else line, negative, [])
    if case:
        yield case


def members(line):
    """Split `Type status key=value ...`; a value may hold spaces."""
    head, *rest = re.split(r" (?=[a-z_]+=)", line)
    kind, status = head.split()
    return kind, status, [part.split("=", 1) for part in rest]


def deal_faults(sentence, line):
    kind, status, pairs = members(line)
    if kind not in TYPES:
        yield f"unknown type {kind}"
    if not set(status.split("|")) <= STATUSES:
        yield f"unknown status {status}"
    keys = [key for key, _ in pairs]
    if len(set(keys)) < len(keys):
        yield f"a member twice: {line}"
    if not WANTED.get(kind, set()) & set(keys):
        yield f"a deal of nobody: {line}"
    for key, value in pairs:
        if key in NAMES:
            for name in value.split("|"):
                if not name or name not in sentence:
                    yield f"{key} not in the sentence: {name}"
        elif key not in VALUES:
            yield f"unknown member {key}"
        elif not VALUES[key].match(value):
            yield f"bad {key}: {value}"


def case_faults(case, seen):
    _, sentence, negative, deals = case
    if negative == bool(deals):
        yield "neither deals nor a star, or both"
    if sentence in seen:
        yield "sentence given twice"
    seen.add(sentence)
    for line in deals:
        try:
            yield from deal_faults(sentence, line)
        except ValueError:
            yield f"unreadable: {line}"


def main(paths):
    passed = failed = 0
    for path in paths:
        seen = set()
        with open(path, encoding="utf-8") as file:
            for case in read(file):
                faults = list(case_faults(case, seen))
                failed += bool(faults)
                passed += not faults
                for fault in faults:
                    print(f"{os.path.basename(path)}:{case[0]}: {fault}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or [os.path.join(HERE, name)
                                   for name in ("fr.txt", "en.txt")]))
