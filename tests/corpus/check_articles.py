#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Check the sample articles of data/articles against their facts.

Every article has a facts file beside it, one JSON object on one line; every
name and every evidence quote of the facts occurs in the article.

usage: check_articles.py [FOLDER]
"""
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "..", "..", "data", "articles")

TYPES = {"Partnership", "Investment", "FundingRound", "Acquisition", "Merger",
         "JointVenture", "Divestiture", "Contract", "ProductLaunch"}
STATUSES = {"rumoured", "planned", "announced", "completed", "cancelled",
            "postponed", "denied"}
ROLES = {"partner", "supplier", "customer", "company", "investor",
         "lead_investor", "acquirer", "target", "seller"}
QUALIFIERS = {"exact", "about", "more_than", "up_to"}
MEMBERS = {"id", "lang", "published", "title", "author", "deals", "relations",
           "companies", "countries", "never"}
DATE = re.compile(r"\d{4}(-(\d\d(-\d\d)?|Q[1-4]|H[12]|W\d\d))?$")


def named(text, name):
    """Whether each of the alternatives of `name` occurs in `text`."""
    return all(form in text for form in name.split("|"))


def money_faults(label, money):
    if money is None:
        return
    if not isinstance(money["value"], (int, float)) or money["value"] <= 0:
        yield f"{label}: bad value"
    if money["currency"] is not None and len(money["currency"]) != 3:
        yield f"{label}: bad currency"
    if money["qualifier"] not in QUALIFIERS:
        yield f"{label}: bad qualifier {money['qualifier']}"
    if money.get("value_max", money["value"]) < money["value"]:
        yield f"{label}: range upside down"


def deal_faults(text, deal, never):
    if deal["type"] not in TYPES:
        yield f"unknown type {deal['type']}"
    if not set(deal["status"].split("|")) <= STATUSES:
        yield f"unknown status {deal['status']}"
    if not deal["evidence"] or deal["evidence"] not in text:
        yield f"evidence not in the article: {deal['evidence']}"
    if deal["date"] is not None and not DATE.match(deal["date"]):
        yield f"bad date {deal['date']}"
    if not deal["roles"]:
        yield "a deal of nobody"
    for role, names in deal["roles"].items():
        if role not in ROLES:
            yield f"unknown role {role}"
        for name in names:
            if not named(text, name):
                yield f"{role} not in the article: {name}"
            if set(name.split("|")) & never:
                yield f"{role} must never come out: {name}"
    for label in ("amount", "valuation"):
        yield from money_faults(label, deal[label])


def article_faults(stem, text, facts):
    if facts["id"] != os.path.basename(stem):
        yield f"id {facts['id']} is not the file's name"
    if facts["lang"] != facts["id"][:2]:
        yield f"language {facts['lang']}"
    if not DATE.match(facts["published"]) or len(facts["published"]) != 10:
        yield f"bad publication date {facts['published']}"
    if not text.startswith(facts["title"] + "\n"):
        yield "the title is not the article's first line"
    if facts["author"] not in text:
        yield f"author not in the article: {facts['author']}"
    if not 150 <= len(text.split()) <= 500:
        yield f"{len(text.split())} words"
    never = set(facts["never"]["companies"])
    for name in facts["companies"] + list(facts["countries"]) + list(never):
        if not named(text, name):
            yield f"name not in the article: {name}"
    for name in never & set(facts["companies"]):
        yield f"wanted and forbidden: {name}"
    for relation in facts["relations"]:
        for name in (relation["subject"], relation["object"]):
            if not named(text, name):
                yield f"relation with a name not in the article: {name}"
    for deal in facts["deals"]:
        for fault in deal_faults(text, deal, never):
            yield f"{deal['type']}: {fault}"


def check(stem):
    with open(stem + ".txt", encoding="utf-8") as file:
        text = file.read()
    with open(stem + ".facts.json", encoding="utf-8") as file:
        lines = file.read().splitlines()
    if len(lines) != 1:
        return [f"{len(lines)} lines of facts instead of one"]
    facts = json.loads(lines[0])
    missing = MEMBERS - set(facts)
    if missing:
        return ["no member " + ", ".join(sorted(missing))]
    return list(article_faults(stem, text, facts))


def main(folder):
    names = [re.match(r"(.+)\.(txt|facts\.json)$", file)
             for file in os.listdir(folder)]
    stems = sorted({os.path.join(folder, name[1]) for name in names if name})
    failed = 0
    for stem in stems:
        try:
            faults = check(stem)
        except (OSError, ValueError, KeyError, TypeError) as error:
            faults = [repr(error)]
        failed += bool(faults)
        for fault in faults:
            print(f"{os.path.basename(stem)}: {fault}")
    print(f"{len(stems) - failed} passed, {failed} failed")
    return 1 if failed or not stems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else FOLDER))
