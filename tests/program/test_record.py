"""The record from outside: the same pages give the same rows, and what cannot be used is said so, with exit code 3."""
import os, pathlib, random, resource, signal, sqlite3, subprocess, tempfile, unittest

os.environ["HS_MODEL"] = "rules"  # what is tested is the record, and the rules read ten times as fast

from records import HEARSAY, articles, ask, dump, faults, first_difference, hearsay, write_articles


class Folder(unittest.TestCase):
    def setUp(self):
        temp = tempfile.TemporaryDirectory()
        self.addCleanup(temp.cleanup)
        self.folder = pathlib.Path(temp.name)
        self.record = self.folder / "k.db"
        self.pages = write_articles(self.folder / "pages.jsonl", articles(40))

    def read(self, *paths, record=None, threads=2, code=0):
        done = hearsay("read", "-d", record or self.record, "--threads", threads, *(paths or [self.pages]))
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    def check_refused(self, words, *arguments, **more):
        """The call ends with 3, prints nothing but one line that names the record and holds each of WORDS."""
        done = hearsay(*arguments, **more)
        self.assertEqual((done.returncode, done.stdout), (3, ""), done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        for word in ["hearsay: ", str(self.record), *words.split("|")]:
            self.assertIn(word, done.stderr)


class SamePages(Folder):
    def test_are_all_there_once(self):
        self.read()
        self.assertEqual(ask(self.record, "SELECT count(*), count(DISTINCT url) FROM article"), [(40, 40)])
        self.assertEqual(faults(self.record), [])

    def test_leave_one_file(self):
        self.read()
        hearsay("said", "-d", self.record)
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["k.db", "pages.jsonl"])

    def test_read_again_change_nothing(self):
        self.read()
        before = dump(self.record)
        done = self.read(self.pages, self.pages)
        self.assertIn("80 pages read: 0 added, 80 already there, 0 failed; 0 quotations", done.stderr)
        self.assertIsNone(first_difference(dump(self.record), before))

    def test_give_the_same_rows_in_any_order_on_any_threads(self):
        rows = list(articles(1200, outlet="The Post {}"))  # what is a habit of an outlet depends on the order
        self.read(write_articles(self.folder / "all.jsonl", rows), threads=1)
        expected = dump(self.record, without=["passage"])
        self.assertEqual(len(expected["article"]), 1200)
        for threads in 2, 4:
            random.Random(threads).shuffle(rows)
            other = self.folder / f"{threads}.db"
            for half in rows[:700], rows[700:]:
                self.read(write_articles(self.folder / "half.jsonl", half), record=other, threads=threads)
            self.assertIsNone(first_difference(dump(other, without=["passage"]), expected))

    def test_are_kept_apart_if_only_the_address_differs(self):
        row = next(articles(1))
        rows = [row, {**row, "url": "https://other.example/"}, {k: v for k, v in row.items() if k != "url"}, row]
        self.read(write_articles(self.pages, rows))
        self.assertEqual(ask(self.record, "SELECT count(*) FROM page"), [(3,)])

    def test_keep_the_details_that_came_first(self):
        row = next(articles(1))
        for at in range(5):  # in one batch; the details do not count for the id
            rows = [{**row, "title": f"Title {i}"} for i in range(at, at + 20)]
            self.record = self.folder / f"{at}.db"
            self.read(write_articles(self.pages, rows))
            self.assertEqual(ask(self.record, "SELECT title FROM article"), [(f"Title {at}",)])


class Again(Folder):
    def test_annotates_what_other_rules_made(self):
        self.read()
        before = dump(self.record)
        with sqlite3.connect(self.record) as record:
            record.execute("UPDATE article SET model = 'rules-0', outlet = 'old' WHERE id % 2 = 0")
            outdated = record.execute("SELECT count(*) FROM article WHERE outlet = 'old'").fetchone()[0]
        record.close()
        self.assertGreater(outdated, 0)
        done = hearsay("read", "--again", "-d", self.record)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(f"{outdated} articles annotated again, 0 failed", done.stderr)
        self.assertIsNone(first_difference(dump(self.record), before))
        self.assertEqual(faults(self.record), [])


class Refused(Folder):
    def test_missing(self):
        self.check_refused("no such record|hearsay read", "said", "-d", self.record)
        self.assertFalse(self.record.exists())

    def test_empty_file(self):
        self.record.touch()
        self.check_refused("empty", "said", "-d", self.record)

    def test_folder(self):
        self.record.mkdir()
        for call in ["said"], ["read", self.pages]:
            self.check_refused("no file", *call, "-d", self.record)

    def test_no_database(self):
        self.record.write_text("Dear diary,\n" * 500)
        for call in ["said"], ["read", self.pages]:
            self.check_refused("no SQLite file", *call, "-d", self.record)
        self.assertTrue(self.record.read_text().startswith("Dear diary"))

    def test_a_database_of_another_program(self):
        with sqlite3.connect(self.record) as other:
            other.execute("CREATE TABLE mine (x)")
        other.close()
        before = self.record.read_bytes()
        for call in ["said"], ["read", self.pages]:
            self.check_refused("no record of hearsay", *call, "-d", self.record)
        self.assertEqual(self.record.read_bytes(), before)

    def test_newer(self):
        self.read()
        with sqlite3.connect(self.record) as record:
            record.execute("PRAGMA user_version = 1000")
        record.close()
        for call in ["said"], ["read", self.pages]:
            self.check_refused("newer hearsay|1000", *call, "-d", self.record)

    def test_older_than_any(self):
        self.read()
        with sqlite3.connect(self.record) as record:
            record.execute("PRAGMA user_version = 0")
        record.close()
        self.check_refused("older hearsay", "said", "-d", self.record)

    def test_broken(self):
        self.read()
        whole = self.record.read_bytes()
        self.record.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
        for call in ["said"], ["read", self.pages]:
            self.check_refused("broken", *call, "-d", self.record)

    def test_cut_short(self):
        self.read()
        os.truncate(self.record, 3 * 4096)
        self.check_refused("broken", "said", "-d", self.record)

    def test_held_by_another_writer(self):
        self.read()
        other = sqlite3.connect(self.record, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        self.check_refused("another program is writing|try again", "read", "-d", self.record, self.pages)
        self.assertEqual(hearsay("said", "-d", self.record).returncode, 0)  # readers are not held up
        other.execute("ROLLBACK")
        other.close()

    @unittest.skipIf(os.geteuid() == 0, "the superuser may write everywhere")
    def test_read_only(self):
        self.read()
        self.record.chmod(0o444)
        self.folder.chmod(0o555)
        self.addCleanup(self.folder.chmod, 0o755)
        self.check_refused("may read and write", "read", "-d", self.record, self.pages)
        self.assertEqual(hearsay("said", "-d", self.record).returncode, 0)


class FullDisk(Folder):
    def check_keeps_what_was_committed(self, make_room, **limits):
        self.read()
        before = dump(self.record)
        more = write_articles(self.folder / "more.jsonl", articles(3000, seed=2))
        self.check_refused("nothing more can be written|make room", "read", "-d", self.record, more, **limits)
        make_room()
        self.assertEqual(faults(self.record), [])
        after = dump(self.record)
        for table, rows in before.items():
            self.assertLessEqual(set(rows), set(after[table]))
        self.read(more)
        self.assertEqual(ask(self.record, "SELECT count(*) FROM article"), [(3040,)])
        self.assertEqual(faults(self.record), [])

    def test_over_the_size_that_a_file_may_have(self):
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))

        self.check_keeps_what_was_committed(lambda: None, preexec_fn=limit, restore_signals=False)

    def test_no_room_on_the_disk(self):
        disk = self.folder / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", disk], capture_output=True)
        if mounted.returncode:
            self.skipTest("a small disk cannot be mounted here")
        self.addCleanup(subprocess.run, ["umount", disk])
        self.record = disk / "k.db"
        self.check_keeps_what_was_committed(
            lambda: subprocess.run(["mount", "-o", "remount,size=100m", disk], check=True))


class WhileAWriterWrites(Folder):
    def test_readers_read(self):
        self.read()
        more = write_articles(self.folder / "more.jsonl", articles(2000, seed=3))
        writer = subprocess.Popen([HEARSAY, "read", "-d", self.record, more], stderr=subprocess.DEVNULL)
        answers = 0
        while writer.poll() is None:
            self.assertEqual(hearsay("said", "-d", self.record, "--limit", 1).returncode, 0)
            answers += 1
        self.assertEqual(writer.returncode, 0)
        self.assertGreater(answers, 0)

    def test_two_writers_take_turns(self):
        both = [write_articles(self.folder / f"{i}.jsonl", articles(500, seed=i)) for i in (4, 4, 5)]
        writers = [subprocess.Popen([HEARSAY, "read", "-d", self.record, path], stderr=subprocess.PIPE)
                   for path in both]
        for writer in writers:
            _, said = writer.communicate()
            self.assertEqual(writer.returncode, 0, said)
        self.assertEqual(faults(self.record), [])
        self.assertEqual(ask(self.record, "SELECT count(*) FROM page"),
                         [(len({(r["id"], r["url"], r["text"]) for seed in (4, 5) for r in articles(500, seed)}),)])


if __name__ == "__main__":
    unittest.main()
