#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Generated queries over generated graphs, answered by oxigraph too.

    differential.py [QUERIES [SEED]]

Each answer must be the same multiset of rows. Numbers are compared by value,
blank nodes as one another. Skipped where node does not find oxigraph's package
(NODE_PATH). What is generated has one right answer by the specification: no
LIMIT without a total order, no MIN or MAX of what cannot be compared.

Queries with a choice among paths, a|b or !(a|^b), ask for distinct rows and
count nothing: a pair that two arms lead to is two solutions (SPARQL 1.1 Query,
18.4, Alternative: the union of both, a multiset), of which oxigraph gives one.

An aggregate without GROUP BY gives one row over no solutions (18.5.1); where
oxigraph sees beforehand that there are none, it gives no row. That is counted
as explained.
"""
import collections
import json
import os
import random
import re
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(os.environ.get("DG_PROGRAM", "./dealgraph"))
PREFIX = ("PREFIX : <http://e/> "
          "PREFIX x: <http://www.w3.org/2001/XMLSchema#>\n")
XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = {XSD + t for t in ("integer", "decimal", "double", "float", "int",
                             "long", "nonNegativeInteger")}
NODE = """
const ox = require('oxigraph'), fs = require('fs');
for (const line of fs.readFileSync(0, 'utf8').split('\\n')) {
  if (!line) continue;
  const job = JSON.parse(line), store = new ox.Store();
  store.load(job.data, {format: 'application/trig'});
  const out = job.queries.map(q => {
    try {
      return store.query(q, {results_format: 'application/sparql-results+json'});
    } catch (e) { return 'error ' + e; }
  });
  console.log(JSON.stringify(out));
}
"""
LITERALS = ["1", "2", "3", "10", "2.5", "1.5", "-4", "1.0E1", "true", '"a"',
            '"ab"', '"b"@en', '"b"@fr', '"a b"', '"2020-02-29"^^x:date',
            '"2021-05-01"^^x:date', '"2020-01-01T12:00:00Z"^^x:dateTime',
            '"2020-01-01T10:00:00-03:00"^^x:dateTime', '""', '"10"']


class Generator:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.choices = False

    def one(self, *choices):
        return self.r.choice(choices)

    def node(self):
        return f":n{self.r.randrange(8)}"

    def predicate(self):
        return f":p{self.r.randrange(5)}"

    def graph(self):
        def triples(n):
            out = []
            for _ in range(n):
                if self.r.random() < 0.5:
                    out.append(f"{self.node()} {self.predicate()} "
                               f"{self.node()} .")
                else:
                    out.append(f"{self.node()} :v{self.r.randrange(2)} "
                               f"{self.r.choice(LITERALS)} .")
            return "\n".join(out)
        text = ("@prefix : <http://e/> . @prefix x: <%s> .\n" % XSD +
                triples(30))
        for name in ":g1", ":g2":
            text += f"\n{name} {{ {triples(12)} }}"
        return text

    def var(self):
        return "?" + self.r.choice("abcde")

    def path(self, depth=0):
        kind = self.r.randrange(8) if depth < 2 else 0
        if kind in (3, 5) and not self.choices:
            kind = 2
        if kind == 1:
            return "^" + self.predicate()
        if kind == 2:
            return f"({self.path(depth + 1)}/{self.path(depth + 1)})"
        if kind == 3:
            return f"({self.path(depth + 1)}|{self.path(depth + 1)})"
        if kind == 4:
            return f"({self.path(depth + 1)})" + self.one("*", "+", "?")
        if kind == 5:
            return f"!({self.predicate()}|^{self.predicate()})"
        return self.predicate()

    def triple(self):
        s = self.var() if self.r.random() < 0.8 else self.node()
        if self.r.random() < 0.35:
            o = self.var() if self.r.random() < 0.8 else \
                self.r.choice(LITERALS)
            return f"{s} {self.one(':v0', ':v1')} {o} ."
        o = self.var() if self.r.random() < 0.75 else self.node()
        if self.r.random() < 0.25:
            return f"{s} {self.path()} {o} ."
        if self.r.random() < 0.1:
            return f"{s} {self.var()} {o} ."
        return f"{s} {self.predicate()} {o} ."

    def value(self, depth=0):
        kind = self.r.randrange(12) if depth < 2 else self.r.randrange(3)
        if kind < 2:
            return self.var()
        if kind == 2:
            return self.r.choice(LITERALS)
        if kind == 3:
            return (f"({self.value(depth + 1)} {self.one(*'+-*')} "
                    f"{self.value(depth + 1)})")
        if kind == 4:
            return f"STRLEN({self.value(depth + 1)})"
        if kind == 5:
            return f"STR({self.value(depth + 1)})"
        if kind == 6:
            return (f"IF({self.condition(depth + 1)}, "
                    f"{self.value(depth + 1)}, {self.value(depth + 1)})")
        if kind == 7:
            return f"COALESCE({self.var()}, {self.value(depth + 1)})"
        if kind == 8:
            return self.one("LCASE", "UCASE", "ABS", "DATATYPE", "LANG",
                            "YEAR", "ROUND") + f"({self.value(depth + 1)})"
        if kind == 9:
            return f"CONCAT({self.value(depth + 1)}, \"-\")"
        if kind == 10:
            return f"SUBSTR({self.value(depth + 1)}, 1, 1)"
        return self.node()

    def condition(self, depth=0):
        kind = self.r.randrange(11) if depth < 2 else self.r.randrange(4)
        if kind < 3:
            op = self.one("=", "!=", "<", ">", "<=", ">=")
            a, b = self.value(depth + 1), self.value(depth + 1)
            # IRIs have no order (17.3); oxigraph knows of <= for equal ones.
            literal = "" if op in ("=", "!=") else \
                f"isLiteral({a}) && isLiteral({b}) && "
            return f"({literal}{a} {op} {b})"
        if kind == 3:
            return f"BOUND({self.var()})"
        if kind == 4:
            return (f"({self.condition(depth + 1)} {self.one('&&', '||')} "
                    f"{self.condition(depth + 1)})")
        if kind == 5:
            return f"(!{self.condition(depth + 1)})"
        if kind == 6:
            return (f"({self.var()} {self.one('IN', 'NOT IN')} "
                    f"({self.value(2)}, {self.value(2)}))")
        if kind == 7:
            return self.one("isIRI", "isLiteral", "isNumeric") + \
                f"({self.var()})"
        if kind == 8:
            return f"{self.one('', 'NOT ')}EXISTS {{ {self.triple()} }}"
        if kind == 9:
            return f"REGEX(STR({self.var()}), \"{self.one('a', '^b', '1$')}\")"
        return (f"({self.var()} {self.one('<', '>=', '=', '>')} "
                f"{self.r.choice(LITERALS)})")

    def group(self, depth):
        parts = [self.triple() for _ in range(self.r.randint(1, 3))]
        fresh = 0
        for _ in range(self.r.choice((0, 1, 1, 2, 3))):
            kind = self.r.randrange(11)
            if depth >= 2 and kind in (0, 1, 2, 3, 4, 8):
                kind = 5
            if kind == 0:
                parts.append(f"OPTIONAL {{ {self.group(depth + 1)} }}")
            elif kind == 1:
                parts.append(f"{{ {self.group(depth + 1)} }} UNION "
                             f"{{ {self.group(depth + 1)} }}")
            elif kind == 2:
                parts.append(f"MINUS {{ {self.group(depth + 1)} }}")
            elif kind == 3:
                parts.append(f"GRAPH {self.one(':g1', '?g', '?a')} "
                             f"{{ {self.group(depth + 1)} }}")
            elif kind == 4:
                parts.append(f"{{ {self.select(depth + 1)} }}")
            elif kind in (5, 6, 7):
                parts.append(f"FILTER({self.condition()})")
            elif kind == 8:
                parts.append(f"{{ {self.group(depth + 1)} }}")
            elif kind == 9:
                fresh += 1
                parts.append(f"BIND({self.value()} AS ?f{depth}{fresh}"
                             f"{self.r.randrange(10**6)})")
            else:
                rows = " ".join(f"({self.one(self.node(), 'UNDEF', '1')} "
                                f"{self.one(self.node(), 'UNDEF')})"
                                for _ in range(self.r.randint(1, 3)))
                parts.append(f"VALUES (?a ?{self.r.choice('bcd')}) "
                             f"{{ {rows} }}")
        return " ".join(parts)

    def aggregate(self):
        kind = self.r.randrange(4)
        distinct = self.one("", "", "DISTINCT ")
        if kind == 0:
            return f"COUNT({distinct}*)"
        return self.one("COUNT", "SUM", "AVG") + f"({distinct}{self.var()})"

    def select(self, depth):
        where = self.group(depth)
        if not self.choices and self.r.random() < 0.3:
            least = 1 if depth else 0
            keys = sorted({self.var()
                           for _ in range(self.r.randint(least, 2))})
            head = " ".join(keys) + f" ({self.aggregate()} AS ?z{depth})"
            tail = f" GROUP BY {' '.join(keys)}" if keys else ""
            if keys and self.r.random() < 0.3:
                tail += f" HAVING(COUNT(*) > {self.r.randrange(3)})"
            return f"SELECT {head} WHERE {{ {where} }}{tail}"
        names = sorted({self.var() for _ in range(3)})
        distinct = self.one("", "", "DISTINCT ")
        if self.choices:
            distinct = "DISTINCT "
        head = distinct + " ".join(names)
        return f"SELECT {head} WHERE {{ {where} }}"

    def query(self):
        self.choices = self.r.random() < 0.25
        kind = self.r.randrange(12)
        if kind == 0:
            return f"{PREFIX}ASK {{ {self.group(0)} }}"
        return PREFIX + self.select(0)


def plain(term):
    if term["type"] == "bnode":
        return "_:"
    if term["type"] == "uri":
        return "<" + term["value"] + ">"
    kind = term.get("datatype", XSD + "string")
    if kind in NUMBERS:
        try:
            return "%.10g" % float(term["value"]) + kind
        except ValueError:
            pass
    if kind == XSD + "dateTime":
        return term["value"].replace("+00:00", "Z")
    return repr(term["value"]) + kind + term.get("xml:lang", "").lower()


def rows(text):
    data = json.loads(text)
    if "boolean" in data:
        return data["boolean"]
    return collections.Counter(
        tuple(sorted((k, plain(v)) for k, v in row.items()))
        for row in data["results"]["bindings"])


def ours(data, query):
    done = subprocess.run(
        [PROGRAM, "query", "--data", data, "--default-graph", "strict",
         "--timeout", "20", "--format", "json", "-e", query],
        capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else "error " + done.stderr


def is_explained(query, mine, other):
    whole = "GROUP BY" not in query and re.search(
        r"^SELECT  ?\((COUNT|SUM|AVG)", query, re.M)
    return whole and sum(rows(mine).values()) == 1 and not rows(other)


def verdict(query, mine, other):
    if mine.startswith("error") and other.startswith("error"):
        return "both refuse"
    if mine.startswith("error") or other.startswith("error"):
        return "one refuses"
    if rows(mine) == rows(other):
        return "same"
    return "explained" if is_explained(query, mine, other) else "differs"


def main():
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    found = subprocess.run(["node", "-e", "require('oxigraph')"],
                           capture_output=True, check=False) \
        if any(os.access(os.path.join(p, "node"), os.X_OK)
               for p in os.environ.get("PATH", "").split(":")) else None
    if not found or found.returncode:
        print("differential: skipped, node does not find oxigraph "
              "(NODE_PATH)")
        sys.exit(77)
    generator = Generator(seed)
    jobs = [{"data": generator.graph(),
             "queries": [generator.query() for _ in range(20)]}
            for _ in range((total + 19) // 20)]
    theirs = subprocess.run(
        ["node", "-e", NODE], text=True, capture_output=True, check=True,
        input="".join(json.dumps(j) + "\n" for j in jobs)).stdout
    counts = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "data.trig")
        for job, line in zip(jobs, theirs.splitlines()):
            with open(path, "w", encoding="utf-8") as file:
                file.write(job["data"])
            for query, other in zip(job["queries"], json.loads(line)):
                mine = ours(path, query)
                what = verdict(query, mine, other)
                counts[what] += 1
                if what in ("differs", "one refuses"):
                    print(what, "\n" + re.sub(r"^PREFIX.*\n", "", query))
                    print("  ours:  ", mine[:600].replace("\n", " "))
                    print("  theirs:", other[:600].replace("\n", " "))
                    keep = os.environ.get("DG_KEEP")
                    if keep:
                        with open(f"{keep}/{sum(counts.values())}.json", "w",
                                  encoding="utf-8") as file:
                            json.dump([job["data"], query, mine, other], file)
    bad = counts["differs"] + counts["one refuses"]
    print(dict(counts))
    print(f"{sum(counts.values()) - bad} passed, {bad} failed")
    sys.exit(1 if bad else 0)


main()
