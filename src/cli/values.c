#include "cli/values.h"

#include "cli/nearest.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool cli_value_choice(const char *choices, size_t index, char out[16]) {
  for (; index > 0 && choices; index--) {
    choices = strchr(choices, '|');
    if (choices) choices++;
  }
  if (!choices) return false;
  snprintf(out, 16, "%.*s", (int)strcspn(choices, "|"), choices);
  return true;
}

bool cli_value_choice_fits(const char *name, const char *choices, const char *value, char *why, size_t size) {
  enum { MOST = 16 };
  char words[MOST][16];
  const char *names[MOST];
  char list[160] = "";
  size_t count = 0;
  for (; count < MOST && cli_value_choice(choices, count, words[count]); count++) {
    if (strcmp(words[count], value) == 0) return true;
    names[count] = words[count];
    snprintf(list + strlen(list), sizeof list - strlen(list), "%s%s", count ? ", " : "", words[count]);
  }
  const char *near = cli_nearest(value, names, count);
  if (near) snprintf(why, size, "%s %.40s: did you mean %s? There are %s", name, value, near, list);
  else snprintf(why, size, "%s %.40s: there are %s", name, value, list);
  return false;
}

static bool fits_number(const cli_option *option, const char *value, char *why, size_t size) {
  char *end;
  long number = strtol(value, &end, 10);
  if (isdigit((unsigned char)*value) && !*end && number >= option->at_least && number <= option->at_most) return true;
  snprintf(why, size, "--%s %.40s: not a whole number from %d to %d", option->name, value, option->at_least,
           option->at_most);
  return false;
}

static bool fits_share(const cli_option *option, const char *value, char *why, size_t size) {
  char *end;
  double share = strtod(value, &end);
  if (*value && !*end && strspn(value, "0123456789.") == strlen(value) && share <= 1) return true;
  snprintf(why, size, "--%s %.40s: not a number from 0 to 1, as in 0.8", option->name, value);
  return false;
}

/* Is VALUE a day of the calendar, "2024-02-29"? Or, if it need not be WHOLE, a month or year? */
static bool is_date(const char *value, bool whole) {
  static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  static const char form[] = "0000-00-00";
  size_t size = strlen(value);
  if (size != 10 && (whole || (size != 7 && size != 4))) return false;
  for (size_t i = 0; i < size; i++)
    if (form[i] == '0' ? !isdigit((unsigned char)value[i]) : value[i] != form[i]) return false;
  long year = strtol(value, NULL, 10), month = size > 4 ? strtol(value + 5, NULL, 10) : 1;
  long day = size > 7 ? strtol(value + 8, NULL, 10) : 1;
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= lengths[month - 1] + (month == 2 && leap);
}

/* Are the words of VALUE, with commas between, all among CHOICES? */
static bool choices_fit(const char *name, const char *choices, const char *value, char *why, size_t size) {
  char one[16];
  for (const char *at = value;; at++) {
    size_t n = strcspn(at, ",");
    snprintf(one, sizeof one, "%.*s", (int)n, at);
    if (!cli_value_choice_fits(name, choices, one, why, size)) return false;
    at += n;
    if (!*at) return true;
  }
}

bool cli_value_fits(const cli_option *option, const char *choices, const char *value, char *why, size_t size) {
  char name[32];
  snprintf(name, sizeof name, "--%s", option->name);
  if (option->value == CLI_CHOICE) return cli_value_choice_fits(name, choices, value, why, size);
  if (option->value == CLI_CHOICES) return choices_fit(name, choices, value, why, size);
  if (option->value == CLI_NUMBER) return fits_number(option, value, why, size);
  if (option->value == CLI_SHARE) return fits_share(option, value, why, size);
  if (option->value == CLI_DAYS && !is_date(value, false)) {
    snprintf(why, size, "%s %.40s: not a day, month or year, as in 2024-11-18, 2024-11, 2024", name, value);
    return false;
  }
  if (option->value == CLI_DAY && !is_date(value, true)) {
    snprintf(why, size, "%s %.40s: not a day of the calendar, as in 2024-11-18", name, value);
    return false;
  }
  if (option->value != CLI_FLAG && !*value) {
    snprintf(why, size, "--%s is empty: it needs a value: %s", option->name, option->argument);
    return false;
  }
  return true;
}
