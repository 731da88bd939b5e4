#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Score relations between actors against annotated sentences.

usage: relations.py PROGRAM GOLD [core|knowledgenet|relx ...] [--errors N] [--test]

PROGRAM is dealgraph, GOLD the folder of the gold data (see its README).

core          the relation of a given pair, with its direction: F1 of each
              label and their mean, "undefined" left out. Where the pair's span
              is a pronoun or description, the given name stands in its place.
              --test takes the test split.
knowledgenet  facts found in the passages as they are: founder, CEO, seat,
              parent. Subject and object must be the names in the text. A fact
              that the gold lacks counts as wrong where the passage was read
              for its property.
relx          organisation relations of a given pair, French and English.

Names are compared folded, without legal forms, whole words within the other.
Python standard library only.
"""
import collections
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

LEGAL = {"inc", "corp", "corporation", "ltd", "limited", "llc", "plc", "sa",
         "sas", "gmbh", "ag", "nv", "bv", "co", "company", "the", "spa", "ab",
         "as", "oy", "lp", "llp", "group"}


def key(name):
    text = unicodedata.normalize("NFKD", name.casefold())
    text = "".join(c if c.isalnum() else " " for c in text
                   if not unicodedata.combining(c))
    words = text.split()
    return [w for w in words if w not in LEGAL] or words


def same(a, b):
    """True when the words of one name are a stretch of the other's."""
    a, b = sorted((key(a), key(b)), key=len)
    return bool(a) and any(b[i:i + len(a)] == a
                           for i in range(len(b) - len(a) + 1))


def extract(program, texts, lang):
    """Facts of each text."""
    with tempfile.NamedTemporaryFile("w", suffix=".ndjson", encoding="utf-8",
                                     delete=False) as out:
        for i, text in enumerate(texts):
            out.write(json.dumps({"id": str(i), "lang": lang, "text": text})
                      + "\n")
    try:
        run = subprocess.run([program, "extract", "--format", "facts",
                              out.name], capture_output=True, check=True)
    finally:
        os.unlink(out.name)
    facts = {}
    for line in run.stdout.decode("utf-8").splitlines():
        record = json.loads(line)
        facts[int(record["id"])] = record
    return [facts.get(i, {"deals": [], "relations": []})
            for i in range(len(texts))]


def pairs_of(record):
    """(label, head, tail, confidence) of all that a text tells."""
    for r in record["relations"]:
        yield (r["type"], r["subject"], r["object"], r.get("confidence", 1))
    for d in record["deals"]:
        if d["status"] == "denied":
            continue
        roles = d["roles"]
        sure = d.get("confidence", 1)
        for one, label, other in (("target", "acquisition", "acquirer"),
                                  ("investor", "investment", "company"),
                                  ("customer", "customer", "supplier")):
            for head in roles.get(one, []):
                for tail in roles.get(other, []):
                    yield (label, head, tail, sure)
        if d["type"] in ("Merger", "Partnership", "JointVenture", "Contract"):
            label = "merger" if d["type"] == "Merger" else "partnership"
            for head in roles.get("partner", []):
                for tail in roles.get("partner", []):
                    if head != tail:
                        yield (label, head, tail, sure)


def f1(right, given, wanted):
    precision = right / given if given else 0.0
    recall = right / wanted if wanted else 0.0
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def line(name, right, given, wanted):
    p, r, f = f1(right, given, wanted)
    print(f"{name:34} P {p:.3f}  R {r:.3f}  F1 {f:.3f}   "
          f"{right} right of {given} given, {wanted} wanted")
    return f


# ------------------------------------------------------------------- core

CORE = {"subsidiary": ("subsidiary_of", 1), "competitor": ("competitor_of", 0),
        "customer": ("client_of", 1), "supplier": ("client_of", -1),
        "product": ("product_or_service_of", 1),
        "acquisition": ("acquired_by", 1), "investment": ("shareholder_of", 1),
        "merger": ("merged_with", 0), "partnership": ("collaboration", 0)}
BOTH_WAYS = {"competitor_of", "merged_with", "collaboration"}


def core_text(row):
    """The sentence; a pronoun that stands for one of the pair is its name."""
    tokens = list(row["tokens"])
    for which in ("e1", "e2"):
        first, last = row[which + "_span"]
        words = tokens[first:last + 1]
        if words and not (set(key(" ".join(words))) & set(key(row[which]))):
            tokens[first:last + 1] = [row[which]] + [""] * (last - first)
    text = " ".join(t for t in tokens if t)
    text = re.sub(r" ([,.;:)%?!]|'s|n't)(?= |$)", r"\1", text)
    return re.sub(r"([($]) ", r"\1", text)


def core_guess(record, row):
    """The surest (label, direction) that the text tells of the pair."""
    best = ("undefined", 0, -1)
    for label, head, tail, sure in pairs_of(record):
        if label not in CORE:
            continue
        name, way = CORE[label]
        forth = same(head, row["e1"]) and same(tail, row["e2"])
        back = same(head, row["e2"]) and same(tail, row["e1"])
        if (forth or back) and sure > best[2]:
            way = 0 if name in BOTH_WAYS else way if forth else -way
            best = (name, way, sure)
    return best[:2]


def core(program, gold, options):
    split = "core_test.jsonl" if options["test"] else "core_train.jsonl"
    with open(f"{gold}/core/{split}", encoding="utf-8") as lines:
        rows = [json.loads(x) for x in lines]
    right, given, wanted = (collections.Counter() for _ in range(3))
    errors = []
    records = extract(program, [core_text(row) for row in rows], "en")
    for row, record in zip(rows, records):
        label = row["label"]
        way = 0 if label in BOTH_WAYS else -1 if row["invert"] else 1
        name, direction = core_guess(record, row)
        wanted[label] += 1
        given[name] += 1
        hit = name == label and (direction == way or name == "undefined")
        right[label] += hit
        if not hit:
            errors.append(f"{label}{'' if way >= 0 else '^'} as {name}: "
                          f"{row['e1']} | {row['e2']} | {core_text(row)[:240]}")
    labels = sorted(x for x in wanted if x != "undefined")
    scores = [line("core " + x, right[x], given[x], wanted[x]) for x in labels]
    print(f"{'core macro F1':34} {sum(scores) / len(scores):.3f}")
    told = sorted({name for name, _ in CORE.values()})
    mean = sum(f1(right[x], given[x], wanted[x])[2] for x in told) / len(told)
    print(f"{'  of what the program has a type for':34} {mean:.3f}")
    show(errors, options["errors"])


# ----------------------------------------------------------- knowledgenet

NET = {"FOUNDED_BY": ("founder", True), "CEO": ("executive", True),
       "HEADQUARTERS": ("headquarters", False),
       "SUBSIDIARY_OF": ("subsidiary", False)}
CHIEF = re.compile(r"\b(ceo|chief executive|managing director)\b", re.I)


def net_passages(gold):
    path = f"{gold}/knowledgenet/knowledgenet_train_from_human_readable.jsonl"
    passages = collections.OrderedDict()
    with open(path, encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["property"] not in NET:
                continue
            text = re.sub(r"\s+", " ", row["passage"]).strip()
            asked = passages.setdefault(text, {}).setdefault(row["property"],
                                                             set())
            if row["positive"]:
                asked.add((row["subject"], row["object"]))
    return passages


def net_told(record, label, turned):
    chiefs = {p["name"] for p in record.get("people", [])
              if CHIEF.search(p["role"] or "")}
    for r in record["relations"]:
        if r["type"] != label or (label == "executive" and
                                  r["subject"] not in chiefs):
            continue
        pair = (r["subject"], r["object"])
        yield pair[::-1] if turned else pair


def knowledgenet(program, gold, options):
    passages = net_passages(gold)
    records = extract(program, list(passages), "en")
    sums = [0, 0, 0]
    errors = []
    for prop, (label, turned) in NET.items():
        right = given = wanted = 0
        for (text, asked), record in zip(passages.items(), records):
            if prop not in asked:
                continue
            left = list(asked[prop])
            wanted += len(left)
            for a, b in sorted(set(net_told(record, label, turned))):
                given += 1
                hit = next((g for g in left
                            if same(a, g[0]) and same(b, g[1])), None)
                if hit:
                    left.remove(hit)
                    right += 1
                else:
                    errors.append(f"{prop} wrong: {a} | {b} | {text[:240]}")
            errors += [f"{prop} missed: {a} | {b} | {text[:240]}"
                       for a, b in left]
        line("knowledgenet " + prop, right, given, wanted)
        sums = [x + y for x, y in zip(sums, (right, given, wanted))]
    line("knowledgenet text, these four", *sums)
    show(errors, options["errors"])


# ------------------------------------------------------------------- relx

RELX = {"org:founded_by": ("founder", -1),
        "org:top_members/employees": ("executive", -1),
        "org:subsidiaries": ("subsidiary", -1),
        "org:city_of_headquarters": ("headquarters", 1),
        "org:stateorprovince_of_headquarters": ("headquarters", 1),
        "org:country_of_headquarters": ("headquarters", 1),
        "org:alternate_names": ("former_name", 0)}
TYPES = {name for name, _ in RELX.values()}


def relx_guess(record, row):
    best = (None, 0, -1)
    for label, head, tail, sure in pairs_of(record):
        if label not in TYPES or sure <= best[2]:
            continue
        if same(head, row["e1"]) and same(tail, row["e2"]):
            best = (label, 1, sure)
        elif same(head, row["e2"]) and same(tail, row["e1"]):
            best = (label, -1, sure)
    return best[:2]


def relx(program, gold, options):
    for lang in ("fr", "en"):
        with open(f"{gold}/relx/relx_{lang}.jsonl", encoding="utf-8") as lines:
            rows = [json.loads(x) for x in lines]
        right, given, wanted = (collections.Counter() for _ in range(3))
        errors = []
        records = extract(program, [row["text"] for row in rows], lang)
        other = 0
        for row, record in zip(rows, records):
            label, _, order = row["label"].partition("(")
            turned = -1 if order.startswith("e2") else 1
            want = RELX.get(label)
            other += label.startswith("org:") and want is None
            got, way = relx_guess(record, row)
            if label == "per:employee_of":
                continue  # an executive is an employee too
            if want:
                wanted[want[0]] += 1
            if got:
                given[got] += 1
            if want and got == want[0] and way in (0, want[1] * turned) or (
                    want and got == want[0] and not want[1]):
                right[got] += 1
            elif want or got:
                errors.append(f"{row['label']} as {got} {way}: {row['tagged']}")
        for name in sorted(TYPES):
            line(f"relx {lang} {name}", right[name], given[name], wanted[name])
        line(f"relx {lang} these", sum(right.values()), sum(given.values()),
             sum(wanted.values()))
        line(f"relx {lang} all of organisations", sum(right.values()),
             sum(given.values()), sum(wanted.values()) + other)
        show(errors, options["errors"])


def show(errors, n):
    for error in errors[::max(1, len(errors) // n)][:n] if n else []:
        print("  " + error)


PARTS = {"core": core, "knowledgenet": knowledgenet, "relx": relx}


def main():
    arguments = sys.argv[1:]
    options = {"errors": 0, "test": "--test" in arguments}
    if "--errors" in arguments:
        at = arguments.index("--errors")
        options["errors"] = int(arguments[at + 1])
        del arguments[at:at + 2]
    arguments = [a for a in arguments if a != "--test"]
    if len(arguments) < 2 or any(a not in PARTS for a in arguments[2:]):
        sys.exit(__doc__.strip())
    for part in arguments[2:] or PARTS:
        PARTS[part](arguments[0], arguments[1], options)


if __name__ == "__main__":
    main()
