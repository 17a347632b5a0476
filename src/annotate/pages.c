/* Many pages: reading and handing on by the caller's thread, the work between by the pool's. */
#include "annotate/document.h"

#include "base/error.h"
#include "base/pool.h"
#include "extract/habits.h"
#include "ingest/filter.h"

#include <stdlib.h>

/* A quotation inside one that is dropped is inside the next one around it that is kept, since that stands before it. */
static void drop_unsure(hs_doc *doc, float least) {
  if (least <= 0) return;
  int *places = hs_arena_alloc(doc->arena, (doc->quotation_count + 1) * sizeof *places);
  int kept = 0;
  for (size_t i = 0; i < doc->quotation_count; i++) {
    hs_quotation quotation = doc->quotations[i];
    int outer = quotation.inside;
    quotation.inside = outer != HS_NONE && (size_t)outer < i ? places[outer] : HS_NONE;
    bool keep = hs_quotation_sure(&quotation) >= least;
    places[i] = keep ? kept : quotation.inside;
    if (keep) doc->quotations[kept++] = quotation;
  }
  doc->quotation_count = (size_t)kept;
}

/* What all jobs share. */
typedef struct shared {
  const hs_page_run *run;
  hs_turn *turn;
} shared;

typedef struct working {
  const shared *with;
  hs_page_job *job;
  bool passed; /* the turn, to the next job */
} working;

static void pass_turn(working *w) {
  if (!w->passed) hs_turn_pass(w->with->turn, w->job->number);
  w->passed = true;
}

/* An hs_between: decides about the article before it is analysed. */
static bool decide(hs_doc *doc, void *working_) {
  working *w = working_;
  const hs_page_run *run = w->with->run;
  w->job->left_out = !hs_filter_takes_article(run->reading, w->job->capture, &doc->article);
  bool goes_on = !w->job->left_out;
  if (goes_on && run->learn) goes_on = run->learn(w->job, doc, w->with->turn, run->arg);
  else if (goes_on) hs_habits_drop(run->reading->habits, &doc->article, doc->arena);
  pass_turn(w);
  return goes_on;
}

static void read_job(working *w) {
  hs_page_job *job = w->job;
  const hs_page_run *run = w->with->run;
  if (!job->capture) return; /* an input that failed: its error waits its turn */
  hs_page *page = &job->capture->page;
  if (page->data || !job->capture->visit) {
    if (!page->date) page->date = run->reading->date;
    if (hs_doc_read_named(&job->doc, run->model, page, job->capture->name, decide, w, run->reading->depth,
                          run->reading->textless, &job->error))
      return;
    drop_unsure(job->doc, run->reading->min_confidence);
  }
  if (run->prepare && !job->left_out) job->extra = run->prepare(job, run->arg);
}

static void work(void *job, void *shared_) {
  working w = {.with = shared_, .job = job};
  read_job(&w);
  pass_turn(&w);
}

/* Hands JOB on, unless STOP says that nothing more is wanted, and frees it. Gives what EACH gave. */
static int hand_on(const hs_page_run *run, hs_page_job *job, int stop) {
  bool nothing = job->left_out || (!job->doc && !job->extra && !job->error.code); /* a visit that nobody wants */
  if (job->left_out && run->tally) run->tally->left_out++;
  if (!stop && !nothing) stop = run->each(run->arg, job);
  else if (run->discard) run->discard(job->extra);
  hs_doc_free(job->doc);
  hs_capture_free(job->capture);
  free(job);
  return stop;
}

/* Gives not 0 if nothing more is wanted. */
static int show_progress(const hs_page_run *run, const hs_input *input, uint64_t documents) {
  if (!run->reading->progress) return 0;
  hs_progress progress = {.documents = documents};
  hs_input_progress(input, &progress);
  return run->reading->progress(run->reading->arg, &progress);
}

/* The next input as *JOB, NULL where there is none. Gives what hs_input_next does. */
static int next_job(hs_input *input, hs_page_job **out) {
  hs_page_job *job = *out = hs_calloc(1, sizeof *job);
  int code = hs_input_next(input, &job->capture, &job->error);
  if (code == 1 || code == HS_ERROR_INPUT) return code;
  free(job);
  *out = NULL;
  return code;
}

/* Hands on all that is inside. Gives not 0 if nothing more is wanted. */
static int drain(const hs_page_run *run, hs_pool *pool, const hs_input *input, uint64_t *documents, int stop) {
  for (hs_page_job *job; (job = hs_pool_take(pool));) {
    stop = hand_on(run, job, stop);
    if (!stop) stop = show_progress(run, input, ++*documents);
  }
  return stop;
}

int hs_pages_run(const hs_page_run *run, hs_error *error) {
  if (run->reading->path_count == 0) return hs_fail(error, HS_ERROR_USAGE, 0, "nothing to read: no path was given");
  hs_input *input = hs_input_open(run->reading, run->memory);
  shared with = {run, hs_turn_new()};
  hs_pool *pool = hs_pool_new(run->reading->threads, work, &with);
  hs_page_job *job;
  uint64_t documents = 0, number = 0;
  int stop = 0, code = 0;
  while (!stop && (code = next_job(input, &job)) != 0 && code != HS_ERROR_STOPPED) {
    if (code == HS_INPUT_PAUSE) {
      stop = drain(run, pool, input, &documents, 0);
      if (!stop && run->pause) stop = run->pause(run->arg);
      continue;
    }
    if (!hs_pool_has_room(pool)) {
      stop = hand_on(run, hs_pool_take(pool), 0);
      if (!stop) stop = show_progress(run, input, ++documents);
    }
    job->number = number++;
    hs_pool_put(pool, job);
  }
  stop = drain(run, pool, input, &documents, stop);
  hs_pool_free(pool);
  hs_turn_free(with.turn);
  if (run->tally) hs_input_tally(input, run->tally);
  hs_input_free(input);
  return stop || code == HS_ERROR_STOPPED ? hs_fail(error, HS_ERROR_STOPPED, 0, "stopped") : HS_OK;
}

typedef struct each_call {
  hs_each *each;
  void *arg;
} each_call;

static int call_each(void *call_, hs_page_job *job) {
  each_call *call = call_;
  return call->each(call->arg, job->doc, job->capture ? &job->capture->page : NULL, job->doc ? NULL : &job->error);
}

int hs_pages_read(const hs_model *model, const hs_reading *reading, hs_each *each, void *arg, hs_error *error) {
  each_call call = {each, arg};
  hs_page_run run = {.model = model, .reading = reading, .each = call_each, .arg = &call};
  return hs_pages_run(&run, error);
}
