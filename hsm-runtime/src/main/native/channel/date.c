#include "date.h"

static const int64_t LAST = 253402300799; /* 9999-12-31T23:59:59Z */

/* By the Gregorian rules, counted from 1 March 1600, so that a leap day is the last of its year, its 4, 100 or 400 years. */
date date_of(int64_t seconds) {
    int64_t known = seconds < 0 ? 0 : seconds > LAST ? LAST : seconds;
    long days = (long) (known / 86400) + 135080;
    long within = days % 146097;
    long centuries = within / 36524 < 3 ? within / 36524 : 3;
    within -= centuries * 36524;
    long fours = within / 1461;
    within -= fours * 1461;
    long years = within / 365 < 3 ? within / 365 : 3;
    within -= years * 365;
    long month = (5 * within + 2) / 153; /* 0: March */
    long year = 1600 + days / 146097 * 400 + centuries * 100 + fours * 4 + years;
    return (date) {year + (month > 9), month > 9 ? month - 9 : month + 3, within - (153 * month + 2) / 5 + 1,
        (long) (known % 86400)};
}
