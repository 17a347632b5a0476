"""A folder of its own for each test of the program."""
import pathlib
import tempfile
import unittest


class Folder(unittest.TestCase):
    def setUp(self):
        temp = tempfile.TemporaryDirectory()
        self.addCleanup(temp.cleanup)
        self.folder = pathlib.Path(temp.name)

    def write(self, name, content):
        """The path of a new file NAME that holds CONTENT, bytes or text."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path
