"""What `make install` puts in place serves a stranger: pkg-config finds it, a program against it compiles and runs."""
import os, pathlib, re, shutil, subprocess, tempfile, unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(os.environ.get("HEARSAY_BUILD", ROOT / "build")).resolve()
WARNINGS = "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror".split()
C_COMPILERS = [name for name in ("gcc", "clang") if shutil.which(name)]


def run(*command, **environment):
    done = subprocess.run([str(c) for c in command], cwd=ROOT, env=dict(os.environ, **environment), text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise AssertionError(f"{' '.join(str(c) for c in command)}\n{done.stdout}")
    return done.stdout.strip()


def install(prefix, destdir=""):
    run("make", "install", f"BUILD={BUILD}", f"PREFIX={prefix}", DESTDIR=str(destdir))


def is_sanitized():
    return re.search(r"^HS_SANITIZE:STRING=.", (BUILD / "CMakeCache.txt").read_text(), re.M) is not None


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temp = tempfile.TemporaryDirectory()
        cls.prefix = pathlib.Path(cls.temp.name, "installed")
        install(cls.prefix)
        cls.find = {"PKG_CONFIG_PATH": str(next(cls.prefix.rglob("hearsay.pc")).parent)}

    @classmethod
    def tearDownClass(cls):
        cls.temp.cleanup()

    def test_everything_is_in_its_place(self):
        for name in ("bin/hearsay", "include/hearsay.h", "lib/libhearsay.so", "lib/libhearsay.a",
                     "lib/pkgconfig/hearsay.pc", "share/man/man1/hearsay.1",
                     "share/bash-completion/completions/hearsay", "share/zsh/site-functions/_hearsay",
                     "share/fish/vendor_completions.d/hearsay.fish"):
            self.assertGreater((self.prefix / name).stat().st_size, 0, name)

    def test_hello_compiles_and_tells_who_said_what(self):
        if is_sanitized():
            self.skipTest("the library is built with sanitizers, which want them in the program too")
        flags = run("pkg-config", "--cflags", "--libs", "hearsay", **self.find).split()
        for compiler in C_COMPILERS:
            hello = self.prefix / f"hello-{compiler}"
            run(compiler, "-std=c17", *WARNINGS, "examples/hello.c", *flags, "-o", hello)
            said = run(hello, LD_LIBRARY_PATH=str(self.prefix / "lib"))
            self.assertEqual(said, "Ana Orlo: “We will not leave the harbour,”")

    def test_hello_links_statically(self):
        if is_sanitized():
            self.skipTest("the library is built with sanitizers, which want them in the program too")
        flags = run("pkg-config", "--static", "--cflags", "--libs", "hearsay", **self.find)
        flags = flags.replace("-lhearsay", "-l:libhearsay.a").split()
        hello = self.prefix / "hello-static"
        run("gcc", "-std=c17", "examples/hello.c", *flags, "-o", hello)
        self.assertIn("Ana Orlo", run(hello))

    def test_the_installed_program_runs(self):
        self.assertIn(run("pkg-config", "--modversion", "hearsay", **self.find),
                      run(self.prefix / "bin/hearsay", "--version"))

    def test_models_stand_where_the_installed_program_finds_them(self):
        share = self.prefix / "share/hearsay"
        for model in (ROOT / "models").glob("*.model"):
            self.assertEqual((share / model.name).read_bytes(), model.read_bytes())
        share.mkdir(exist_ok=True)
        shutil.copyfile(ROOT / "tests/models/tiny-small.model", share / "large.model")
        self.assertRegex(run(self.prefix / "bin/hearsay", "model", "large"), f"file +{re.escape(str(self.prefix))}/")
        self.assertIn("PROPN", run(self.prefix / "bin/hearsay", "parse", "examples/pages/10-saltmarsh-radio.txt", HS_MODEL="large"))

    def test_the_manual_page_and_the_completions_are_well_formed(self):
        share = self.prefix / "share"
        readers = [("man", ["--warnings", "-E", "UTF-8", "-l", "-Tutf8"], "man/man1/hearsay.1"),
                   ("bash", ["-n"], "bash-completion/completions/hearsay"), ("zsh", ["-n"], "zsh/site-functions/_hearsay"),
                   ("fish", ["-n"], "fish/vendor_completions.d/hearsay.fish")]
        for program, options, path in readers:
            if shutil.which(program):
                self.assertNotIn("warning: ", run(program, *options, share / path, MANPAGER="cat"))

    def test_the_library_has_a_soname(self):
        self.assertRegex(run("readelf", "-d", self.prefix / "lib/libhearsay.so"), r"SONAME.*\[libhearsay\.so\.\d+\]")


class Staged(unittest.TestCase):
    def test_destdir_comes_before_any_prefix(self):
        with tempfile.TemporaryDirectory() as stage:
            for prefix in ("/opt/hearsay", "/usr"):
                install(prefix, stage)
                placed = pathlib.Path(stage + prefix)
                self.assertTrue((placed / "bin/hearsay").exists())
                pc = next(placed.rglob("hearsay.pc"))
                find = {"PKG_CONFIG_LIBDIR": str(pc.parent), "PKG_CONFIG_ALLOW_SYSTEM_LIBS": "1",
                        "PKG_CONFIG_ALLOW_SYSTEM_CFLAGS": "1"}
                self.assertEqual(run("pkg-config", "--variable=prefix", "hearsay", **find), prefix)
                flags = run("pkg-config", "--cflags", "--libs", "hearsay", **find).split()
                library = pathlib.Path(stage + next(f[2:] for f in flags if f.startswith("-L")))
                header = pathlib.Path(stage + next(f[2:] for f in flags if f.startswith("-I")))
                self.assertTrue((library / "libhearsay.so").exists())
                self.assertTrue((header / "hearsay.h").exists())


class Header(unittest.TestCase):
    def compile_alone(self, compilers, standard, language):
        present = [name for name in compilers if shutil.which(name)]
        if not present:
            self.skipTest(f"none of {', '.join(compilers)} is installed")
        for compiler in present:
            run(compiler, f"-std={standard}", *WARNINGS, "-fsyntax-only", "-x", language, "include/hearsay.h")

    def test_it_is_strict_c17(self):
        self.compile_alone(["gcc", "clang"], "c17", "c")

    def test_it_is_strict_cpp17(self):
        self.compile_alone(["g++", "clang++"], "c++17", "c++")


if __name__ == "__main__":
    unittest.main()
