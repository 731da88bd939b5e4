#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Merge the pairs of pairs.txt, and check which became one and what counts.

All pairs are loaded into one store, with names of their own, in three orders:
the dumps must be the same, and so after `merge --recompute`.
"""
import os
import random
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.abspath(os.environ.get("DG_SOURCE") or
                      os.path.join(HERE, "..", ".."))
PROGRAM = os.path.abspath(os.environ.get("DG_PROGRAM") or
                          os.path.join(TOP, "dealgraph"))
ID = "https://dealgraph.org/id/"
NS = "https://dealgraph.org/ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
CURRENCY = "http://publications.europa.eu/resource/authority/currency/"
ROLES = ("company partner investor leadInvestor acquirer target seller "
         "supplier customer").split()
MERGES = "urn:dealgraph:merges"


def read_cases(path):
    """[(verdict, claim, [telling], expected)], a telling {name: value}."""
    cases = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            if not line.startswith(" "):
                verdict, claim = line.split("  ", 1)
                assert verdict in ("same", "apart"), line
                cases.append((verdict, claim, [], {}))
                continue
            words = line.split()
            if words[0] == "=>":
                cases[-1][3].update(word.split("=", 1) for word in words[1:])
                continue
            telling = dict(word.split("=", 1) for word in words[3:])
            telling.update(published=words[0], type=words[1], status=words[2])
            cases[-1][2].append(telling)
    return cases


def literal(value, datatype=None):
    text = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"' + (f"^^<{XSD}{datatype}>" if datatype else "")


def dated(value):
    return literal(value, {4: "gYear", 7: "gYearMonth"}.get(len(value), "date"))


def actor(number, name):
    return f"{ID}company/{name.lower()}-{number}"


def telling_quads(number, index, telling):
    """The graph of one article as lines of N-Quads."""
    article = f"{ID}article/{number}-{telling.get('in', index)}"
    deal = f"{ID}deal/{number}-{index}"
    mention = f"{ID}mention/{number}-{index}"
    activity = f"{ID}activity/1"
    lines = []

    def add(s, p, o):
        p = p if ":" in p else NS + p
        o = o if o.startswith('"') else f"<{o}>"
        lines.append(f"<{s}> <{p}> {o} <{article}> .\n")

    add(article, TYPE, NS + "Article")
    add(article, "articleId", literal(f"{number}-{telling.get('in', index)}"))
    add(activity, TYPE, NS + "Extraction")
    add(activity, "programVersion", literal("1"))
    add(activity, "ruleset", literal("0" * 16))
    if telling["published"] != "-":
        add(article, "http://purl.org/dc/terms/issued",
            dated(telling["published"]))
    add(deal, TYPE, NS + "Deal")
    add(deal, TYPE, NS + telling["type"])
    add(deal, "status", NS + telling["status"])
    add(deal, "http://www.w3.org/ns/prov#wasDerivedFrom", article)
    for role in ROLES:
        for name in filter(None, telling.get(role, "").split(",")):
            add(deal, role, actor(number, name))
            add(actor(number, name), TYPE, NS + "Company")
            add(actor(number, name),
                "http://www.w3.org/2000/01/rdf-schema#label", literal(name))
    if "amount" in telling:
        currency, value = telling["amount"].split(":")
        add(deal, "amountValue", literal(value + ".0", "decimal"))
        add(deal, "currency", CURRENCY + currency)
        add(deal, "amountQualifier", literal(telling.get("qualifier", "exact")))
    if "stake" in telling:
        add(deal, "stake", literal(telling["stake"] + ".0", "decimal"))
    if "round" in telling:
        add(deal, "round", literal(telling["round"].replace("_", " ")))
    if "product" in telling:
        add(deal, "productName", literal(telling["product"].replace("_", " ")))
    if "date" in telling:
        add(deal, "date", dated(telling["date"]))
    quote = telling.get("quote", f"words {number} {index}").replace("_", " ")
    add(mention, TYPE, NS + "DealMention")
    add(mention, "mentionOf", deal)
    add(mention, "status", NS + telling["status"])
    add(mention, "quote", literal(quote))
    add(mention, "begin", literal("0", "integer"))
    add(mention, "end", literal("9", "integer"))
    add(mention, "rule", literal("r"))
    add(mention, "confidence", literal("0.8", "decimal"))
    add(mention, "http://www.w3.org/ns/prov#wasDerivedFrom", article)
    add(mention, "http://www.w3.org/ns/prov#wasGeneratedBy", activity)
    return lines


def run(*arguments):
    done = subprocess.run([PROGRAM, *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, encoding="utf-8",
                          check=False, timeout=300)
    if done.returncode:
        sys.exit(f"{arguments}: {done.returncode} {done.stderr}")
    return done.stdout


def dump(store):
    return run("export", "-d", store, "-o", "-", "--format", "nq")


def make_store(folder, name, groups):
    """A store with one file loaded after another, and its dump, merged."""
    store = os.path.join(folder, name)
    path = os.path.join(folder, name + ".nq")
    with open(path, "w", encoding="utf-8") as file:
        for lines in groups:
            file.writelines(lines)
    run("load", "-d", store, path)
    run("merge", "-d", store)
    return store, dump(store)


def merged_values(text):
    """{subject: {property: [value]}} of the graph of merges."""
    values = {}
    for line in text.splitlines():
        if line.endswith(f" <{MERGES}> ."):
            s, p, rest = line[:-len(f" <{MERGES}> .")].split(" ", 2)
            name = p[1:-1].rsplit("#", 1)[-1].rsplit("/", 1)[-1]
            values.setdefault(s[1:-1], {}).setdefault(name, []).append(
                rest[1:-1] if rest.startswith("<") else rest.split('"')[1])
    return values


def found_value(values, name):
    """What counts, in the words of pairs.txt."""
    if name == "amount":
        return "%s:%d" % (values["currency"][0][-3:],
                          float(values["amountValue"][0]))
    if name == "status":
        return values["status"][0].rsplit("#", 1)[1]
    if name == "type":
        return "".join(sorted(t.rsplit("#", 1)[1] for t in values["type"]
                              if not t.endswith("#Deal")))
    if name == "disagrees":
        names = [v.rsplit("#", 1)[1] for v in values.get("disagreesOn", [])]
        return ",".join(sorted(n.replace("amountValue", "amount")
                               for n in names)) or "-"
    if name in ROLES:
        names = [v.rsplit("/", 1)[1].rsplit("-", 1)[0]
                 for v in values.get(name, [])]
        return ",".join(sorted(n.capitalize() for n in names))
    return values[name][0] if name in values else "-"


def check_case(number, case, values):
    verdict, _, tellings, expected = case
    into = {values.get(f"{ID}deal/{number}-{i}", {}).get("duplicateOf", ["-"])[0]
            for i in range(len(tellings))}
    together = len(into) == 1 and "-" not in into
    if together != (verdict == "same"):
        return f"they are {'one' if together else 'apart'}"
    wrong = []
    for name, value in expected.items():
        found = found_value(values[next(iter(into))], name)
        if found != value:
            wrong.append(f"{name} is {found}, not {value}")
    return "; ".join(wrong)


def main():
    cases = read_cases(os.path.join(HERE, "pairs.txt"))
    graphs = [telling_quads(n, i, telling) for n, case in enumerate(cases)
              for i, telling in enumerate(case[2])]
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        store, text = make_store(folder, "plain", graphs)
        values = merged_values(text)
        for number, case in enumerate(cases):
            fault = check_case(number, case, values)
            failed += bool(fault)
            passed += not fault
            if fault:
                print(f"{case[0]}  {case[1]}: {fault}")
        for seed in range(2):
            random.Random(seed).shuffle(graphs)
            same = make_store(folder, f"shuffled{seed}", graphs)[1] == text
            passed += same
            failed += not same
            if not same:
                print(f"order {seed} gives another dump")
        other = os.path.join(folder, "shuffled0")
        articles = sorted({line[0].rsplit(" ", 2)[1][1:-1] for line in graphs})
        for article in random.Random(7).sample(articles, 25):
            run("delete", "-d", other, "--graph", article)
        little = dump(other)
        run("merge", "-d", other, "--recompute")
        good = dump(other) == little
        passed += good
        failed += not good
        if not good:
            print("little by little is not as all at once")
        run("merge", "-d", store, "--recompute")
        for claim, good in (("recomputed", dump(store) == text),
                            ("valid", not run("validate", "-d", store)
                             .count("Violation"))):
            passed += good
            failed += not good
            if not good:
                print(f"the store is not {claim}")
        run("merge", "-d", store, "--drop")
        good = dump(store) == "".join(
            line + "\n" for line in text.splitlines() if MERGES not in line)
        passed += good
        failed += not good
        if not good:
            print("dropping merges does not leave the articles' graphs")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
