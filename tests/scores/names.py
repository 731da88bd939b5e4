#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Score the recognition of organisations against annotated sentences.

usage: names.py PROGRAM GOLD [core|fire|knowledgenet|deals|pairs ...] [--errors N] [--test]

PROGRAM is dealgraph, GOLD the folder of the gold data (see its README). A
gold span is found when a mention overlaps it. "org" counts mentions of type
ORG, "name" those of type NAME too. --test takes the test splits of core and
fire. Python standard library only.
"""
import collections
import json
import os
import re
import subprocess
import sys
import tempfile


def mentions(program, texts, lang):
    """One result of `dealgraph mentions` per text."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8",
                                     delete=False) as out:
        for text in texts:
            out.write(text.replace("\n", " ").replace("\r", " ") + "\n")
    try:
        run = subprocess.run([program, "mentions", "--lines", "--lang", lang,
                              out.name], capture_output=True, check=True)
    finally:
        os.unlink(out.name)
    lines = run.stdout.decode("utf-8").rstrip("\n").split("\n")
    assert len(lines) == len(texts), (len(lines), len(texts))
    return [json.loads(line) for line in lines]


def char_spans(text, result, types, but=()):
    """[begin, end) in characters of the named mentions of these types, whose
    entity is of none of the kinds `but`."""
    at = {}
    byte = 0
    for i, c in enumerate(text):
        at[byte] = i
        byte += len(c.encode("utf-8"))
    at[byte] = len(text)
    return [(at[m["begin"]], at[m["end"]]) for m in result["mentions"]
            if m["type"] in types and m["form"] == "name" and
            result["entities"][m["entity"]]["kind"] not in but]


def overlaps(span, spans):
    return any(span[0] < e and b < span[1] for b, e in spans)


def report(name, found, wanted, right=None, given=None):
    line = f"{name:28} recall {found / max(wanted, 1):.3f} ({found}/{wanted})"
    if given is not None:
        line += f"  precision {right / max(given, 1):.3f} ({right}/{given})"
    print(line)


def token_text(tokens):
    """Tokens joined by spaces, and where each begins and ends."""
    spans, at = [], 0
    for token in tokens:
        spans.append((at, at + len(token)))
        at += len(token) + 1
    return " ".join(tokens), spans


NO_NAMES = {"It", "Its", "They", "Their", "The", "This", "We", "Our", "Both",
            "A", "An", "He", "She", "His", "Her", "Which", "Who"}


def is_name(tokens):
    """A name, not "the company" or "They"."""
    return any(t[0].isupper() and t not in NO_NAMES for t in tokens)


def show(errors, n, title):
    if n:
        print(f"-- {title}")
        for text, count in collections.Counter(errors).most_common(n):
            print(f"   {count:3} {text}")


def core(program, gold, options):
    split = "core_test.jsonl" if options["test"] else "core_train.jsonl"
    with open(f"{gold}/core/{split}", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows = [row for row in rows if row["label"] not in
            ("undefined", "product_or_service_of")][:1500]
    texts, wanted = [], []
    for row in rows:
        text, spans = token_text(row["tokens"])
        texts.append(text.replace("\n", " "))
        both = []
        for side in ("e1", "e2"):
            first, last = row[side + "_span"]
            if is_name(row["tokens"][first:last + 1]):
                both.append((spans[first][0], spans[last][1]))
        wanted.append(both)
    results = mentions(program, texts, "en")
    for types in (("ORG",), ("ORG", "NAME")):
        found = total = 0
        errors = []
        for text, spans, result in zip(texts, wanted, results):
            got = char_spans(text, result, types)
            for span in spans:
                total += 1
                if overlaps(span, got):
                    found += 1
                else:
                    errors.append(text[span[0]:span[1]])
        report("core " + "+".join(types), found, total)
    show(errors, options["errors"], "missed")


def fire(program, gold, options):
    split = "fire_test.json" if options["test"] else "fire_dev.json"
    with open(f"{gold}/fire/{split}", encoding="utf-8") as lines:
        rows = json.load(lines)
    texts, wanted, other = [], [], []
    for row in rows:
        text, spans = token_text(row["tokens"])
        texts.append(text)
        wanted.append([(spans[e["start"]][0], spans[e["end"] - 1][1])
                       for e in row["entities"] if e["type"] == "Company"])
        other.append([(spans[e["start"]][0], spans[e["end"] - 1][1])
                      for e in row["entities"]
                      if e["type"] in ("GeopoliticalEntity", "BusinessUnit")])
    results = mentions(program, texts, "en")
    for types in (("ORG",), ("ORG", "NAME")):
        found = total = right = given = near = 0
        missed, extra = [], []
        for text, spans, also, result in zip(texts, wanted, other, results):
            got = char_spans(text, result, types, ("public-body",))
            for span in spans:
                total += 1
                if overlaps(span, got):
                    found += 1
                else:
                    missed.append(text[span[0]:span[1]])
            for span in got:
                given += 1
                if overlaps(span, spans):
                    right += 1
                elif overlaps(span, also):
                    near += 1
                else:
                    extra.append(text[span[0]:span[1]])
        report("fire " + "+".join(types), found, total, right, given)
        report("  units and states ignored", found, total, right,
               given - near)
        show(missed, options["errors"], "missed")
        show(extra, options["errors"], "not companies")


ORG_SLOTS = {"SUBSIDIARY_OF": "so", "FOUNDED_BY": "s", "CEO": "s",
             "HEADQUARTERS": "s", "DATE_FOUNDED": "s"}


def knowledgenet(program, gold, options):
    path = f"{gold}/knowledgenet/knowledgenet_train_from_human_readable.jsonl"
    texts, wanted, index = [], [], {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            slots = ORG_SLOTS.get(row["property"])
            if not slots or not row["positive"]:
                continue
            text = re.sub(r"\s", " ", row["passage"])
            if text not in index:
                index[text] = len(texts)
                texts.append(text)
                wanted.append(set())
            for slot in slots:
                name = row["subject" if slot == "s" else "object"]
                name = re.sub(r"\s", " ", name)
                near = int(row[slot + "start"]) - row["pstart"]
                begin = text.find(name, max(0, near - 4))
                if begin >= 0 and is_name(name.split()):
                    wanted[index[text]].add((begin, begin + len(name)))
    results = mentions(program, texts, "en")
    for types in (("ORG",), ("ORG", "NAME")):
        found = total = 0
        errors = []
        for text, spans, result in zip(texts, wanted, results):
            got = char_spans(text, result, types)
            for span in spans:
                total += 1
                if overlaps(span, got):
                    found += 1
                else:
                    errors.append(text[span[0]:span[1]])
        report("knowledgenet " + "+".join(types), found, total)
    show(errors, options["errors"], "missed")


def deals(program, gold, options):
    folder = f"{gold}/deals-dev"
    sys.path.insert(0, folder)
    import score  # the gold's own comparison of names
    with open(folder + "/gold.jsonl", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    kinds = ("company", "fund", "bank", "organisation", "university",
             "public-body")
    found = total = right = given = 0
    loose = 0
    missed, extra = [], []
    for row in rows:
        run = subprocess.run([program, "mentions", "--lang", "fr",
                              f"{folder}/text/{row['id']}.txt"],
                             capture_output=True, check=True)
        result = json.loads(run.stdout)
        names = ["|".join([e["name"]] + e["aliases"])
                 for e in result["entities"] if e["kind"] in kinds]
        firm = ["|".join([e["name"]] + e["aliases"])
                for e in result["entities"]
                if e["kind"] in ("company", "fund", "bank")]
        unknown = ["|".join([e["name"]] + e["aliases"])
                   for e in result["entities"] if e["kind"] == "unknown"]
        for wanted in row["companies"]:
            total += 1
            if any(score.name_match(wanted, n) for n in names):
                found += 1
            else:
                loose += any(score.name_match(wanted, n) for n in unknown)
                missed.append(f"{wanted} [{row['id']}]")
        for name in firm:
            given += 1
            if any(score.name_match(name, w) for w in row["companies"]):
                right += 1
            else:
                extra.append(f"{name} [{row['id']}]")
    report("deals-dev companies", found, total, right, given)
    report("  unknown kind too", found + loose, total)
    show(missed, options["errors"], "missed")
    show(extra, options["errors"], "not in gold")


def pairs(program, gold, options):
    path = gold + "/names/company_name_pairs.jsonl"
    with open(path, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8",
                                     delete=False) as out:
        for row in rows:
            out.write(row["name1"] + "\t" + row["name2"] + "\n")
    run = subprocess.run([program, "mentions", "--pairs", out.name],
                         capture_output=True, check=True)
    os.unlink(out.name)
    scores = [float(x) for x in run.stdout.split()]
    same = [score >= 0.7 for score in scores]
    right = sum(1 for row, s in zip(rows, same) if s and row["match"])
    given = sum(same)
    wanted = sum(1 for row in rows if row["match"])
    f1 = 2 * right / (given + wanted)
    report("name pairs", right, wanted, right, given)
    print(f"{'':28} F1 {f1:.3f}")
    for title, flag in (("missed", True), ("wrongly the same", False)):
        show([f"{s:.2f} {row['name1']} | {row['name2']}"
              for row, s, x in zip(rows, scores, same)
              if row["match"] is flag and x is not flag],
             options["errors"], title)


PARTS = {"pairs": pairs, "core": core, "fire": fire, "knowledgenet": knowledgenet,
         "deals": deals}


def main(args):
    options = {"errors": 0, "test": "--test" in args}
    args = [a for a in args if a != "--test"]
    if "--errors" in args:
        at = args.index("--errors")
        options["errors"] = int(args[at + 1])
        del args[at:at + 2]
    if len(args) < 2:
        sys.exit(__doc__)
    if not os.path.isdir(args[1]):
        print(f"skipped: no gold data in {args[1]}")
        sys.exit(77)
    for part in args[2:] or PARTS:
        PARTS[part](args[0], args[1], options)


main(sys.argv[1:])
