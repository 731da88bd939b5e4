#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""How well articles are found in web pages.

usage: input_articles.py INPUT_BENCH FOLDER

FOLDER is a copy of the public article-extraction-benchmark: its `html/`,
`ground-truth.json` and `evaluate.py` are read, nothing is written there. The
measure is the benchmark's own: mean precision and recall of four-word
shingles, and their harmonic mean.

The article body is all blocks of the text but title and subtitle.
"""
import gzip
import importlib.util
import json
import os
import subprocess
import sys
import tempfile


def body_of(article):
    text = article["text"] or ""
    return "\n\n".join(
        text[block["begin"]:block["end"]]
        for block in article["blocks"]
        if "begin" in block and block["kind"] not in ("title", "subtitle")
    )


def predict(program, folder, keys):
    with tempfile.TemporaryDirectory() as scratch:
        paths = []
        for key in sorted(keys):
            path = os.path.join(scratch, key + ".html")
            source = os.path.join(folder, "html", key + ".html.gz")
            with gzip.open(source) as page, open(path, "wb") as out:
                out.write(page.read())
            paths.append(path)
        run = subprocess.run([program] + paths, stdout=subprocess.PIPE)
    bodies = {key: {"articleBody": ""} for key in keys}
    for line in run.stdout.decode("utf-8").split("\n"):
        if not line:
            continue
        article = json.loads(line)
        bodies[article["id"]] = {"articleBody": body_of(article)}
    return bodies


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    program, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
    if not os.path.exists(os.path.join(folder, "ground-truth.json")):
        print("skipped: no benchmark in", folder)
        return
    spec = importlib.util.spec_from_file_location(
        "evaluate", os.path.join(folder, "evaluate.py"))
    evaluate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(evaluate)
    with open(os.path.join(folder, "ground-truth.json"),
              encoding="utf-8") as file:
        truth = json.load(file)
    bodies = predict(program, folder, truth.keys())
    scores = evaluate.evaluate(truth, bodies, 2)
    print("%d pages: F1 %.4f, precision %.4f, recall %.4f" % (
        len(truth), scores["f1"], scores["precision"], scores["recall"]))
    if os.environ.get("WORST"):
        rows = []
        for key, item in truth.items():
            score = evaluate.string_shingle_matching(
                true=item.get("articleBody", ""),
                pred=bodies[key]["articleBody"])
            rows.append((evaluate.precision_score(*score),
                         evaluate.recall_score(*score), key, item["url"]))
        for row in sorted(rows, key=lambda r: r[0] + r[1])[:int(
                os.environ["WORST"])]:
            print("%.3f %.3f %s %s" % row)


if __name__ == "__main__":
    main()
