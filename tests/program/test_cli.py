"""How the program behaves at its edges, whatever its stages find: help, mistakes, exit codes, output, shells."""
import contextlib, json, os, pathlib, re, shutil, signal, sqlite3, subprocess, tempfile, time, unittest

from terminals import open_terminal

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HEARSAY = str(pathlib.Path(os.environ.get("HEARSAY", ROOT / "build" / "hearsay")).resolve())
TEXT = "“We will not leave the harbour,” said Mayor Ana Orlo on Monday.\n"
COMMANDS = "extract annotate parse read brief said show diff correct export model test manual completion help version".split()


def hearsay(*arguments, input=TEXT, environment=None, cwd=None):
    return subprocess.run([HEARSAY, *arguments], input=input, capture_output=True, text=True, cwd=cwd,
                          env=dict(os.environ, **(environment or {})))


def in_terminal(*arguments, environment=None):
    """Runs the program with a terminal for standard output; gives what it printed there."""
    master, slave = open_terminal()
    process = subprocess.Popen([HEARSAY, *arguments], stdin=subprocess.DEVNULL, stdout=slave, stderr=subprocess.DEVNULL,
                               env={**os.environ, "TERM": "xterm", **(environment or {})})
    os.close(slave)
    parts = []
    try:
        while part := os.read(master, 65536):
            parts.append(part)
    except OSError:  # the other end is closed
        pass
    os.close(master)
    process.wait()
    return b"".join(parts).decode()


def wait_for(condition):
    end = time.monotonic() + 20
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)


class Folder(unittest.TestCase):
    def setUp(self):
        temp = tempfile.TemporaryDirectory()
        self.addCleanup(temp.cleanup)
        self.folder = pathlib.Path(temp.name)
        self.page = self.folder / "page.txt"
        self.page.write_text(TEXT)

    def check_fails(self, code, words, *arguments, **more):
        done = hearsay(*arguments, **more)
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertEqual(done.stdout, "")
        for word in words.split("|"):
            self.assertIn(word, done.stderr)
        for line in done.stderr.splitlines():
            self.assertTrue(line.startswith("hearsay: "), line)


class Help(Folder):
    def test_overview_names_each_command(self):
        for arguments in (["--help"], ["-h"], ["help"]):
            done = hearsay(*arguments)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            for command in COMMANDS:
                self.assertRegex(done.stdout, rf"(?m)^  {command} +\S")

    def test_bare_call_is_a_mistake(self):
        done = hearsay()
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("usage: hearsay COMMAND", done.stderr)

    def test_each_command_explains_itself(self):
        for command in COMMANDS:
            texts = {hearsay(*a).stdout for a in ([command, "--help"], ["help", command], ["--help", command])}
            self.assertEqual(len(texts), 1)
            text = texts.pop()
            self.assertTrue(text.startswith(f"usage: hearsay {command} [OPTION…]"), text)
            self.assertIn("--output FILE", text)
            if command != "version":
                self.assertRegex(text, r"Examples:\n  .*hearsay")
            for line in text.splitlines():
                self.assertLessEqual(len(line), 80, line)

    def test_help_follows_the_width_it_is_given(self):
        text = hearsay("help", "read", environment={"COLUMNS": "50"}).stdout
        paragraph = text.split("\n\n")[2]
        self.assertLessEqual(max(map(len, paragraph.splitlines())), 50)

    def test_version_names_model_and_sqlite(self):
        for arguments in (["--version"], ["version"]):
            lines = hearsay(*arguments).stdout.splitlines()
            self.assertRegex(lines[0], r"^hearsay \d+\.\d+\.\d+$")
            self.assertRegex(lines[1], r"^model (rules|small-[0-9a-f]{8})-\d+-[0-9a-f]{8}$")
            self.assertRegex(lines[2], r"^SQLite 3\.")


class Mistakes(Folder):
    def test_command(self):
        self.check_fails(2, 'no command "raed"|did you mean "read"?', "raed", "x")
        self.check_fails(2, 'no command "frobnicate"|`hearsay help`', "frobnicate")
        self.check_fails(2, 'no command "brif"|"brief"', "help", "brif")
        self.check_fails(2, "no command here", "--json", "--date")

    def test_option(self):
        self.check_fails(2, "no option --thread|--threads|hearsay read --help", "read", "--thread", "3")
        self.check_fails(2, "no option --joson|--json", "annotate", "--joson")
        self.check_fails(2, "no option --by here|hearsay said", "extract", "--by", "Orlo")
        self.check_fails(2, "no option --frobnicate", "extract", "--frobnicate")
        self.check_fails(2, "no option -x", "extract", "-x")

    def test_value(self):
        self.check_fails(2, "--type direkt|did you mean direct?|direct, indirect, mixed", "said", "--type", "direkt")
        self.check_fails(2, "--format pdf|text, markdown, json", "extract", "--format=pdf")
        self.check_fails(2, "SHELL tcsh|bash, zsh, fish", "completion", "tcsh")
        self.check_fails(2, "--threads 0|1 to 256", "annotate", "--threads", "0")
        self.check_fails(2, "--threads 2x", "annotate", "--threads", "2x")
        self.check_fails(2, "--limit", "said", "--limit", "-1")
        for share in ("1.01", "-0.1", "half", "0.5x", "nan", "0x1", ""):
            self.check_fails(2, "--min-confidence", "annotate", "--min-confidence", share)
        self.check_fails(2, "--date needs a value", "annotate", "--date")
        self.check_fails(2, "--format needs a value: text", "extract", "--format")
        self.check_fails(2, "--since 2031-04|later than|2031-03-05", "said", "--since", "2031-04", "--until", "2031-03-05")
        self.check_fails(2, "--by is empty: it needs a value: NAME", "said", "--by", "")
        self.check_fails(2, "--json takes no value", "annotate", "--json=yes")
        self.check_fails(2, "--json and --format text", "annotate", "--json", "--format", "text")

    def test_days(self):
        for day in ("2031-02-29", "2031-13-01", "2031-00-10", "2031-4-1", "yesterday", "2031-03-04x", "1900-02-29"):
            self.check_fails(2, f"{day}|not a day", "annotate", "--date", day)
            self.check_fails(2, f"{day}|not a day", "said", "-d", "x.db", "--since", day)
            self.check_fails(2, f"{day}|not a day", "said", "-d", "x.db", f"--until={day}")
        for day in ("2032-02-29", "2000-02-29", "2031-12-31"):
            self.assertEqual(hearsay("annotate", "--date", day).returncode, 0)
        self.check_fails(2, "2031-03|not a day", "annotate", "--date", "2031-03")
        record = str(self.folder / "r.db")
        hearsay("read", "-d", record, str(self.page))
        for date in ("2031", "2031-03", "2031-03-04"):
            self.assertEqual(hearsay("said", "-d", record, "--since", date, "--until", date).returncode, 0)

    def test_arguments(self):
        self.check_fails(2, "which record?|-d REC", "said")
        self.check_fails(2, "which record?", "read", str(self.page))
        self.check_fails(2, "which pages?", "read", "-d", str(self.folder / "r.db"))
        self.check_fails(2, "ID is missing", "show", "-d", "r.db")
        self.check_fails(2, "no use for \"more\"", "said", "-d", "r.db", "more")
        self.check_fails(2, "to what?|--to jsonl, csv", "export", "-d", "r.db")
        self.assertFalse((self.folder / "r.db").exists())

    def test_model(self):
        self.check_fails(3, 'no model "huge"', "annotate", "--model", "huge")

    def test_record(self):
        missing = str(self.folder / "missing.db")
        for arguments in (["said"], ["brief"], ["show", "1234"], ["export", "--to", "csv"]):
            self.check_fails(3, "missing.db", *arguments, "-d", missing)
        self.assertFalse(os.path.exists(missing))
        self.check_fails(3, "page.txt", "said", "-d", str(self.page))
        self.assertEqual(self.page.read_text(), TEXT)

    def test_a_message_is_one_line_whatever_was_typed(self):
        self.check_fails(2, 'no command "re ad [31m       "', "re\nad\x1b[31m\u202e\u2066\x7f")


class Options(Folder):
    def test_forms_and_places(self):
        expected = hearsay("extract", "--format", "markdown", "--date", "2031-03-04", str(self.page)).stdout
        self.assertIn("harbour", expected)
        for line in ("--format=markdown extract --date=2031-03-04 PAGE", "extract PAGE --format markdown --date 2031-03-04",
                     "--date 2031-03-04 extract PAGE --format=markdown",
                     "extract --date 2031-03-04 --format=markdown -- PAGE"):
            done = hearsay(*line.replace("PAGE", str(self.page)).split())
            self.assertEqual((done.returncode, done.stdout), (0, expected), done.stderr)

    def test_two_dashes_end_options(self):
        (self.folder / "--json").write_text(TEXT)
        done = hearsay("extract", "--", "--json", cwd=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("harbour", done.stdout)

    def test_letters(self):
        out = self.folder / "out"
        for arguments in (["-o", str(out)], [f"-o{out}"], [f"--output={out}"]):
            out.unlink(missing_ok=True)
            self.assertEqual(hearsay("extract", str(self.page), *arguments).returncode, 0)
            self.assertIn("harbour", out.read_text())

    def test_threads_change_nothing(self):
        for i in range(20):
            (self.folder / f"{i}.txt").write_text(TEXT.replace("harbour", f"harbour {i}"))
        one, many = (hearsay("annotate", "--json", "--threads", n, str(self.folder)).stdout for n in ("1", "7"))
        self.assertEqual(one, many)
        self.assertEqual(len(one.splitlines()), 21)


class Input(Folder):
    def test_standard_input_without_a_file(self):
        for command in ("extract", "annotate", "parse"):
            done = hearsay(command)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("harbour", done.stdout)
            self.assertEqual(done.stdout.count("harbour"), hearsay(command, "-").stdout.count("harbour"))

    def test_a_terminal_is_not_waited_for(self):
        master, slave = open_terminal()
        done = subprocess.run([HEARSAY, "annotate"], stdin=slave, capture_output=True, text=True, timeout=10)
        os.close(master)
        os.close(slave)
        self.assertEqual(done.returncode, 2)
        self.assertIn("which page?", done.stderr)

    def test_one_failure_does_not_stop_the_rest(self):
        empty = self.folder / "empty.txt"
        empty.write_bytes(b"")
        for command in ("extract", "annotate", "parse"):
            done = hearsay(command, str(self.folder / "gone.txt"), str(empty), str(self.page))
            self.assertEqual(done.returncode, 1)
            self.assertIn("harbour", done.stdout)
            self.assertEqual(len(done.stderr.splitlines()), 2)
            self.assertIn("gone.txt", done.stderr)
            self.assertIn("empty.txt", done.stderr)


class Output(Folder):
    def leftovers(self):
        return sorted(p.name for p in self.folder.iterdir() if p.name != "page.txt")

    def test_file_is_whole_or_not_there(self):
        out = self.folder / "out"
        self.assertEqual(hearsay("extract", str(self.page), "-o", str(out)).returncode, 0)
        self.assertEqual(self.leftovers(), ["out"])
        before = out.read_text()
        self.assertEqual(hearsay("annotate", "--model", "huge", "-o", str(out)).returncode, 3)
        self.assertEqual((self.leftovers(), out.read_text()), (["out"], before))

    def test_file_keeps_its_mode_and_link(self):
        out, link = self.folder / "out", self.folder / "link"
        out.write_text("old")
        out.chmod(0o640)
        link.symlink_to(out)
        self.assertEqual(hearsay("extract", str(self.page), "-o", str(link)).returncode, 0)
        self.assertTrue(link.is_symlink())
        self.assertIn("harbour", out.read_text())
        self.assertEqual(out.stat().st_mode & 0o777, 0o640)

    def test_new_file_has_the_usual_mode(self):
        out = self.folder / "out"
        subprocess.run([HEARSAY, "extract", str(self.page), "-o", str(out)], umask=0o027, check=True)
        self.assertEqual(out.stat().st_mode & 0o777, 0o640)

    def test_stream_is_written_as_it_is(self):
        self.assertIn("harbour", hearsay("extract", str(self.page), "-o", "/dev/stdout").stdout)
        self.assertIn("harbour", hearsay("extract", str(self.page), "-o", "-").stdout)

    def test_no_such_folder(self):
        self.check_fails(3, "cannot write|no/out", "extract", "-o", str(self.folder / "no" / "out"))
        self.assertEqual(len(hearsay("help", "-o", str(self.folder / "no" / "out")).stderr.splitlines()), 1)

    def test_never_over_the_record_that_is_read(self):
        record, link = self.folder / "one.db", self.folder / "link"
        hearsay("read", "-d", str(record), str(self.page))
        link.symlink_to(record)
        before = record.read_bytes()
        for command in (["said"], ["export", "--to", "csv"], ["read", "--json", str(self.page)]):
            for out in (record, link, self.folder / "." / "one.db"):
                self.check_fails(2, "the record itself", *command, "-d", str(record), "-o", str(out))
        new = str(self.folder / "new.db")
        self.check_fails(2, "the record itself", "read", "--json", "-d", new, "-o", new, str(self.page))
        self.assertEqual(record.read_bytes(), before)

    def test_messages_never_land_in_a_file_when_standard_error_is_closed(self):
        out = self.folder / "out"
        arguments = [HEARSAY, "extract", "-o", str(out), str(self.folder / "gone.txt"), str(self.page)]
        expected = hearsay("extract", str(self.page)).stdout
        for closed in ("2>&-", ">&- 2>&-", "<&- >&- 2>&-"):
            done = subprocess.run(["sh", "-c", f'"$@" {closed}', "sh", *arguments])
            self.assertEqual((done.returncode, out.read_text()), (1, expected), closed)

    def test_closed_output_and_input_are_told(self):
        for closed, words in ((">&-", "cannot write standard output"), ("<&-", "standard input")):
            done = subprocess.run(["sh", "-c", f'"$0" extract {closed}', HEARSAY], input=TEXT, capture_output=True,
                                  text=True)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(words, done.stderr)

    def test_output_is_utf8_whatever_names_and_words_are(self):
        page = os.fsencode(self.folder) + b"/caf\xe9.txt"
        with open(page, "w") as file:
            file.write(TEXT)
        record = str(self.folder / "one.db")
        hearsay("read", "-d", record, page)
        for arguments in (["annotate", page], ["parse", page], ["said", "--json", "-d", record],
                          ["brief", "--json", "-d", record, b"caf\xe9"], ["brief", "-d", record, b"caf\xe9"]):
            done = subprocess.run([HEARSAY, *arguments], capture_output=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            done.stdout.decode()

    @unittest.skipUnless(os.path.exists("/dev/full"), "there is no /dev/full")
    def test_full_disk(self):
        for arguments in (["annotate", "--json", str(self.page)], ["extract", str(self.page)], ["--help"]):
            with open("/dev/full", "w") as full:
                done = subprocess.run([HEARSAY, *arguments], stdout=full, stderr=subprocess.PIPE, text=True)
            self.assertEqual((done.returncode, done.stderr),
                             (3, "hearsay: cannot write standard output: No space left on device\n"))

    def test_reader_that_leaves_is_no_error(self):
        (self.folder / "many.txt").write_text(TEXT * 20000)
        with subprocess.Popen([HEARSAY, "extract", str(self.folder / "many.txt")], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            process.stdout.read(10)
            process.stdout.close()
            self.assertEqual(process.stderr.read(), b"")
            self.assertEqual(process.wait(), -signal.SIGPIPE)

    def test_json_lines(self):
        for command in ("extract", "annotate"):
            done = hearsay(command, "--json", str(self.page), str(self.page))
            lines = [json.loads(line) for line in done.stdout.splitlines()]
            self.assertEqual(len(lines), 2)
            self.assertEqual(lines[0]["id"], "page")

    def test_colour_only_where_it_is_wanted(self):
        self.assertNotIn("\033[", hearsay("annotate", "--format", "text", str(self.page)).stdout)
        annotate = ("annotate", str(self.page))
        self.assertIn("harbour", in_terminal(*annotate, environment={"NO_COLOR": "1"}))
        self.assertNotIn("\033[", in_terminal(*annotate, environment={"NO_COLOR": "1"}))
        self.assertNotIn("\033[", in_terminal(*annotate, environment={"NO_COLOR": "", "TERM": "dumb"}))

    def test_annotate_is_text_in_a_terminal_and_json_in_a_pipe(self):
        self.assertFalse(in_terminal("annotate", str(self.page)).startswith("{"))
        json.loads(hearsay("annotate", str(self.page)).stdout)
        json.loads(in_terminal("annotate", "--json", str(self.page)))

    def test_interrupt(self):
        out = self.folder / "out"
        with subprocess.Popen([HEARSAY, "annotate", "-o", str(out)], stdin=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            process.stdin.write(TEXT.encode())
            process.stdin.flush()
            wait_for(self.leftovers)
            time.sleep(0.2)
            process.send_signal(signal.SIGINT)
            time.sleep(0.1)
            process.stdin.close()
            self.assertEqual(process.wait(10), 130)
        self.assertEqual(self.leftovers(), [])


class Read(Folder):
    def read(self, *arguments, **more):
        return hearsay("read", "-d", str(self.folder / "r.db"), *arguments, **more)

    def test_closing_line(self):
        self.assertRegex(self.read(str(self.page)).stderr, r"^1 page read: 1 added, 0 already there, 0 failed; "
                                                           r"\d+ quotations? in \d+\.\d s \([\d,]+ pages/s\)\n$")
        done = self.read(str(self.page), str(self.folder / "gone.txt"))
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"hearsay: .*gone.txt.*\n2 pages read: 0 added, 1 already there, 1 failed;")

    def test_standard_input_and_json(self):
        line = json.dumps({"id": "one", "text": TEXT, "published": "2031-03-04"}) + "\n"
        done = self.read("-", "--json", input=line + line.replace("one", "two"))
        self.assertEqual(done.returncode, 0, done.stderr)
        tally = json.loads(done.stdout)
        self.assertEqual((tally["added"], tally["known"], tally["failed"]), (2, 0, 0))

    def test_said_as_text_and_json(self):
        line = json.dumps({"id": "o\u202ee", "text": TEXT, "published": "2031-03-04", "outlet": "The\x1b[31m Wave"})
        self.read("-", input=line)
        said = ["said", "-d", str(self.folder / "r.db"), "--by", "ORLO"]
        row = json.loads(hearsay(*said, "--json").stdout)
        documented = (ROOT / "docs" / "json.md").read_text().split("## Quotations of a record")[1].split("\n## ")[0]
        fields = [n for row in re.findall(r"(?m)^\| (`[^|]*) \|", documented) for n in re.findall(r"`(\w+)`", row)]
        self.assertEqual(list(row), fields)
        self.assertEqual((row["speaker"], row["said"], row["via"]), ("Ana Orlo", "2031-03-03", []))
        contents = [TEXT[s["start"]:s["end"]] for s in row["spans"]["contents"]]
        self.assertEqual(contents, ["“We will not leave the harbour,”"])
        self.assertEqual((row["start"], row["end"]), (0, len(contents[0])))
        text = hearsay(*said).stdout
        self.assertTrue(text.startswith("Ana Orlo · 2031-03-03\n  “We will not leave the harbour,”\n  said · direct · "))
        self.assertNotRegex(text, "[\x1b\u202e]")
        self.assertIn(row["id"][:10], text)

    def test_again_alone_and_with_pages(self):
        self.assertEqual(self.read(str(self.page), "--again").returncode, 0)
        done = self.read("--again")
        self.assertEqual((done.returncode, done.stderr),
                         (0, "nothing to annotate again: every article is by this model and the rules of today\n"))
        done = self.read("--again", "--model", "rules")
        self.assertRegex(done.stderr, r"^1 article annotated again, 0 failed; \d+ quotations? in \d+\.\d s\n$")

    def test_no_bar_without_a_terminal(self):
        self.assertNotIn("\r", self.read(str(self.page)).stderr)

    def test_interrupt_keeps_what_is_whole(self):
        pages = self.folder / "pages.jsonl"
        with pages.open("w") as out:
            for i in range(40000):
                out.write(json.dumps({"id": f"page {i}", "text": TEXT.replace("harbour", f"harbour {i}")}) + "\n")
        with subprocess.Popen([HEARSAY, "read", "-d", str(self.folder / "r.db"), str(pages)], stderr=subprocess.PIPE,
                              text=True) as process:
            wait_for((self.folder / "r.db").exists)
            time.sleep(0.3)
            process.send_signal(signal.SIGINT)
            message = process.communicate(timeout=20)[1]
            self.assertEqual(process.returncode, 130, message)
        added = int(re.search(r"([\d,]+) added", message)[1].replace(",", ""))
        self.assertIn("stopped", message)
        self.assertLess(added, 40000)
        with contextlib.closing(sqlite3.connect(self.folder / "r.db")) as record:
            self.assertEqual(record.execute("SELECT count(*) FROM article").fetchone()[0], added)


class Demo(Folder):
    def test_demo_shows_who_said_what_in_eighty_columns(self):
        program = self.folder / "hearsay"
        program.symlink_to(HEARSAY)
        done = subprocess.run([ROOT / "tools" / "demo", program], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertNotIn("hearsay: ", done.stdout)
        self.assertIn("12 pages read: 12 added", done.stdout)
        self.assertRegex(done.stdout, r"Mira Tolan · .*\n  .*tribunal")
        shown = done.stdout.split("# Now you:")[0]
        for line in shown.splitlines():
            if not line.startswith(("12 pages", "$ ", "url ")):  # an address is never broken
                self.assertLessEqual(len(line), 80, line)


class Shells(Folder):
    def complete(self, *words):
        """What bash offers for the last of WORDS."""
        script = hearsay("completion", "bash").stdout + """
          COMP_WORDS=(hearsay "$@"); COMP_CWORD=$#
          _hearsay; printf '%s\\n' "${COMPREPLY[@]}" """
        done = subprocess.run(["bash", "-c", script, "bash", *words], capture_output=True, text=True, cwd=self.folder)
        self.assertEqual(done.stderr, "")
        return done.stdout.split()

    def test_bash_completes(self):
        self.assertEqual(self.complete("ex"), ["extract", "export"])
        self.assertEqual(sorted(self.complete("")), sorted(COMMANDS))
        self.assertEqual(self.complete("said", "--b"), ["--by"])
        self.assertEqual(self.complete("brief", "--format", "m"), ["markdown"])
        self.assertEqual(self.complete("export", "-d", "pa"), ["page.txt"])
        self.assertEqual(self.complete("extract", "--date", "2031-03-04", "pa"), ["page.txt"])
        self.assertEqual(self.complete("completion", "z"), ["zsh"])
        self.assertEqual(self.complete("help", "an"), ["annotate"])
        self.assertEqual(self.complete("said", "pa"), [])

    def test_each_shell_takes_its_script(self):
        for shell in ("bash", "zsh", "fish"):
            script = self.folder / f"script.{shell}"
            self.assertEqual(hearsay("completion", shell, "-o", str(script)).returncode, 0)
            text = script.read_text()
            for command in COMMANDS:
                self.assertIn(command, text)
            if shutil.which(shell):
                done = subprocess.run([shell, "-n", str(script)], capture_output=True, text=True)
                self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_manual(self):
        manual = hearsay("manual").stdout
        for command in COMMANDS:
            self.assertRegex(manual, rf'(?m)^\.SS "{command} ')
        if not shutil.which("groff"):
            self.skipTest("there is no groff to read the manual with")
        done = subprocess.run(["groff", "-man", "-Tutf8", "-k", "-ww"], input=manual, capture_output=True, text=True)
        self.assertEqual(done.stderr, "")
        for word in ("NAME", "EXIT STATUS", "who said what", "--record"):
            self.assertIn(word, re.sub("\033\\[[0-9;]*m|.\b", "", done.stdout))


if __name__ == "__main__":
    unittest.main()
