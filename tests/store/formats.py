#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What is exported is read back by other programs, and is the same again.

RDF/XML by raptor's rapper and by rdflib, JSON-LD by rdflib; the table of deals
by Python's csv, and as a workbook by its parts; the network by an XML parser.
Equal stores, however they came to be, give equal bytes in each format.
"""
import csv
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile

PROGRAM = os.path.abspath(os.environ.get("DG_PROGRAM", "./dealgraph"))
SOURCE = os.path.abspath(os.environ.get("DG_SOURCE", "."))
FORMATS = "ttl trig nt nq rdf jsonld csv xlsx gexf graphml dot".split()
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
passed = failed = 0

# All that is hard to write: markup, quotes, tags, types, blank nodes,
# properties of unknown namespaces, graphs of every kind.
HARD = r"""
@prefix : <http://example.org/x#> .
@prefix o: <http://example.org/other/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:a :text "a < b & \"c\" > d", "tab\tline\nfeed\rreturn", " blanks ", "",
     "\\ and ]]>", "é 漢字 😀"@fr, "plain"@en-gb ;
   :value 12, 012, 1.50, 1e3, true, "2024-02-29"^^xsd:date,
     "<b>x</b>"^^rdf:XMLLiteral, "odd"^^<http://example.org/type?a=1&b=2> ;
   o:p-1 :b, <http://example.org/a?x=1&y='2'>, _:one ;
   <urn:example:p.été> _:two ;
   a :T, o:U, _:one, "no class" .
_:one :text "blank" ; rdf:first _:two ; rdf:rest rdf:nil .
_:two rdf:_1 _:one .
<http://example.org/g> { :a :p :b . :b :p "in g"@de . _:one :p 1 }
_:named { :a :p :c . :a rdf:type :T }
"""

# Two articles of one round, a partnership, a purchase that was called off,
# a contract; names that a spreadsheet or XML could take for more than text.
DEALS = r"""
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix deal: <https://dealgraph.org/ns#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <http://example.org/> .
:g1 {
  :round a deal:Deal, deal:FundingRound ; deal:company :zig ;
    deal:investor :ann, :bob ; deal:leadInvestor :bob ;
    deal:amountValue 12.5 ; deal:status deal:announced ;
    deal:currency
      <http://publications.europa.eu/resource/authority/currency/EUR> ;
    deal:date "2024-03-01"^^<http://www.w3.org/2001/XMLSchema#date> ;
    deal:dateText "2024-03" ; prov:wasDerivedFrom :art1 .
  :zig a deal:Company ; rdfs:label "Zig & \"Zag\", Inc" ; deal:country "FR" .
  :ann a deal:Fund ; rdfs:label "=Ann\\Fund" .
  :bob a deal:Fund ; rdfs:label "Bob", "Bob Capital" .
  :m1 deal:mentionOf :round ; deal:confidence 0.5 ; deal:quote "weak" .
  :m2 deal:mentionOf :round ; deal:confidence 0.9 ; deal:quote "-strong <x>" .
  :art1 deal:articleId "one" .
}
:g2 {
  :again a deal:Deal, deal:FundingRound ; deal:company :zig ;
    deal:investor :cleo ; deal:status deal:completed ;
    deal:duplicateOf :round ; prov:wasDerivedFrom :art2 .
  :round deal:investor :cleo ; deal:status deal:completed ;
    prov:wasDerivedFrom :art2 .
  :cleo a deal:Company ; rdfs:label "Cléo" .
  :art2 deal:url <http://news.example/2> .
  :ally a deal:Deal, deal:Partnership ; deal:partner :zig, :cleo ;
    deal:status deal:announced ; prov:wasDerivedFrom :art2 .
  :buy a deal:Deal, deal:Acquisition ; deal:acquirer :cleo ; deal:target :zig ;
    deal:status deal:cancelled ; prov:wasDerivedFrom :art2 .
  :job a deal:Deal, deal:Contract ; deal:supplier :ann ; deal:customer :bob ;
    deal:partner :ann, :bob ; deal:status deal:completed ;
    prov:wasDerivedFrom :art2 .
  :art2 dcterms:issued "2024-05-02"^^<http://www.w3.org/2001/XMLSchema#date> .
}
"""


def check(what, good, more=""):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print(what, more)


def run(*words, status=0):
    done = subprocess.run(words, capture_output=True, check=False)
    check(" ".join(words[1:4]), done.returncode == status,
          f"status {done.returncode}: {done.stderr.decode()}")
    return done.stdout


def load(store, text, name="in.trig"):
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)
    run(PROGRAM, "load", "-q", "-d", store, name)


def exported(store, form, *more):
    path = f"{store}.{form}"
    run(PROGRAM, "export", "-d", store, "-o", path, *more)
    with open(path, "rb") as file:
        return file.read()


def graph_name(name):
    """rdflib calls the default graph by the file."""
    if not name.startswith(("http:", "file:")):
        return "blank"
    return "" if name.startswith("file:") else str(name)


def check_rdf():
    load("hard", HARD)
    nt = exported("hard", "nt")
    exported("hard", "rdf")
    run(PROGRAM, "load", "-q", "-d", "hard-rdf", "hard.rdf")
    check("RDF/XML by ourselves",
          len(exported("hard-rdf", "nt").splitlines()) == len(nt.splitlines()))
    if shutil.which("rapper"):
        lines = run("rapper", "-q", "hard.rdf")
        check("rapper", len(lines.splitlines()) == len(nt.splitlines()))
    try:
        import rdflib
        from rdflib.compare import isomorphic
    except ImportError:
        print("formats: rdflib is absent, so it reads nothing back")
        return
    rdflib.NORMALIZE_LITERALS = False
    plain = rdflib.Graph().parse("hard.nt", format="nt")
    again = rdflib.Graph().parse("hard.rdf", format="xml")
    check("rdflib reads RDF/XML", isomorphic(plain, again))
    exported("hard", "jsonld")
    exported("hard", "nq")
    sets = []
    for name, form in ("hard.nq", "nquads"), ("hard.jsonld", "json-ld"):
        data = rdflib.ConjunctiveGraph()
        data.parse(name, format=form)
        sets.append({graph_name(g.identifier): g for g in data.contexts()
                     if len(g)})
    check("graphs of JSON-LD", sets[0].keys() == sets[1].keys(),
          str([list(s) for s in sets]))
    for name, graph in sets[0].items():
        check(f"rdflib reads JSON-LD, graph {name}",
              isomorphic(graph, sets[1].get(name, rdflib.Graph())))


def check_refused():
    for name, text, form in (
            ("control", '<http://e/a> <http://e/p> "\\u0001" .', "rdf"),
            ("property", '<http://e/a> <http://e/1> "x" .', "rdf"),
            ("short", '<deal:a> <http://e/p> "x" .', "jsonld")):
        load(name, text, "in.nt")
        run(PROGRAM, "export", "-d", name, "-o", f"no.{form}", status=1)
        check(f"nothing is left of {name}", not os.path.exists(f"no.{form}"))


def cells(sheet):
    rows = []
    for row in sheet.iter(MAIN + "row"):
        values = {}
        for cell in row.iter(MAIN + "c"):
            column = re.match("[A-Z]+", cell.get("r")).group()
            node = cell.find(MAIN + "v")
            node = cell.find(f"{MAIN}is/{MAIN}t") if node is None else node
            values[column] = node.text
        rows.append(values)
    return rows


def check_table():
    rows = list(csv.DictReader(io.StringIO(
        exported("deals", "csv").decode(), newline="")))
    by_type = {row["type"]: row for row in rows}
    check("a row each deal", len(rows) == 4, str(rows))
    row = by_type["FundingRound"]
    for column, value in (
            ("company", 'Zig & "Zag", Inc'), ("amount", "12.5"),
            ("investors", "'=Ann\\Fund; Bob; Cléo"), ("currency", "EUR"),
            ("lead_investors", "Bob"), ("status", "completed"),
            ("date", "2024-03"), ("articles", "2"), ("confidence", "0.9"),
            ("sources", "http://news.example/2 one"),
            ("quote", "'-strong <x>"), ("deal", "http://example.org/round")):
        check(column, row[column] == value, row[column])
    check("called off", by_type["Acquisition"]["status"] == "cancelled")
    check("date of the article", by_type["Contract"]["date"] == "2024-05-02")
    exported("deals", "xlsx")
    with zipfile.ZipFile("deals.xlsx") as book:
        check("the parts are whole", book.testzip() is None)
        for name in book.namelist():
            ET.fromstring(book.read(name))
        sheet = cells(ET.fromstring(book.read("xl/worksheets/sheet1.xml")))
        ties = cells(ET.fromstring(book.read("xl/worksheets/sheet2.xml")))
    check("as many rows", len(sheet) == len(rows) + 1)
    check("text as it is", any(r.get("E") == "=Ann\\Fund; Bob; Cléo"
                               for r in sheet), str(sheet))
    check("a number", any(r.get("N") == "12.5" for r in sheet))
    check("ties", {(r["A"], r["B"], r["C"]) for r in ties[1:]} == {
        ("=Ann\\Fund", "invested in", 'Zig & "Zag", Inc'),
        ("=Ann\\Fund", "supplies", "Bob"), ("Bob", "invested in",
                                            'Zig & "Zag", Inc'),
        ("Cléo", "invested in", 'Zig & "Zag", Inc'),
        ("Cléo", "partner", 'Zig & "Zag", Inc')}, str(ties))


def check_network():
    space = "{http://www.gexf.net/1.2draft}"
    gexf = ET.fromstring(exported("deals", "gexf"))
    labels = {n.get("id"): n.get("label") for n in gexf.iter(space + "node")}
    edges = sorted((labels[e.get("source")], e.get("label"),
                    labels[e.get("target")], e.get("type"), e.get("weight"))
                   for e in gexf.iter(space + "edge"))
    check("GEXF", edges[0] == ("=Ann\\Fund", "invested in",
                               'Zig & "Zag", Inc', "directed", "1") and
          edges[-1] == ("Cléo", "partner", 'Zig & "Zag", Inc', "undirected",
                        "1") and len(edges) == 5, str(edges))
    space = "{http://graphml.graphdrawing.org/xmlns}"
    graphml = ET.fromstring(exported("deals", "graphml"))
    data = [{d.get("key"): d.text for d in e.iter(space + "data")}
            for e in graphml.iter(space + "edge")]
    check("GraphML", len(data) == 5 and len(labels) == len(
        list(graphml.iter(space + "node"))) == 4)
    check("mutual", [d["tie"] for d in data if d["mutual"] == "true"] ==
          ["partner"], str(data))
    check("since", {d["since"] for d in data if d["tie"] == "invested in"} ==
          {"2024-03"}, str(data))
    dot = exported("deals", "dot").decode()
    check("dot escapes", '[label="=Ann\\\\Fund"' in dot and
          '[label="Zig & \\"Zag\\", Inc"' in dot, dot)
    if shutil.which("dot"):
        run("dot", "-Tsvg", "-o", "deals.svg", "deals.dot")


def check_equal():
    lines = exported("deals", "nq").decode().splitlines()
    other = "\n".join(reversed(lines)) + "\n"
    load("other", other, "in.nq")
    for form in FORMATS:
        check(f"equal bytes, {form}",
              exported("deals", form) == exported("other", form))
    one = exported("deals", "csv", "-g", "http://example.org/g1").decode()
    check("one graph", "Cléo" not in one and "FundingRound" in one, one)
    run(PROGRAM, "load", "-q", "-d", "empty", os.devnull, "-f", "nq")
    for form in FORMATS:
        exported("empty", form)


def main():
    folder = tempfile.mkdtemp()
    os.chdir(folder)
    try:
        check_rdf()
        check_refused()
        load("deals", DEALS)
        check_table()
        check_network()
        check_equal()
    finally:
        os.chdir("/")
        shutil.rmtree(folder)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
