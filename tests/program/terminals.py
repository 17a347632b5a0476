"""What the tests share that need a terminal."""
import pty, unittest


def open_terminal():
    try:
        return pty.openpty()
    except OSError as error:
        raise unittest.SkipTest(f"this system gives no terminals: {error}")
