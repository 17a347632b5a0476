# The habits. `make help` explains them; CMakeLists.txt says how things are built.
BUILD ?= build
PREFIX ?= /usr/local
export CTEST_OUTPUT_ON_FAILURE = 1

.PHONY: all demo test check bench eval train install clean help packages

all: packages  ## build build/hearsay and build/libhearsay.so, .a
	@cmake -S . -B $(BUILD) -G Ninja -DCMAKE_INSTALL_PREFIX=$(PREFIX) >$(BUILD)/cmake.log 2>&1 || { cat $(BUILD)/cmake.log; exit 1; }
	@ninja -C $(BUILD) --quiet

packages:
	@mkdir -p $(BUILD)
	@tools/install-packages build

demo: all  ## read the example pages and show who said what
	@tools/demo $(BUILD)/hearsay

test: all  ## run every test; ends with 'N passed, N failed'
	@tests/run $(BUILD)

check: all  ## the tests under both compilers and the sanitizers, layers, format, lint, floors of quality
	@tools/install-packages check
	@tests/check $(BUILD)

bench: all  ## measure speed and memory, each figure with its command and data
	@bench/run $(BUILD)

eval: all  ## measure quality on the data in ../shared, where it is there
	@tests/eval $(BUILD)

train: all  ## make the models in models/ from the data in ../shared (Python with torch; takes hours)
	@train/run $(BUILD)

install: all  ## install program, libraries, header, man page, completions (DESTDIR and PREFIX are heard)
	@cmake --install $(BUILD) >$(BUILD)/install.log || { cat $(BUILD)/install.log; exit 1; }

clean:  ## delete what was built, by `make check` too
	rm -rf $(BUILD) $(addprefix $(BUILD)-,gcc clang asan tsan fuzz)

help:  ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 18
