#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The W3C SPARQL suite, by the runner that stands beside it.

Adds to that runner what federated tests need whose endpoints stand in the
data: there too, and in the expected rows, the endpoints are those of the
local servers. Writes a line "status category name reason" a test.
"""
import importlib.util
import os
import sys


def load(path):
    spec = importlib.util.spec_from_file_location("runner", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def federated(runner, base):
    class Suite(base):
        def one_(self, test):
            category, name, _, graph, node = test
            action = graph.value(node, runner.MF.action)
            if not action or not list(
                    graph.objects(action, runner.QT.serviceData)):
                return super().one_(test)
            return self.service(category, name, graph, node, action)

        def service(self, category, name, graph, node, action):
            places = {}
            for data in graph.objects(action, runner.QT.serviceData):
                endpoint = str(graph.value(data, runner.QT.endpoint))
                files = [str(x) for x in graph.objects(data, runner.QT.data)]
                places[endpoint] = self.o.service.start(files)

            def rewritten(uri):
                path = runner.path(str(uri))
                with open(path, encoding="utf-8") as file:
                    text = file.read()
                for endpoint, local in places.items():
                    text = text.replace(endpoint, local)
                copy = os.path.join(runner.TMP, name + "-" +
                                    os.path.basename(path))
                with open(copy, "w", encoding="utf-8") as file:
                    file.write(text)
                return copy

            query = graph.value(action, runner.QT.query)
            data = [rewritten(x) for x in graph.objects(action, runner.QT.data)]
            result = rewritten(graph.value(node, runner.MF.result))
            words = self.cmd(self.o.eval_cmd, rewritten(query), data, [],
                             "xml", str(query))
            status, out, errors, _ = self.call(words)
            if status != "ok":
                return category, name, "fail", status + " " + errors[:200]
            verdict = runner.compare(runner.load_expected(result),
                                     runner.parse_output(out, "xml", None))
            good = verdict in ("exact", "lenient")
            return category, name, "pass" if good else "fail", verdict

    return Suite


def main():
    folder, program, out = sys.argv[1:4]
    runner = load(os.path.join(folder, "runner.py"))
    runner.Runner = federated(runner, runner.Runner)
    common = "--default-graph strict"
    query = f"{program} query {common}"
    update = f"{program} update {common}"
    sys.argv[1:] = [
        "--suite", os.path.join(folder, "sparql"),
        "--eval-cmd", f"{query} --allow-load --allow-service --base {{base}} "
                      "--format {fmt} -f {query} {data} {named}",
        "--parse-cmd", f"{query} --parse-only --base {{base}} -f {{query}}",
        "--update-cmd", f"{update} --allow-load --base {{base}} -f {{query}} "
                        "--dump nq {data} {named}",
        "--update-parse-cmd",
        f"{update} --parse-only --base {{base}} -f {{query}}",
        "--service-cmd", f"{query} --allow-service --format {{fmt}} "
                         "-f {query} {data}",
        "--fmt", "xml=xml,json=json,csv=csv,tsv=tsv,graph=nt,quads=nq",
        "--timeout", "60", "--out", out,
    ]
    runner.main()


if __name__ == "__main__":
    main()
