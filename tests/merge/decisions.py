#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Articles merged as they come in, and what people decide on them.

The order of the articles changes nothing; decisions hold after articles are
read again and after the store is made anew; each can be undone.
"""
import csv
import io
import os
import random
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.abspath(os.environ.get("DG_SOURCE") or
                      os.path.join(HERE, "..", ".."))
PROGRAM = os.path.abspath(os.environ.get("DG_PROGRAM") or
                          os.path.join(TOP, "dealgraph"))

# name: (date, text). Two tell one purchase, first as a rumour; two one round,
# with other amounts; one the next round of that company.
ARTICLES = {
    "a-rumour": ("2024-01-10", "Orvelis could acquire Tamisol for 70 million "
                 "euros, according to people close to the matter."),
    "b-signed": ("2024-03-14", "Orvelis has agreed to acquire Tamisol for 85 "
                 "million euros, the two companies said on Thursday."),
    "c-round": ("2024-05-02", "The start-up Lumenor has raised 40 million "
                "euros from Arvor Ventures, it said on Thursday."),
    "d-round": ("2024-05-03", "Lumenor has raised 45 million euros from Arvor "
                "Ventures, the company announced."),
    "e-later": ("2025-04-03", "Lumenor has raised 120 million euros in a "
                "Series C round led by Tern Capital, it announced."),
    "f-pact": ("2024-06-05", "Brisenor and Kelvanor have signed a partnership "
               "to sell heat pumps in Spain, both companies announced."),
    "g-firm": ("2024-06-06", "Tamisol Group has signed a partnership with "
               "Brisenor, the two companies announced on Thursday."),
}
ENV = dict(os.environ, DEALGRAPH_USER="Ana", SOURCE_DATE_EPOCH="1700000000",
           NO_COLOR="1", LC_ALL="C.UTF-8")
ENV.pop("DEALGRAPH_DECISIONS", None)
ID = "https://dealgraph.org/id/"
passed = failed = 0


def run(*arguments, status=0):
    done = subprocess.run([PROGRAM, *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, encoding="utf-8",
                          check=False, timeout=300, env=ENV)
    if done.returncode != status:
        sys.exit(f"{arguments}: {done.returncode} {done.stderr}")
    return done.stdout


def check(claim, good, detail=""):
    global passed, failed
    passed += bool(good)
    failed += not good
    if not good:
        print(f"FAIL {claim} {detail}")


def write_articles(folder):
    paths = []
    for name, (day, text) in ARTICLES.items():
        path = os.path.join(folder, name + ".txt")
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"Date: {day}\n\n{text}\n")
        paths.append(path)
    return paths


def ingest(store, *paths):
    run("ingest", "-d", store, *paths)


def dump(store):
    return run("export", "-d", store, "-o", "-", "--format", "nq")


def deals(store):
    """Rows of the query `deals`: {(company, status, amount)}."""
    rows = csv.DictReader(io.StringIO(
        run("query", "-d", store, "--format", "csv", "deals")))
    return {(r["company"], r["status"], r["amount"].split(".")[0])
            for r in rows}


def listed(store, *options):
    rows = csv.DictReader(io.StringIO(
        run("deals", "-d", store, "list", *options)), delimiter="\t",
        quoting=csv.QUOTE_NONE)
    return list(rows)


def deal_of(store, party, kind, status=None):
    return next(r["deal"] for r in listed(store)
                if party in r["parties"] and r["type"] == kind and
                status in (None, r["status"]))


def decide(store, *arguments):
    return run("deals", "-d", store, *arguments).strip()


def check_order(folder, paths):
    whole = os.path.join(folder, "whole")
    ingest(whole, *paths)
    text = dump(whole)
    check("a rumour and a signature are one deal",
          ("Tamisol", "announced", "85000000") in deals(whole), deals(whole))
    check("the later round is another",
          ("Lumenor", "completed", "45000000") in deals(whole) and
          any(a == "120000000" for _, _, a in deals(whole)), deals(whole))
    for seed in range(4):
        order = list(paths)
        random.Random(seed).shuffle(order)
        store = os.path.join(folder, f"order{seed}")
        for path in order:
            ingest(store, path)
        check(f"order {seed} gives the same graph", dump(store) == text)
    run("merge", "-d", whole, "--recompute")
    check("made anew, the graph is the same", dump(whole) == text)
    short = os.path.join(folder, "short")
    ingest(short, *paths[1:])
    rumour = next(line.split()[0][1:-1] for line in text.splitlines()
                  if '"a-rumour"' in line)
    run("delete", "-d", store, "--graph", rumour)
    check("without an article, merges are as if it had never come",
          dump(store) == dump(short))
    return whole, text


def check_decisions(store, text, paths):
    plain = deals(store)
    purchase = deal_of(store, "Tamisol", "Acquisition")
    rounds = deal_of(store, "Arvor", "FundingRound")
    pact = deal_of(store, "Kelvanor", "Partnership")
    check("a conflict is listed first for review",
          listed(store, "--review")[0]["disagrees"] != "-")
    first = decide(store, "reject", purchase, "--note", "a hoax")
    check("a rejected deal is not shown",
          not any(c == "Tamisol" for c, _, _ in deals(store)), deals(store))
    decide(store, "edit", rounds, "amount=EUR:42000000", "status=announced",
           "investor+=Tern Capital")
    check("an edited amount is shown",
          ("Lumenor", "announced", "42000000") in deals(store), deals(store))
    decide(store, "accept", pact)
    decide(store, "add", "type=Acquisition", "acquirer=Skarvik",
           "target=Orvelis", "amount=SEK:5000000", "date=2024-07")
    check("an added deal is shown",
          ("Orvelis", "announced", "5000000") in deals(store), deals(store))
    check("what is decided needs no review",
          not {purchase, pact} & {r["deal"] for r in listed(store, "--review")})
    run("validate", "-d", store)
    decided = dump(store)
    check("who and when are exported",
          "2023-11-14T22:13:20Z" in decided and "agent/Ana" in decided)
    run("ingest", "-d", store, "--refresh", "--update", *paths)
    run("merge", "-d", store, "--recompute")
    check("decisions hold when all is merged anew", dump(store) == decided)
    shutil.rmtree(store)
    ingest(store, *reversed(paths))
    check("decisions hold in a store made anew", dump(store) == decided)
    os.rename(store + ".decisions", store + ".lost")
    run("merge", "-d", store)
    check("a lost file leaves the decisions of the graph",
          dump(store) == decided)
    os.rename(store + ".lost", store + ".decisions")
    for _ in range(3):
        decide(store, "undo")
    check("what is undone is gone, the rest stays",
          deals(store) == {d for d in plain if d[0] != "Tamisol"},
          deals(store))
    decide(store, "undo", first)
    check("each decision can be undone", deals(store) == plain, deals(store))
    run("deals", "-d", store, "undo", first, status=1)
    merges = [line for line in dump(store).splitlines() if "merges>" in line]
    check("nothing is left of them",
          merges == [x for x in text.splitlines() if "merges>" in x])


def check_reextraction(folder, paths):
    """The deal's IRI changes with its amount; the decision follows it."""
    store = os.path.join(folder, "again")
    ingest(store, paths[1])
    deal = deal_of(store, "Tamisol", "Acquisition")
    decide(store, "reject", deal)
    with open(paths[1], encoding="utf-8") as file:
        before = file.read()
    with open(paths[1], "w", encoding="utf-8") as file:
        file.write(before.replace("85 million", "86 million"))
    run("ingest", "-d", store, "--update", paths[1])
    with open(paths[1], "w", encoding="utf-8") as file:
        file.write(before)
    new = deal_of(store, "Tamisol", "Acquisition")
    check("the article tells another amount now", new != deal)
    check("the decision on it holds", listed(store)[0]["decision"] ==
          "rejected" and not deals(store), listed(store))


def check_entities(store):
    before = dump(store)
    proposed = run("entities", "-d", store, "propose", "--alike", "0.4")
    check("near names are proposed", "Tamisol Group" in proposed, proposed)
    check("and not merged", dump(store) == before)
    run("entities", "-d", store, "merge", "Tamisol Group", "Tamisol")
    rows = run("query", "-d", store, "--format", "csv", "company",
               "--param", "company=Tamisol")
    check("the other's deals are its own", "Brisenor" in rows, rows)
    rows = run("query", "-d", store, "--format", "csv", "company",
               "--param", "company=Tamisol Group")
    check("and found by either name", "Orvelis" in rows, rows)
    run("validate", "-d", store)
    run("merge", "-d", store, "--recompute")
    run("entities", "-d", store, "undo")
    after = [line for line in dump(store).splitlines()
             if "urn:dealgraph:decisions" not in line]
    check("a merge of actors can be undone",
          after == [line for line in before.splitlines()
                    if "urn:dealgraph:decisions" not in line])
    article = next(line.split()[0][1:-1] for line in before.splitlines()
                   if '"b-signed"' in line)
    run("entities", "-d", store, "split", "Tamisol", "Tamisol Bikes", article)
    rows = run("query", "-d", store, "--format", "csv", "acquisitions")
    check("a split actor is another in that article",
          "Tamisol Bikes" in rows and "rumoured" in rows, rows)
    run("validate", "-d", store)
    run("entities", "-d", store, "undo")


def check_links(folder, paths):
    """A lexicon that knows more: links, and IRIs that lead on."""
    store = os.path.join(folder, "links")
    names = os.path.join(folder, "names.tsv")
    with open(names, "w", encoding="utf-8") as file:
        file.write("name\taliases\tkind\tdetail\tflags\twikidata\n"
                   "Tamisol Holding\tTamisol\torg\tcompany\t\tQ111\n"
                   "Orvelis\tOrvelis\torg\tcompany\tambiguous\tQ222\n")
    ingest(store, paths[1])
    decide(store, "accept", deal_of(store, "Tamisol", "Acquisition"))
    run("ingest", "-d", store, "--refresh", "--lexicon", names, paths[1])
    text = dump(store)
    check("a name of its own is linked for sure",
          "tamisol-holding> <http://www.w3.org/2002/07/owl#sameAs> "
          "<http://www.wikidata.org/entity/Q111>" in text)
    check("a common word is not",
          "orvelis> <http://www.w3.org/2004/02/skos/core#closeMatch> "
          "<http://www.wikidata.org/entity/Q222>" in text and
          text.count("owl#sameAs") == 1)
    check("the old IRI leads to the new one",
          f"<{ID}company/tamisol> <http://purl.org/dc/terms/isReplacedBy> "
          f"<{ID}company/tamisol-holding>" in text)
    check("and the decision on its deal holds",
          listed(store)[0]["decision"] == "accepted", listed(store))
    run("validate", "-d", store)


def check_hostile(folder, paths):
    plain = os.path.join(folder, "plain")
    store = os.path.join(folder, "hostile")
    path = os.path.join(folder, "hostile.nq")
    ingest(plain, paths[1])
    with open(path, "w", encoding="utf-8") as file:
        file.write(dump(plain).replace(
            "two companies", "two \\u001b[2J \u009b31m \u202e companies")
            .replace('"Orvelis"', '"Orve\\u001b[31mlis"')
            .replace('"b-signed"', '"b\\u0007\\r\\n"'))
    run("load", "-d", store, path)
    text = run("deals", "-d", store, "list")
    deal = deal_of(store, "Tamisol", "Acquisition")
    text += run("deals", "-d", store, "show", deal)
    decide(store, "accept", deal)
    with open(store + ".decisions", encoding="utf-8", newline="") as file:
        text += file.read() + run("deals", "-d", store, "log")
    check("control characters reach neither terminal nor file",
          "Tamisol" in text and
          not {"\x1b", "\u009b", "\r", "\x07"} & set(text))
    check("nor do marks of direction the terminal",
          "\u202e" not in run("deals", "-d", store, "show", deal))
    with open(store + ".decisions", "a", encoding="utf-8") as file:
        file.write("2024-01-01T00:00:00Z\tBob\tfrown\tdeal=x\n")
    done = subprocess.run([PROGRAM, "merge", "-d", store], env=ENV,
                          stderr=subprocess.PIPE, encoding="utf-8",
                          check=False)
    check("a bad line is named", done.returncode == 1 and
          "hostile.decisions:4:" in done.stderr and
          "unknown verb" in done.stderr, done.stderr)


def main():
    with tempfile.TemporaryDirectory() as folder:
        paths = write_articles(folder)
        store, text = check_order(folder, paths)
        check_decisions(store, text, paths)
        check_reextraction(folder, paths)
        check_entities(store)
        check_links(folder, paths)
        check_hostile(folder, paths)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
