#include "cli/commands.h"

#include "hearsay.h"

#include <string.h>

const cli_option cli_options[CLI_OPTION_COUNT] = {
    [CLI_RECORD] = {"record", 'd', CLI_PATH, "REC", "the record, one SQLite file", 0, 0},
    [CLI_FORMAT] = {"format", 0, CLI_CHOICE, "FORMAT", "how it is printed", 0, 0},
    [CLI_TO] = {"to", 0, CLI_CHOICE, "FORMAT", "what to make of the record", 0, 0},
    [CLI_BY] = {"by", 0, CLI_WORDS, "NAME", "said by NAME: any name or description of the speaker", 0, 0},
    [CLI_ABOUT] = {"about", 0, CLI_WORDS, "WORDS", "what was said holds all of WORDS", 0, 0},
    [CLI_VIA] = {"via", 0, CLI_WORDS, "NAME", "passed on by NAME: an outlet, agency, spokesperson, document", 0, 0},
    [CLI_SINCE] = {"since", 0, CLI_DAYS, "DATE", "said, or else published, on DATE (a day, month or year) or later", 0,
                   0},
    [CLI_UNTIL] = {"until", 0, CLI_DAYS, "DATE", "said, or else published, on DATE or earlier", 0, 0},
    [CLI_TYPE] = {"type", 0, CLI_CHOICE, "TYPE", "the type of quotation", 0, 0},
    [CLI_MIN_CONFIDENCE] = {"min-confidence", 0, CLI_SHARE, "N",
                            "only what is as sure as N, 0 to 1, or surer: quotation and speaker both", 0, 0},
    [CLI_FOR] = {"for", 0, CLI_WORDS, "NAME", "said for NAME, by a spokesperson", 0, 0},
    [CLI_SPEAKER] = {"speaker", 0, CLI_CHOICE, "KIND", "by a speaker who is", 0, 0},
    [CLI_CUE] = {"cue", 0, CLI_CHOICE, "KIND", "what the cue makes of it", 0, 0},
    [CLI_SAID_OUTLET] = {"outlet", 0, CLI_WORDS, "NAME", "in the outlet NAME", 0, 0},
    [CLI_FOLDER] = {"folder", 0, CLI_PATH, "DIR", "write a file an article into DIR (citron, brat)", 0, 0},
    [CLI_FROM] = {"from", 0, CLI_PATH, "FILE", "many corrections, JSON Lines (- for standard input)", 0, 0},
    [CLI_RIGHT] = {"right", 0, CLI_FLAG, NULL, "the quotation is right", 0, 0},
    [CLI_WRONG] = {"wrong", 0, CLI_FLAG, NULL, "there is no quotation", 0, 0},
    [CLI_MISSING] = {"missing", 0, CLI_FLAG, NULL, "the article ID has a quotation that the record lacks", 0, 0},
    [CLI_IS_SPEAKER] = {"speaker", 0, CLI_WORDS, "NAME", "the speaker; none: the text does not tell", 0, 0},
    [CLI_IS_FOR] = {"for", 0, CLI_WORDS, "NAME", "whose spokesperson the speaker is; none: nobody's", 0, 0},
    [CLI_IS_VIA] = {"via", 0, CLI_WORDS, "NAMES", "who passed it on, outermost first, joined by \" > \"; none: nobody",
                    0, 0},
    [CLI_IS_SAID] = {"said", 0, CLI_DAYS, "DATE", "when it was said, a day, month or year", 0, 0},
    [CLI_IS_SOURCE] = {"source", 0, CLI_WORDS, "WORDS", "the source as it stands in the text; none: there is none", 0,
                       0},
    [CLI_IS_CUE] = {"cue", 0, CLI_WORDS, "WORDS", "the cue as it stands in the text; none: there is none", 0, 0},
    [CLI_IS_CONTENT] = {"content", 0, CLI_WORDS, "WORDS", "the content as it stands in the text", 0, 0},
    [CLI_FORCE] = {"force", 0, CLI_CHOICE, "KIND", "what the cue makes of it", 0, 0},
    [CLI_WHO] = {"who", 0, CLI_WORDS, "NAME", "who judges (the user's name)", 0, 0},
    [CLI_NOTE] = {"note", 0, CLI_WORDS, "TEXT", "why", 0, 0},
    [CLI_SORT] = {"sort", 0, CLI_CHOICE, "ORDER", "the order", 0, 0},
    [CLI_COUNT] = {"count", 0, CLI_CHOICE, "WHAT", "no quotations, but how many there are by", 0, 0},
    [CLI_LIMIT] = {"limit", 0, CLI_NUMBER, "N", "the first N of them", 1, 1000000000},
    [CLI_READ_SINCE] = {"since", 0, CLI_DAYS, "DATE",
                        "only pages captured, or else published, on DATE (a day, month or year) or later", 0, 0},
    [CLI_READ_UNTIL] = {"until", 0, CLI_DAYS, "DATE", "only pages captured, or else published, on DATE or earlier", 0,
                        0},
    [CLI_OUTLET] = {"outlet", 0, CLI_WORDS, "NAME", "only pages of the outlet NAME, or at the domain NAME", 0, 0},
    [CLI_LANGUAGE] = {"language", 0, CLI_WORDS, "TAG", "only pages in the language TAG, as in de, en, pt", 0, 0},
    [CLI_REJECT] = {"reject", 0, CLI_CHOICES, "KINDS", "no pages that are of one of these kinds, as in index,error", 0,
                    0},
    [CLI_ONLY] = {"only", 0, CLI_CHOICE, "PART", "stop behind this part of the work, which --again completes", 0, 0},
    [CLI_FOLLOW] = {"follow", 0, CLI_NUMBER, "MIN", "ask the addresses again every MIN minutes, until interrupted", 1,
                    100000},
    [CLI_DELAY] = {"delay", 0, CLI_NUMBER, "SEC", "seconds between two requests to one host (1)", 0, 3600},
    [CLI_TIMEOUT] = {"timeout", 0, CLI_NUMBER, "SEC", "seconds that a server may take for one answer (60)", 1, 3600},
    [CLI_ALLOW_LOCAL] = {"allow-local", 0, CLI_FLAG, NULL,
                         "ask addresses of this machine and its neighbours too, and use the environment's proxies", 0,
                         0},
    [CLI_AGAIN] = {"again", 0, CLI_FLAG, NULL,
                   "annotate what was not annotated yet, or by an older model or older rules", 0, 0},
    [CLI_EXPLAIN] = {"explain", 0, CLI_FLAG, NULL, "every block of the page, kept or dropped, and why", 0, 0},
    [CLI_PAGE] = {"page", 0, CLI_FLAG, NULL, "write the page itself, byte for byte as it was captured", 0, 0},
    [CLI_UPDATE] = {"update", 0, CLI_FLAG, NULL, "write what is found into the files, as what is expected", 0, 0},
    [CLI_DATE] = {"date", 0, CLI_DAY, "DAY", "publication date of pages that have none", 0, 0},
    [CLI_MODEL] = {"model", 0, CLI_PATH, "NAME", "the model: small (the default), large, rules, or a FILE", 0, 0},
    [CLI_THREADS] = {"threads", 0, CLI_NUMBER, "N", "how many pages to work on at once (one a core)", 1, 256},
    [CLI_JSON] = {"json", 0, CLI_FLAG, NULL, "print JSON Lines", 0, 0},
    [CLI_OUTPUT] = {"output", 'o', CLI_PATH, "FILE", "write to FILE, whole or not at all", 0, 0},
    [CLI_HELP] = {"help", 'h', CLI_FLAG, NULL, "print this help", 0, 0},
};

/* The words of a list of hearsay.h as choices. */
#define CHOICE(name, word) "|" word
#define CHOICES(list) &(list(CHOICE))[1]

static const cli_use uses_of_all[] = {{CLI_OUTPUT, NULL}, {CLI_HELP, NULL}, {CLI_NO_OPTION, NULL}};

/* More arguments than any command line holds. */
#define ANY ((size_t)-1)

const cli_command cli_commands[] = {
    {.name = "extract",
     .arguments = "[FILE…]",
     .at_most = ANY,
     .files = true,
     .summary = "find the article in a page",
     .text = "Prints title, names, dates and text of the article in each page, without menus, share bars and the like. "
             "FILE is a page (HTML or text), a file of JSON Lines, a WARC archive, or a folder of those. With a "
             "record, what keeps coming back on an "
             "outlet by its pages goes too.",
     .uses = {{CLI_FORMAT, "text|markdown|json"},
              {CLI_JSON, NULL},
              {CLI_EXPLAIN, NULL},
              {CLI_RECORD, NULL},
              {CLI_DATE, NULL},
              {CLI_THREADS, NULL}},
     .examples = {{"hearsay extract page.html", "the article as text"},
                  {"hearsay extract --format markdown -o article.md page.html", "as Markdown, into a file"},
                  {"hearsay extract --explain page.html", "which blocks stayed, which went, and why"}},
     .run = cli_cmd_extract},
    {.name = "annotate",
     .arguments = "[FILE…]",
     .at_most = ANY,
     .files = true,
     .summary = "mark who said what in a page",
     .text = "In a terminal, shows each article with source (S), cue (C), content (Q) and chain (V) of every quotation "
             "marked, and who said it, how sure that is, in the margin if there are 104 columns, else below. Into a "
             "file or pipe, prints one JSON object a page; its offsets are Unicode characters, end exclusive. The "
             "format html is one page to read in a browser, or to print, that needs nothing beside it.",
     .uses = {{CLI_FORMAT, "text|html|json"},
              {CLI_JSON, NULL},
              {CLI_MIN_CONFIDENCE, NULL},
              {CLI_DATE, NULL},
              {CLI_MODEL, NULL},
              {CLI_THREADS, NULL}},
     .examples = {{"hearsay annotate page.html", "the text with its quotations marked"},
                  {"hearsay annotate --format html --min-confidence 0.8 -o marked.html page.html",
                   "what is sure, for a browser"},
                  {"hearsay annotate --json --date 2024-11-18 news/ > news.jsonl", "a folder as JSON Lines"}},
     .run = cli_cmd_annotate},
    {.name = "parse",
     .arguments = "[FILE…]",
     .at_most = ANY,
     .files = true,
     .summary = "analyse sentences and words",
     .text =
         "Prints CoNLL-U: one word a line with its lemma, tags, features, head and relation (Universal Dependencies "
         "2), "
         "in MISC its place in the text and the name it is part of, a blank line after each sentence. A FILE that is "
         "CoNLL-U itself (.conllu, or by its first lines) keeps its words, comments and multiword tokens. With the "
         "model rules the columns are empty.",
     .uses =
         {{CLI_FORMAT, "conllu|tree|json"}, {CLI_JSON, NULL}, {CLI_DATE, NULL}, {CLI_MODEL, NULL}, {CLI_THREADS, NULL}},
     .examples = {{"echo 'He came. She left.' | hearsay parse --format tree", "two sentences, drawn"},
                  {"hearsay parse news/ > news.conllu", "a folder as CoNLL-U"},
                  {"hearsay parse --model large treebank.conllu", "words as they are, analysed anew"}},
     .run = cli_cmd_parse},
    {.name = "read",
     .arguments = "[PATH…]",
     .at_most = ANY,
     .files = true,
     .summary = "read pages into a record",
     .text = "PATH is a page (.html, .txt, .md), a file of JSON Lines (.jsonl, .jsonl.gz, .jsonl.zst), a WARC archive "
             "(.warc, .warc.gz, .warc.zst), a folder of those, or - for standard input. Of an archive the pages are "
             "read, the answers with status 200 that are HTML or text; a record of it that is broken is named and "
             "passed over. A record that is not there is made. A page that is already in the "
             "record changes nothing, so the same command may be given again at any time. Ctrl-C keeps the pages "
             "read so far.\n\n"
             "A page saved by a browser (.mhtml, .mht), a WACZ (.wacz) and a list of archives (.paths, .paths.gz, as "
             "Common Crawl's warc.paths.gz) will do as well; the archives that a list names stand beside it or in "
             "folders as it tells.\n\n"
             "An address (https://…) is that of a page, of a feed (RSS, Atom, JSON Feed) or of a sitemap; of these the "
             "pages that they name are read. One request at a time goes out, a host is left in peace between two, its "
             "robots.txt is heard, and a page that has not changed is not sent again. --follow keeps on until Ctrl-C "
             "or SIGTERM. Addresses that lead to this machine or its neighbours are refused, wherever the way there "
             "begins.\n\n"
             "--since, --until, --outlet and --language leave pages out before their articles are looked for, by what "
             "the archive, the address and the first bytes tell, and once more by what the article tells. A page that "
             "does not tell its day or language stays.",
     .uses = {{CLI_RECORD, NULL},
              {CLI_ONLY, "pages"},
              {CLI_AGAIN, NULL},
              {CLI_READ_SINCE, NULL},
              {CLI_READ_UNTIL, NULL},
              {CLI_OUTLET, NULL},
              {CLI_LANGUAGE, NULL},
              {CLI_FOLLOW, NULL},
              {CLI_DELAY, NULL},
              {CLI_TIMEOUT, NULL},
              {CLI_ALLOW_LOCAL, NULL},
              {CLI_REJECT, CHOICES(HS_PAGE_KINDS)},
              {CLI_DATE, NULL},
              {CLI_MODEL, NULL},
              {CLI_THREADS, NULL},
              {CLI_JSON, NULL}},
     .examples = {{"hearsay read -d news.db pages/ crawl.warc.gz", "a folder and an archive into a record"},
                  {"hearsay read -d news.db --follow 15 https://post.example/feed.xml", "keep up with a feed"},
                  {"hearsay read -d news.db --only pages --language en warc.paths.gz", "the English pages of a crawl"},
                  {"hearsay read -d news.db --again", "annotate what is not, or not by the rules of today"}},
     .run = cli_cmd_read},
    {.name = "brief",
     .arguments = "[WORDS]",
     .at_most = ANY,
     .summary = "tell what a record holds, day by day",
     .text = "Who said what on which day, on whose word, how sure that is, with article and place. With WORDS, only "
             "from articles that hold them all.",
     .uses = {{CLI_RECORD, NULL}, {CLI_FORMAT, "text|markdown|html|json"}, {CLI_JSON, NULL}},
     .examples = {{"hearsay brief -d news.db", "everything"},
                  {"hearsay brief -d news.db --format html -o harbour.html harbour strike", "one story as a web page"}},
     .run = cli_cmd_brief},
    {.name = "said",
     .arguments = "",
     .summary = "list quotations of a record",
     .text = "Options narrow the list: a quotation has to fit all of them. Names and words match without case and "
             "accents. Of a page that was captured in several versions the latest one counts (`hearsay diff` shows the "
             "others). In the order of the day said, then article, then place, unless --sort asks for the latest or "
             "the surest first, or for that of speakers or outlets.\n\n"
             "--count tells instead how many quotations, articles and outlets there are for each speaker, link of the "
             "chain (via), outlet or day.",
     .uses = {{CLI_RECORD, NULL},
              {CLI_BY, NULL},
              {CLI_FOR, NULL},
              {CLI_VIA, NULL},
              {CLI_ABOUT, NULL},
              {CLI_SAID_OUTLET, NULL},
              {CLI_SINCE, NULL},
              {CLI_UNTIL, NULL},
              {CLI_SPEAKER, "named|anonymous|unresolved"},
              {CLI_TYPE, CHOICES(HS_QUOTATION_TYPES)},
              {CLI_CUE, CHOICES(HS_FORCES)},
              {CLI_MIN_CONFIDENCE, NULL},
              {CLI_SORT, "day|latest|sure|speaker|outlet"},
              {CLI_COUNT, "speaker|via|outlet|day"},
              {CLI_LIMIT, NULL},
              {CLI_JSON, NULL}},
     .examples = {{"hearsay said -d news.db --by orlo", "what Orlo said"},
                  {"hearsay said -d news.db --about 'dam gates' --since 2031-03-01 --json", "as JSON Lines"},
                  {"hearsay said -d news.db --outlet courier --count speaker", "whom an outlet quotes, how often"}},
     .run = cli_cmd_said},
    {.name = "show",
     .arguments = "ID",
     .at_least = 1,
     .at_most = 1,
     .summary = "show a row of a record with its evidence",
     .text = "ID is the id of a quotation, article or actor, as the other commands print it; its first four digits or "
             "more will do if no other row begins with them.",
     .uses = {{CLI_RECORD, NULL}, {CLI_JSON, NULL}, {CLI_PAGE, NULL}},
     .examples = {{"hearsay show -d news.db 3f09c2d1", "a quotation in its context"},
                  {"hearsay show -d news.db --page -o page.html 3f09c2d1", "the page that it stands in"}},
     .run = cli_cmd_show},
    {.name = "diff",
     .arguments = "URL|ID [ID]",
     .at_least = 1,
     .at_most = 2,
     .summary = "show how an article changed from version to version",
     .text = "URL is the address of a page that was captured more than once, ID the id of one of its rows. Quotations "
             "that were removed (-), added (+) or reworded (~) come first, then sentences; [-words-] went and "
             "{+words+} came. With two, compares those.",
     .uses = {{CLI_RECORD, NULL}, {CLI_JSON, NULL}},
     .examples = {{"hearsay diff -d news.db https://post.example/dam",
                   "what changed in a page since it was read first"},
                  {"hearsay diff -d news.db 3f09c2d1 51ac0b7e", "two articles beside each other"}},
     .run = cli_cmd_diff},
    {.name = "correct",
     .arguments = "[ID]",
     .at_most = 1,
     .summary = "store what a person judges of a quotation",
     .text = "ID is the id of a quotation, as `said` and `show` print it, or a beginning of it. The judgement stands "
             "beside the machine's row, with who judged and when; the last one counts. It stays when articles are "
             "annotated again, shows in `said` and `show`, and is written by `export --to corrections` and `--to "
             "gold`.\n\n"
             "Words are given as they stand in the text, white space apart, parts that stand apart joined by \" … \"; "
             "the place nearest to the quotation is meant. Or give places in characters, as 118-140,150-160. A FILE "
             "has an object a line with the fields id, verdict (right, wrong, missing), source, cue, content, speaker, "
             "speaks_for, via, said, type, force, who, at and note. What the same person judged the same before "
             "is not stored again.",
     .uses = {{CLI_RECORD, NULL},
              {CLI_FROM, NULL},
              {CLI_RIGHT, NULL},
              {CLI_WRONG, NULL},
              {CLI_MISSING, NULL},
              {CLI_IS_SPEAKER, NULL},
              {CLI_IS_FOR, NULL},
              {CLI_IS_VIA, NULL},
              {CLI_IS_SAID, NULL},
              {CLI_IS_SOURCE, NULL},
              {CLI_IS_CUE, NULL},
              {CLI_IS_CONTENT, NULL},
              {CLI_TYPE, CHOICES(HS_QUOTATION_TYPES)},
              {CLI_FORCE, CHOICES(HS_FORCES)},
              {CLI_WHO, NULL},
              {CLI_NOTE, NULL}},
     .examples = {{"hearsay correct -d news.db 3f09c2d1 --speaker 'Ana Orlo'", "it was she who said it"},
                  {"hearsay correct -d news.db 3f09c2d1 --wrong --note 'a title'", "nobody said that"},
                  {"hearsay correct -d news.db --from desk.jsonl --who desk", "many at once"}},
     .run = cli_cmd_correct},
    {.name = "export",
     .arguments = "",
     .summary = "write a record in another form",
     .text = "jsonl: one object an article, as annotate prints them. csv: one row a quotation. citron: the annotation "
             "format of BBC Citron, as lines or, into a folder, as the files that its tools read. brat: stand-off "
             "annotation, a .txt and an .ann file an article. corrections: what people judged, as `correct --from` "
             "reads it. gold: the articles "
             "that people corrected, with their corrections, as `make train` reads them.",
     .uses = {{CLI_RECORD, NULL}, {CLI_TO, "jsonl|csv|citron|brat|corrections|gold"}, {CLI_FOLDER, NULL}},
     .examples = {{"hearsay export -d news.db --to csv -o quotations.csv", "for a spreadsheet"},
                  {"hearsay export -d news.db --to brat --folder marked", "for brat"}},
     .run = cli_cmd_export},
    {.name = "model",
     .arguments = "[NAME]",
     .at_most = 1,
     .files = true,
     .summary = "tell what is in a model",
     .text =
         "NAME is small, large, rules, or the file of a model (.model) or of its finder of attributions (.quotations); "
         "without it, what the environment variable HS_MODEL names, else small. Prints the model's version and file, "
         "its data, licences and the scores it was accepted "
         "with, its layers and sections. If there is no such file, tells where it was looked for.",
     .examples = {{"hearsay model", "the default model"}},
     .run = cli_cmd_model},
    {.name = "test",
     .arguments = "FILE…",
     .at_least = 1,
     .at_most = ANY,
     .files = true,
     .summary = "run golden cases",
     .text = "FILE holds cases: a line `== title`, lines `key: value` if any, a blank line, the text, a line `--`, and "
             "what is expected to be found. The name of its folder says what is compared: sentences, parse, actors, "
             "quotations, article or times. Prints how each failing case differs, lines expected with -, lines found "
             "with +.",
     .uses = {{CLI_UPDATE, NULL}, {CLI_MODEL, NULL}},
     .examples = {{"hearsay test tests/cases/*/*.test", "run them all"},
                  {"hearsay test --update tests/cases/times/days.test", "accept what is found"}},
     .run = cli_cmd_test},
    {.name = "manual",
     .arguments = "",
     .summary = "print the manual page",
     .text = "In the form that man reads.",
     .examples = {{"hearsay manual | man -l -", "read it"}},
     .run = cli_cmd_manual},
    {.name = "completion",
     .arguments = "SHELL",
     .at_least = 1,
     .at_most = 1,
     .words = "bash|zsh|fish",
     .summary = "print the completion of a shell",
     .text = "SHELL is bash, zsh or fish.",
     .examples = {{"source <(hearsay completion bash)", "complete commands and options in this shell"}},
     .run = cli_cmd_completion},
    {.name = "help",
     .arguments = "[COMMAND]",
     .at_most = 1,
     .summary = "explain a command",
     .text = "Without COMMAND, lists the commands.",
     .examples = {{"hearsay help read", "all that read can do"}},
     .run = cli_cmd_help},
    {.name = "version",
     .arguments = "",
     .summary = "print the versions of hearsay, its model and SQLite",
     .text = "The same as `hearsay --version`.",
     .run = cli_cmd_version},
    {.name = NULL},
};

const cli_command *cli_command_find(const char *name) {
  for (const cli_command *c = cli_commands; c->name; c++)
    if (strcmp(c->name, name) == 0) return c;
  return NULL;
}

cli_use cli_command_use(const cli_command *command, size_t index) {
  size_t own = 0;
  while (command->uses[own].id != CLI_NO_OPTION) own++;
  return index < own ? command->uses[index] : uses_of_all[index - own];
}
