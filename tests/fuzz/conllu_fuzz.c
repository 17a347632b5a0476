/* Whatever the bytes, read as CoNLL-U: each sentence is read or told by its line, and what is written of those that
 * were read is read again without an error and written again as it was. */
#include "annotate/document.h"
#include "base/buffer.h"
#include "fuzz.h"
#include "ingest/conllu.h"

static int collect(void *out, const char *data, size_t size) {
  hs_buffer_add(out, data, size);
  return 0;
}

static void check_doc(const hs_doc *doc) {
  size_t count, tokens;
  const hs_sentence *sentences = hs_doc_sentences(doc, &count);
  const hs_token *token = hs_doc_tokens(doc, &tokens);
  uint32_t at = 0, byte = 0;
  for (size_t i = 0; i < count; i++) {
    require(sentences[i].first == at && sentences[i].end > at, "sentences hold all words, in order");
    at = sentences[i].end;
  }
  require(at == tokens, "each word is in a sentence");
  for (size_t i = 0; i < tokens; i++) {
    require(token[i].span.start >= byte && token[i].span.end > token[i].span.start,
            "words stand in the text, in order");
    byte = token[i].span.end;
  }
  require(byte <= hs_doc_article(doc)->text_size, "and inside it");
}

/* Writes what is read of DATA to OUT; gives how many sentences were passed over. */
static size_t pass(const void *data, size_t size, hs_buffer *out) {
  static hs_model *model;
  if (!model) require(hs_model_open(&model, "rules", NULL) == HS_OK, "the rules can be opened");
  hs_stream *stream = hs_stream_new(file_of(data, size), "fuzz");
  hs_conllu conllu = {.lines.stream = stream};
  hs_capture *capture;
  hs_error error = {0};
  hs_doc *doc;
  size_t wrong = 0;
  int code;
  while ((code = hs_conllu_next(&conllu, "fuzz", &capture, &error))) {
    require(code == 1 || strncmp(error.message, "fuzz", 4) == 0, "an error names the input");
    wrong += code != 1;
    if (code != 1) continue;
    require(hs_doc_read(&doc, model, &capture->page, HS_PARSE, &error) == HS_OK, "what was let through can be read");
    check_doc(doc);
    require(hs_report_conllu(doc, collect, out, &error) == HS_OK, "and written");
    hs_buffer other = {0};
    hs_report_parse(doc, &(hs_style){.format = HS_JSON}, collect, &other, &error);
    hs_report_parse(doc, &(hs_style){.format = HS_TEXT}, collect, &other, &error);
    hs_buffer_free(&other);
    hs_doc_free(doc);
    hs_capture_free(capture);
  }
  hs_conllu_free(&conllu);
  hs_stream_free(stream);
  return wrong;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hs_buffer once = {0}, again = {0};
  pass(data, size, &once);
  if (once.size) require(pass(once.data, once.size, &again) == 0, "what is written can be read");
  require(once.size == again.size && (!once.size || memcmp(once.data, again.data, once.size) == 0),
          "and is written again as it was");
  hs_buffer_free(&once);
  hs_buffer_free(&again);
  return 0;
}
