#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Make the generated files of this folder from tables of public origin.

usage: build.py GOLD [--words FR.tsv EN.tsv]

GOLD holds names/listed-companies.tsv (listed companies: FinanceDatabase, MIT;
S&P 500 constituents, PDDL; SEC company list, public domain) and
codes/country-codes.csv (countries, PDDL). Written:

  countries.tsv       names of countries in French and English
  orgs-listed.tsv     listed companies, legal forms stripped as aliases
  fr/common.tsv, en/common.tsv   only with --words: frequent lower-case words,
                      from tables "word, lower-case count, count at the start
                      of sentences, count with a capital elsewhere"

Python standard library only. The hand-written lists of this folder say which
aliases are common words, first names or places.
"""
import csv
import os
import re
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))


def fold(text):
    text = text.replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    text = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in text if not unicodedata.combining(c))


def entries(path):
    """(name, aliases) of a source file, marks taken off."""
    with open(os.path.join(HERE, path), encoding="utf-8") as lines:
        columns = None
        for line in lines:
            line = line.rstrip("\n")
            if not line or line[0] in "#@":
                continue
            if columns is None:
                columns = line.split("\t")
                continue
            fields = line.split("\t")
            forms = [fields[0]]
            if len(fields) > 1 and columns[1] == "aliases":
                forms += fields[1].split("|")
            yield [f.rstrip("?=") for f in forms if f]


def write(path, header, rows):
    with open(os.path.join(HERE, path), "w", encoding="utf-8") as out:
        out.write(header)
        for row in rows:
            out.write("\t".join(row).rstrip("\t") + "\n")
    print(path, len(rows))


# ---------------------------------------------------------------- countries

EXTRA = {
    "US": "États-Unis|Etats-Unis|United States|United States of America|USA|"
          "U.S.|US=|U.S.A.|U.S|America",
    "GB": "Royaume-Uni|United Kingdom|UK=|U.K.|Great Britain",
    "RU": "Russie|Russia", "KR": "Corée du Sud|South Korea|Korea|Corée",
    "KP": "Corée du Nord|North Korea", "CN": "Chine|China",
    "TW": "Taïwan|Taiwan", "HK": "Hong Kong|Hongkong", "VN": "Vietnam",
    "IR": "Iran", "SY": "Syrie|Syria", "CZ": "République tchèque|"
    "Czech Republic|Czechia|Tchéquie", "CI": "Côte d'Ivoire|Ivory Coast",
    "NL": "Pays-Bas|Netherlands|Holland|Hollande", "VA": "Vatican",
    "BO": "Bolivie|Bolivia", "VE": "Venezuela", "TZ": "Tanzanie|Tanzania",
    "MD": "Moldavie|Moldova", "LA": "Laos", "MK": "Macédoine|Macedonia",
    "CD": "République démocratique du Congo|RDC=", "CG": "Congo",
    "AE": "Émirats arabes unis|Emirats arabes unis|United Arab Emirates|"
    "UAE=", "SA": "Arabie saoudite|Saudi Arabia", "TR": "Turquie|Turkey|"
    "Türkiye", "IN": "Inde|India", "JP": "Japon|Japan", "DE": "Allemagne|"
    "Germany", "FR": "France", "MM": "Birmanie|Myanmar", "GE": "Géorgie",
    "JE": "Jersey", "GG": "Guernsey|Guernesey", "IM": "Isle of Man|"
    "île de Man", "KY": "Cayman Islands|îles Caïmans", "BM": "Bermuda|"
    "Bermudes", "VG": "British Virgin Islands|îles Vierges britanniques",
    "PS": "Palestine", "LY": "Libye|Libya", "MC": "Monaco",
}
SKIP = {"Georgia", "Jersey", "Mali", "Jordan", "Chad", "Guinea", "Turkey",
        "Togo", "Guam", "Reunion", "Réunion"}


def clean_country(name):
    name = re.sub(r"\s*\(.*?\)", "", name).replace("’", "'").strip(" *")
    return name


def countries(gold):
    rows = []
    codes = {}
    with open(gold + "/codes/country-codes.csv", encoding="utf-8") as table:
        for row in csv.DictReader(table):
            code = row["ISO3166-1-Alpha-2"].strip()
            if not code:
                continue
            names = EXTRA.get(code, "").split("|")
            for column in ("UNTERM French Short", "UNTERM English Short",
                           "CLDR display name"):
                names.append(clean_country(row[column]))
            for name in (row["official_name_en"], row["CLDR display name"]):
                codes[fold(clean_country(name))] = code
            seen = []
            for name in names:
                if not name or name in seen or " SAR " in name:
                    continue
                seen.append(name)
            for name in seen:
                codes[fold(name.rstrip("=?"))] = code
            seen = [n + "?" if n in SKIP else n for n in seen]
            rows.append((seen[0], "|".join(seen[1:]), code))
    write("countries.tsv",
          "# Countries in French and English. Made by build.py from the ISO "
          "3166 table of datasets/country-codes (PDDL).\n"
          "@ kind=place\nname\taliases\tcountry\n", rows)
    codes["the netherlands"] = "NL"
    codes["netherlands antilles"] = "CW"
    return codes


# ---------------------------------------------------------- listed companies

LEGAL = """inc incorporated corp corporation co company ltd limited plc llc lp
llp l.p. n.v. nv b.v. bv s.a. sa se ag kgaa gmbh ab asa as a/s oyj oy spa s.p.a.
sab s.a.b. de c.v. sas s.a.s. sca s.c.a. tbk pt publ (publ) aktiengesellschaft
bhd berhad pty aps kg nyrt plc. inc. corp. co. ltd. hf. s.p.a sgps holdings
holding group trust/the fund/the the""".split()
HARD = set(LEGAL) - {"holdings", "holding", "group", "the", "de", "as"}
SOFT = {"holdings", "holding", "group", "groupe", "company", "international",
        "industries", "enterprises", "technologies", "corporation", "the"}
NOT_COMPANY = re.compile(
    r"\b(etf|etc|etn|etp|ucits|warrants?|notes?|bonds?|certificates?|tracker|"
    r"units?|rights|preferred|preference|depositary|depository|bull|bear|"
    r"leveraged|3x|2x|fund|funds|fondo|invest - |portfolio|index|municipal|"
    r"income trust|subscription|daily|yield|maturity|treasury bond|swap|"
    r"acquisition corp|acquisition co|spac|shares|wisdomtree|ishares|xtrackers|"
    r"lyxor|spdr|sicav|physical|series|kl|pensionplanner|formuepleje|nykredit "
    r"invest|sparinvest|danske invest|jyske invest|nordea invest|bankinvest|"
    r"maj invest|sydinvest|lån & spar|royalty)\b|%", re.I)
TAIL = re.compile(
    r"\s*(/[A-Z]{2,}/?|\\[A-Z]{2,}\\?|/ADR|/The|\(The\)|\bADR\b.*|"
    r"\bClass [A-Z]\b.*|\bDepositary.*|\bOrdinary.*|\bA/S\b|\bRegistered\b.*|"
    r"\bBearer\b.*|\bNamen?\b.*)\s*$")
KEEP_UPPER = re.compile(r"^(?:[^AEIOUY]{2,4}|[A-Z]{1,3}|[A-Z&]{1,4}|.*\d.*)$")
SMALL = {"of", "and", "the", "for", "de", "la", "le", "du", "des", "et", "in",
         "di", "y", "del", "von", "e"}


def cased(name):
    """A name in capitals as it would be written in running text."""
    if not name.isupper():
        return name
    words = []
    for i, word in enumerate(name.split()):
        if i and word.lower() in SMALL:
            words.append(word.lower())
        elif KEEP_UPPER.match(word) and len(word) < 5:
            words.append(word)
        else:
            words.append("-".join(p.capitalize() for p in word.split("-")))
    return " ".join(words)


def stripped(name):
    """Without legal forms at the end."""
    words = name.replace(",", " ").split()
    while len(words) > 1 and fold(words[-1]).strip("()") in HARD:
        words.pop()
    if len(words) > 1 and words[0] == "PT":
        words = words[1:]
    while len(words) > 1 and words[-1] in ("&", "and", "-", "/"):
        words.pop()
    return " ".join(words)


class Words:
    """What a form could also be."""

    def __init__(self):
        self.common = set()
        for path in ("fr/common.tsv", "en/common.tsv"):
            if os.path.exists(os.path.join(HERE, path)):
                for forms in entries(path):
                    self.common.update(fold(f) for f in forms)
        self.other = set()
        for path in ("first-names.tsv", "places.tsv", "countries.tsv",
                     "fr/nationalities.tsv", "en/nationalities.tsv",
                     "fr/heads.tsv", "en/heads.tsv", "org-words.tsv",
                     "fund-words.tsv", "not-names.tsv", "products.tsv",
                     "fr/titles.tsv", "en/titles.tsv", "fr/modifiers.tsv",
                     "en/modifiers.tsv", "fr/function.tsv", "en/function.tsv",
                     "fr/deal-words.tsv", "en/deal-words.tsv"):
            if os.path.exists(os.path.join(HERE, path)):
                for forms in entries(path):
                    self.other.update(fold(f) for f in forms)

    def mark(self, form):
        """The form with its mark, or None when it is no use as a name."""
        words = [w for w in fold(form).replace("-", " ").split() if w]
        plain = [w for w in words if w not in SMALL]
        if not plain or sum(c.isalnum() for c in form) < 2:
            return None
        if len(words) == 1:
            if len(form) <= 2:
                return None
            if fold(form) in self.other:
                return None
            if fold(form) in self.common:
                return form + "?"
            if len(form) <= 4 and form.isupper():
                return form + "?="
            return form
        if fold(form) in self.other:
            return None
        known = self.common | self.other
        if all(w in known or w.isdigit() for w in plain):
            return form + "?"
        return form


def forms_of(name, words):
    name = TAIL.sub("", name)
    name = TAIL.sub("", name).strip(" ,-")
    base = cased(stripped(name))
    forms = []
    marked = words.mark(base)
    if marked:
        forms.append(marked)
    parts = base.split()
    if len(parts) > 2 and fold(parts[-1]) in ("group", "holdings", "holding",
                                              "groupe", "company"):
        marked = words.mark(" ".join(parts[:-1]))
        if marked:
            forms.append(marked)
    elif len(parts) == 2 and fold(parts[-1]) in SOFT:
        marked = words.mark(parts[0])
        if marked and not marked.endswith("?") and len(parts[0]) > 4:
            forms.append(marked)
    if " & " in base and len(parts) > 2:
        forms.append(base.replace(" & ", " and "))
    return cased(name), forms


def known_forms():
    """Folded form -> canonical name of the hand-written lists."""
    known = {}
    for path in ("orgs-known.tsv", "investors.tsv"):
        if os.path.exists(os.path.join(HERE, path)):
            for forms in entries(path):
                for form in forms:
                    known.setdefault(fold(form), forms[0])
    return known


def website(url):
    url = re.sub(r"^https?://(www\.)?", "", url.strip()).rstrip("/")
    return url if re.match(r"^[\w.-]+$", url) else ""


# Where each exchange is; a company's own ticker is that of its home.
HOME = {"Nasdaq": "US", "NYSE": "US", "XASE": "US", "XLON": "GB",
        "XETR": "DE", "XTSE": "CA", "XPAR": "FR", "XSWX": "CH", "XSTO": "SE",
        "XMIL": "IT", "XCSE": "DK", "XOSL": "NO", "XMAD": "ES", "XBRU": "BE",
        "XHEL": "FI", "XAMS": "NL", "XLIS": "PT", "XDUB": "IE"}


def ticker_rank(row, country):
    """How sure a row's ticker is: 3 at home, 2 in the American lists of the
    SEC and the S&P 500; 1 elsewhere and 0 over the counter are not taken."""
    if row["exchange"] == "OTC":
        return 0
    if country and HOME.get(row["exchange"]) == country:
        return 3
    return 2 if row["source"] != "FinanceDatabase" else 1


def listed(gold, codes):
    words = Words()
    known = known_forms()
    table = {}
    path = gold + "/names/listed-companies.tsv"
    with open(path, encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t",
                                  quoting=csv.QUOTE_NONE):
            name = row["name"].strip()
            if not name or NOT_COMPANY.search(name) or len(name) > 80:
                continue
            full, forms = forms_of(name, words)
            if not forms:
                continue
            plain = forms[0].rstrip("?=")
            key = fold(plain)
            bank = re.search(r"\b(banco?r?p?|banque|bancshares)\b", key)
            country = codes.get(fold(row["country"]), "")
            ticker = row["ticker"].split(".")[0].strip()
            ticker = ticker if re.match(r"^[A-Z0-9-]{1,6}$", ticker) else ""
            item = table.setdefault(key, {
                "name": known.get(key, plain), "forms": [], "country": "",
                "ticker": "", "rank": -1, "website": "", "bank": bool(bank),
                "known": key in known})
            for form in forms:
                if form not in item["forms"]:
                    item["forms"].append(form)
            item["country"] = item["country"] or country
            rank = ticker_rank(row, country)
            if ticker and rank > max(item["rank"], 1):
                item["ticker"] = ticker
                item["rank"] = rank
            item["website"] = item["website"] or website(row["website"])
    rows = []
    for key, item in sorted(table.items()):
        if item["known"]:  # facts only: the hand list has its names
            rows.append((item["name"], "", "", "", item["ticker"],
                         item["website"]))
            continue
        rows.append((item["forms"][0], "|".join(item["forms"][1:]),
                     "bank" if item["bank"] else "", item["country"],
                     item["ticker"], item["website"]))
    write("orgs-listed.tsv",
          "# Listed companies. Made by build.py from FinanceDatabase (MIT), "
          "the S&P 500 constituents of\n# datasets (PDDL) and the SEC's list "
          "(public domain). \"?\" is also a common word, \"=\" counts only as "
          "written.\n@ kind=org detail=company\n"
          "name\taliases\tdetail\tcountry\tticker\twebsite\n", rows)


# ------------------------------------------------------------- common words

def common(path, lang, least):
    """Words more often lower case than not; "starter": opens sentences."""
    merged = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            word, low, init, cap = line.rstrip("\n").split("\t")
            low, init, cap = int(low), int(init), int(cap)
            if low < least or cap > (3 * low if lang == "en" else low):
                continue
            key = fold(word)
            old = merged.setdefault(key, [0, 0, 0])
            for i, n in enumerate((low, init, cap)):
                old[i] += n
    starters = []
    others = []
    for word, (low, init, cap) in sorted(merged.items()):
        (starters if init >= 3 and init >= 1.5 * cap else others).append(word)
    with open(os.path.join(HERE, lang, "common.tsv"), "w",
              encoding="utf-8") as out:
        out.write("# Frequent words, folded; those under detail=starter open "
                  "sentences. Counted by build.py's caller in\n# public news "
                  "and encyclopedia text; facts.\n")
        for detail, words in (("starter", starters), ("other", others)):
            out.write(f"@ kind=common detail={detail}\n")
            if detail == "starter":
                out.write("name\n")
            out.writelines(w + "\n" for w in words)
    print(lang, len(starters), len(others))


def main(args):
    if not args:
        sys.exit(__doc__)
    if "--words" in args:
        at = args.index("--words")
        common(args[at + 1], "fr", 6)
        common(args[at + 2], "en", 2)
    codes = countries(args[0])
    listed(args[0], codes)


main(sys.argv[1:])
