"""A reading that is killed at any moment leaves a record that is sound, and whole after reading again."""
import os, pathlib, random, subprocess, tempfile, time, unittest

os.environ["HS_MODEL"] = "rules"  # what is tested is the record, and the rules read ten times as fast

from records import HEARSAY, SANITIZED, articles, ask, dump, faults, first_difference, hearsay, write_articles

KILLS = 10 if SANITIZED else 30


class Killed(unittest.TestCase):
    def setUp(self):
        temp = tempfile.TemporaryDirectory()
        self.addCleanup(temp.cleanup)
        self.folder = pathlib.Path(temp.name)
        self.pages = write_articles(self.folder / "pages.jsonl", articles(300 if SANITIZED else 1000))

    def read(self, record):
        start = time.monotonic()
        done = hearsay("read", "-d", record, self.pages)
        self.assertEqual(done.returncode, 0, done.stderr)
        return time.monotonic() - start

    def read_and_kill(self, record, after):
        """Gives whether the reading was killed, and not done before."""
        process = subprocess.Popen([HEARSAY, "read", "-d", record, self.pages], stderr=subprocess.DEVNULL)
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.kill()
        return process.wait() < 0

    def test_at_random_moments(self):
        peace = self.folder / "peace.db"
        seconds = self.read(peace)
        expected = dump(peace)
        chance = random.Random()
        seed = chance.getrandbits(32)
        chance.seed(seed)
        killed = cut_short = tries = 0
        record = self.folder / "0.db"
        while killed < KILLS:
            tries += 1
            if not self.read_and_kill(record, chance.random() * seconds):  # it was done before: on with a new one, sooner
                seconds *= 0.9
                record = self.folder / f"{tries}.db"
                continue
            killed += 1
            if not record.exists() or not ask(record, "PRAGMA user_version")[0][0]:
                continue  # killed before there was anything
            with self.subTest(seed=seed, kill=killed):
                self.assertEqual(faults(record), [])
            if chance.random() < 0.5:  # and on with a new one, else on with this one
                cut_short += ask(record, "SELECT count(*) FROM page")[0][0] < len(expected["page"])
                self.read(record)
                self.assertIsNone(first_difference(dump(record), expected), f"seed {seed}, kill {killed}")
                record = self.folder / f"{tries}.db"
        self.assertGreater(cut_short, 0)


if __name__ == "__main__":
    unittest.main()
