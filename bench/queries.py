#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""An invented market as N-Quads, for timing the saved queries.

    bench/queries.py DEALS >market.nq

Each deal is told by an article of its own, a tenth of them by a second one
whose telling is merged. About 20 quads a deal; the same bytes each time.
"""

import random
import sys

ID = "https://dealgraph.org/id/"
NS = "https://dealgraph.org/ns#"
PREFIXES = {
    "deal": NS,
    "id": ID,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "currency": "http://publications.europa.eu/resource/authority/currency/",
}
FIRST = "Alto Brisa Cobal Dorne Elvar Fenn Gravel Halden Istra Jarn".split()
SECOND = "Energy Capital Labs Motors Foods Cloud Health Networks".split()
ROLES = {
    "FundingRound": ("company", "investor", "investor"),
    "Investment": ("company", "investor"),
    "Acquisition": ("target", "acquirer"),
    "Partnership": ("partner", "partner"),
    "JointVenture": ("partner", "partner"),
}
STATUS = ["announced"] * 5 + ["completed"] * 3 + ["planned", "rumoured"]


def iri(name):
    prefix, rest = name.split(":", 1)
    return f"<{PREFIXES[prefix]}{rest}>"


def text(value, kind=None):
    return f'"{value}"' + (f"^^{iri('xsd:' + kind)}" if kind else "")


class Market:
    def __init__(self, deals, out):
        self.random = random.Random(20260101)
        self.out = out
        self.deals = deals
        self.n_companies = max(20, deals // 6)

    def add(self, subject, *pairs):
        lines = []
        for predicate, value in pairs:
            lines.append(f"{subject} {iri(predicate)} {value} {self.graph} .\n")
        self.out.write("".join(lines))

    def company(self, number):
        subject = iri(f"id:company/c{number}")
        label = f"{FIRST[number % 10]} {SECOND[number // 10 % 8]} {number}"
        self.add(subject, ("rdf:type", iri("deal:Company")),
                 ("rdfs:label", text(label)),
                 ("deal:country", text(["FR", "US", "DE", "NO"][number % 4])))
        return subject

    def article(self, number):
        article = iri(f"id:article/a{number}")
        self.graph = article
        day = f"20{10 + number % 15}-{1 + number % 12:02}-{1 + number % 28:02}"
        self.add(article, ("rdf:type", iri("deal:Article")),
                 ("deal:articleId", text(f"a{number}")),
                 ("dcterms:title", text(f"Article {number}")),
                 ("dcterms:issued", text(day, "date")),
                 ("deal:url", f"<https://news.example/a{number}>"))
        return article, day

    def deal(self, number, name, article, day, rng):
        deal = iri(f"id:deal/{name}")
        kind = rng.choice(list(ROLES))
        status = iri("deal:" + rng.choice(STATUS))
        parties = rng.sample(range(self.n_companies), len(ROLES[kind]))
        self.add(deal, ("rdf:type", iri("deal:Deal")),
                 ("rdf:type", iri("deal:" + kind)), ("deal:status", status),
                 ("prov:wasDerivedFrom", article),
                 *[("deal:" + role, self.company(party))
                   for role, party in zip(ROLES[kind], parties)])
        if kind not in ("Partnership", "JointVenture"):
            amount = f"{rng.randint(1, 900)}000000.0"
            self.add(deal, ("deal:amountValue", text(amount, "decimal")),
                     ("deal:currency", iri("currency:EUR")))
        elif rng.random() < 0.2:
            self.add(deal, ("deal:exclusive", text("true", "boolean")))
        if rng.random() < 0.5:
            self.add(deal, ("deal:date", text(day, "date")))
        mention = iri(f"id:mention/{name}")
        self.add(mention, ("rdf:type", iri("deal:DealMention")),
                 ("deal:mentionOf", deal), ("deal:status", status),
                 ("deal:quote", text(f"the passage that tells of {name}")),
                 ("deal:begin", text(10, "integer")),
                 ("deal:end", text(50, "integer")),
                 ("deal:rule", text("en.rule")),
                 ("deal:confidence", text("0.9", "decimal")),
                 ("prov:wasDerivedFrom", article))
        return deal

    def relations(self, number, article):
        one = self.company(number % self.n_companies)
        two = self.company((number * 7 + 1) % self.n_companies)
        person = iri(f"id:person/p{number}")
        self.add(person, ("rdf:type", iri("deal:Person")),
                 ("rdfs:label", text(f"Person {number}")),
                 ("deal:founderOf", one))
        self.add(iri(f"id:relation/r{number}"),
                 ("rdf:type", iri("deal:RelationMention")),
                 ("deal:subject", one),
                 ("deal:relation", iri("deal:competesWith")),
                 ("deal:object", two), ("deal:quote", text("its rival")),
                 ("prov:wasDerivedFrom", article))

    def write(self):
        for i in range(self.deals):
            article, day = self.article(i)
            seed = self.random.random()
            deal = self.deal(i, f"d{i}", article, day, random.Random(seed))
            if i % 40 == 0:
                self.relations(i, article)
            if i % 10 == 0:
                article, day = self.article(self.deals + i)
                told = self.deal(i, f"d{i}b", article, day,
                                 random.Random(seed))
                self.add(told, ("deal:duplicateOf", deal))
                self.add(deal, ("deal:disagreesOn", iri("deal:date")))


if __name__ == "__main__":
    Market(int(sys.argv[1]), sys.stdout).write()
