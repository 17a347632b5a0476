/* Who said what in a text: cc hello.c $(pkg-config --cflags --libs hearsay) -o hello && ./hello */
#include <hearsay.h>
#include <stdio.h>
#include <string.h>

int main(void) {
  const char *text = "“We will not leave the harbour,” said Mayor Ana Orlo on Monday.";
  hs_page page = {.data = text, .size = strlen(text), .media = HS_MEDIA_TEXT, .published = "2031-03-04"};
  hs_model *model = NULL;
  hs_doc *doc = NULL;
  hs_error error;
  if (hs_model_open(&model, NULL, &error) || hs_doc_read(&doc, model, &page, HS_ANNOTATE, &error)) {
    fprintf(stderr, "hello: %s\n", error.message);
    return 1;
  }
  size_t quotation_count, actor_count;
  const hs_quotation *quotations = hs_doc_quotations(doc, &quotation_count);
  const hs_actor *actors = hs_doc_actors(doc, &actor_count);
  for (size_t i = 0; i < quotation_count; i++) {
    const hs_quotation *q = &quotations[i];
    hs_span said = q->contents[0];
    printf("%s: %.*s\n", q->speaker == HS_NONE ? "someone" : actors[q->speaker].name, (int)(said.end - said.start),
           hs_doc_article(doc)->text + said.start);
  }
  hs_doc_free(doc);
  hs_model_free(model);
}
