#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""bench/rules.py [MB [ARTICLE-FOLDER...]]: speed of rules and of extraction.

Writes news of our own making and 100 and 1,000 rules into a scratch folder,
and prints medians of processor time: rules alone, the whole extraction on one
and two threads, start-up, and what others do with the same text in the same
run. Folders of real articles may be named; they are measured too. Build
first: make bench/rules_bench
"""
import glob
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time

TOP = os.environ.get("DG_BUILD", os.path.join(os.path.dirname(__file__), ".."))
DATA = os.path.join(os.environ.get("DG_SOURCE", TOP), "data")
PROGRAM = os.path.join(TOP, "dealgraph")
TURNS = 5

NAMES = ("Larkspur Solvane Microtec Gridwise Tolland Ponant Velkraft Oléane "
         "Kerlann Marsenne Ferrolis Seaforth Castleford Aerolane Lumio").split()
PLAIN = [
    "The council met on Tuesday to talk about the new road and the old bridge.",
    "Rain is expected over the weekend, and trains will run more slowly than usual.",
    "The museum shows paintings that were kept in a cellar for forty years.",
    "Teachers say that classes have grown, while the town has not.",
    "{a} said that sales rose by {n} % in the quarter, helped by exports.",
    "Analysts had expected less of {a}, whose shares gained {n} % last week.",
]
DEALS = [
    "{a} has acquired {b} for ${n} million, the two companies said on Monday.",
    "{a} raised ${n} million from {b} and {c} to grow abroad.",
    "{a} and {b} have signed a partnership to build {n} stations.",
    "{a} is in talks to buy {b}, according to people who know the matter.",
]


def article(pick):
    lines = [f"{pick.choice(NAMES)} and the week", "", "Date: 2024-03-06", ""]
    for _ in range(6):
        sentences = []
        for _ in range(5):
            form = pick.choice(DEALS if pick.random() < 0.08 else PLAIN)
            a, b, c = pick.sample(NAMES, 3)
            sentences.append(form.format(a=a, b=b, c=c, n=pick.randint(2, 90)))
        lines += [" ".join(sentences), ""]
    return "\n".join(lines)


def write_articles(folder, megabytes):
    pick = random.Random(7)
    written, n = 0, 0
    os.makedirs(folder)
    while written < megabytes * 1e6:
        text = article(pick)
        with open(f"{folder}/{n:06}.txt", "w", encoding="utf-8") as out:
            out.write(text)
        written += len(text.encode())
        n += 1
    return sorted(glob.glob(f"{folder}/*.txt"))


def write_rules(folder, n):
    """Rules like the shipped ones, each on a verb or two of its own."""
    pick = random.Random(7)
    common = "acquired raised signed buy bought sold said met grown gained".split()
    os.makedirs(f"{folder}/en")
    with open(f"{folder}/en/made.rules", "w", encoding="utf-8") as out:
        out.write("lex list-words = and | as well as\n"
                  "macro np = (the|a|its|new){0,3}\n")
        for i in range(n):
            verb = "verbal" + "".join(chr(97 + int(d)) for d in f"{i:04}")
            extra = pick.choice(common) if i < 50 else verb + "s"
            out.write(
                f"lex v{i} = {verb}ed | {verb}ing | has {verb}ed | {extra}\n"
                f"event made.r{i:04} : Acquisition prio {pick.randint(10, 90)}\n"
                f"  trigger %v{i}\n"
                f"  match <acquirer:ORG> ..3 %v{i} {{np}} <target:LIST(ORG)>"
                " [..4 for <amount:MONEY>]\n"
                f"  match <target:ORG> ..2 (was|is) %v{i} by <acquirer:ORG>\n"
                "end\n")
    return folder


def used(command, **options):
    """Processor and wall seconds of a command, the median of each."""
    turns = []
    for _ in range(TURNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.monotonic()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, **options)
        wall = time.monotonic() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        turns.append((after.ru_utime + after.ru_stime
                      - before.ru_utime - before.ru_stime, wall))
    return (statistics.median(t[0] for t in turns),
            statistics.median(t[1] for t in turns))


def say(what, text):
    print(f"{what:22} {text}", flush=True)


def size(files):
    return sum(os.path.getsize(f) for f in files) / 1e6


def extraction(what, folder, files, startup):
    one = [PROGRAM, "extract", "--date", "2024-03-06", "-j1", folder]
    cpu, wall = used(one)
    say(what, f"{size(files) / (cpu - startup):.2f} MB/s of processor time, "
        f"start-up taken off")
    two = used(one[:-2] + ["-j2", folder])[1]
    say(what, f"two threads: {wall / two:.2f} times as fast")


def rules_alone(what, rules, lang, files):
    bench = os.path.join(TOP, "bench", "rules_bench")
    out = subprocess.run([bench, f"{DATA}/lexicon", rules, lang, *files],
                         check=True, capture_output=True, text=True).stdout
    say(what, out.strip())
    return float(out.split("MB")[1].split()[0])


def pcre2grep(files):
    triggers = "acquired|raised|signed|partnership|in talks|bought|takeover"
    try:
        cpu, _ = used(["pcre2grep", "-c", triggers, *files])
        idle, _ = used(["pcre2grep", "-c", triggers, files[0]])
    except (OSError, subprocess.CalledProcessError):
        say("pcre2grep", "skipped: not installed")
        return
    say("pcre2grep", f"{size(files) / max(cpu - idle, 1e-6):.0f} MB/s")


def peers(files, scratch):
    whole = f"{scratch}/whole.txt"
    with open(whole, "w", encoding="utf-8") as out:
        for name in files[:400]:
            with open(name, encoding="utf-8") as text:
                out.write(text.read())
    script = os.path.join(os.path.dirname(__file__), "rules_peers.js")
    try:
        subprocess.run(["node", script, whole], check=False)
    except OSError:
        say("wink-nlp, compromise", "skipped: no node")


def main():
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 4
    with tempfile.TemporaryDirectory() as scratch:
        files = write_articles(f"{scratch}/made", megabytes)
        startup = used([PROGRAM, "extract", files[0]])[0]
        say("start-up, one article", f"{startup * 1e3:.0f} ms")
        extraction("extract, made news", f"{scratch}/made", files, startup)
        rules_alone("rules, made news", f"{DATA}/rules", "en", files)
        few = rules_alone("made rules", write_rules(f"{scratch}/r100", 100),
                          "en", files)
        many = rules_alone("made rules", write_rules(f"{scratch}/r1000", 1000),
                           "en", files)
        say("1,000 rules for 100", f"{few / many:.2f} times the time")
        for folder in sys.argv[2:]:
            real = sorted(glob.glob(f"{folder}/*.txt"))
            name = os.path.basename(os.path.normpath(folder))
            extraction(f"extract, {name}", folder, real, startup)
            rules_alone(f"rules, {name}", f"{DATA}/rules",
                        os.environ.get("DG_LANG", "fr"), real)
        pcre2grep(files)
        peers(files, scratch)


if __name__ == "__main__":
    main()
