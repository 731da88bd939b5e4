#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a person sees at a terminal: completion and commands of the shell, the
pager and bold names of a table, a query that is watched, currencies."""
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.abspath(os.environ.get("DG_PROGRAM", "./dealgraph"))
passed = failed = 0
DATA = """@prefix deal: <https://dealgraph.org/ns#> .
<http://e/d> a deal:FundingRound ; deal:amountValue 12.5 ; deal:company <http://e/c> .
"""


def check(what, good, more=""):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print(what, repr(more))


class Terminal:
    """A program with a terminal of its own."""

    def __init__(self, *words, **env):
        self.pid, self.fd = pty.fork()
        if not self.pid:
            os.environ.update({"TERM": "xterm", "HOME": os.getcwd(), **env})
            os.execv(PROGRAM, (PROGRAM, *words))

    def until(self, text, seconds=10):
        """All that is shown, up to `text` or for so long."""
        seen = b""
        end = time.monotonic() + seconds
        while text.encode() not in seen and time.monotonic() < end:
            if select.select([self.fd], [], [], 0.1)[0]:
                try:
                    more = os.read(self.fd, 4096)
                except OSError:
                    break
                if not more:
                    break
                seen += more
        return seen.decode(errors="replace")

    def type(self, text):
        os.write(self.fd, text.encode())

    def end(self):
        """Its exit status; killed when it does not end."""
        status = None
        for _ in range(100):
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                break
            time.sleep(0.05)
        else:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)
        return status


def complete(shell, typed, wanted):
    """What comes after what was typed, wherever the editor writes it."""
    shell.type(typed + "\t")
    seen = shell.until(wanted, 5)
    check(f"{typed}<Tab> gives {wanted}", wanted in seen, seen)
    shell.type("\x15")  # Ctrl-U: forget the line


def check_shell():
    shell = Terminal("shell", "--data", "data.ttl")
    check("prompt", "dealgraph> " in shell.until("dealgraph> "))
    complete(shell, "CONSTR", "UCT")
    complete(shell, "?d deal:amountV", "alue")
    complete(shell, "?d a deal:Fund", "ingRound")
    complete(shell, "?x skos", "G:")
    complete(shell, ".run acquis", "itions")
    shell.type("?d deal:\t")
    seen = shell.until("deal:company", 5)
    check("several words are listed", "deal:amountValue" in seen and
          "deal:company" in seen, seen)
    shell.type("\x15SELECT ?v { ?d deal:amountValue ?v };\r")
    seen = shell.until("row)")
    check("answer", "12.5" in seen, seen)
    shell.type(".save kept.rq\r")
    shell.until("dealgraph> ")
    shell.type(".explain on\r")
    seen = shell.until("plans are shown")
    check(".explain", "plans are shown" in seen, seen)
    shell.type("ASK { ?d deal:amountValue ?v };\r")
    seen = shell.until("opened")
    check("plan", "scan" in seen, seen)
    shell.type(".quit\r")
    shell.until("nothing", 1)
    check("shell ends", shell.end() == 0)
    with open("kept.rq", encoding="utf-8") as file:
        check(".save", "deal:amountValue ?v" in file.read())
    check("history", os.path.exists(".dealgraph_history"))


def check_table():
    words = ("query", "--data", "data.ttl", "-e",
             "SELECT ?v { ?d deal:amountValue ?v }")
    run = Terminal(*words, PAGER="sed 's/^/| /'", NO_COLOR="")
    seen = run.until("row)")
    check("pager and bold", "| \x1b[1mv" in seen and "| 12.5" in seen, seen)
    check("pager ends", run.end() == 0)
    run = Terminal(*words, PAGER="", NO_COLOR="1")
    seen = run.until("row)")
    check("neither", "\x1b" not in seen and "|" not in seen, seen)
    check("no pager ends", run.end() == 0)


def check_watch():
    run = subprocess.Popen([PROGRAM, "query", "--watch=0.1", "-e",
                            "SELECT (5 AS ?x) {}"], stdout=subprocess.PIPE)
    time.sleep(1)
    run.send_signal(signal.SIGINT)
    try:
        out = run.communicate(timeout=10)[0]
        check("watch", run.returncode == 0 and out.count(b"5") > 2, out)
    except subprocess.TimeoutExpired:
        run.kill()
        check("watch ends", False)


def rates(text, query, status):
    with open("rates.csv", "w", encoding="utf-8") as file:
        file.write(text)
    done = subprocess.run(
        [PROGRAM, "query", "--rates", "rates.csv", "-e",
         "SELECT (deal:convert(%s) AS ?x) {}" % query],
        capture_output=True, text=True, check=False, timeout=20)
    check(f"status of {query}", done.returncode == status, done.stderr)
    return done.stdout.split("\n")[1].strip() if status == 0 else done.stderr


def check_rates():
    table = "currency,rate\n# of the day\nEUR,1\nUSD,1.25\nJPY,160\n"
    for query, value in (
            ('10, "EUR", "USD"', "12.5"), ('10.5, "USD", "JPY"', "1344"),
            ('1, <http://x/currency/EUR>, <http://x/currency/JPY>', "160"),
            ('1, "EUR", "ZZZ"', ""), ('"a", "EUR", "USD"', "")):
        out = rates(table, query, 0)
        check(query, out == value, out)
    for bad in "USD", "USD,0", "usd,1", "USD,1\nUSD,2", "USD,1x":
        out = rates("EUR,1\n" + bad, '1, "EUR", "USD"', 2)
        check(bad, re.search(r"rates.csv:[23]: expected", out), out)
    done = subprocess.run([PROGRAM, "query", "-e",
                           "SELECT (deal:convert(1, 'A', 'B') AS ?x) {}"],
                          capture_output=True, text=True, check=False)
    check("no table", done.returncode == 2 and "--rates" in done.stderr,
          done.stderr)


def main():
    folder = tempfile.mkdtemp()
    os.chdir(folder)
    try:
        with open("data.ttl", "w", encoding="utf-8") as file:
            file.write(DATA)
        check_shell()
        check_table()
        check_watch()
        check_rates()
    finally:
        os.chdir("/")
        shutil.rmtree(folder)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
