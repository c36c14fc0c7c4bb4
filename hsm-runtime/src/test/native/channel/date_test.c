#define _GNU_SOURCE
#include "date.h"

#include <time.h>

#include "check.h"

static void is(int64_t seconds, const struct tm *expected) {
    date d = date_of(seconds);
    CHECK_EQUAL(d.year, expected->tm_year + 1900);
    CHECK_EQUAL(d.month, expected->tm_mon + 1);
    CHECK_EQUAL(d.day, expected->tm_mday);
    CHECK_EQUAL(d.second, expected->tm_hour * 3600 + expected->tm_min * 60 + expected->tm_sec);
}

/* Every day until the end of 9999, at some time of it. */
static void isTheSystems(void) {
    for (time_t seconds = 0; seconds <= 253402300799; seconds += 86399) {
        struct tm expected;
        CHECK(gmtime_r(&seconds, &expected) != NULL);
        is(seconds, &expected);
    }
}

static void staysWithinItsYears(void) {
    CHECK_EQUAL(date_of(INT64_MIN).year, 1970);
    CHECK_EQUAL(date_of(-1).day, 1);
    CHECK_EQUAL(date_of(253402300799).second, 86399);
    CHECK_EQUAL(date_of(INT64_MAX).year, 9999);
}

int main(void) {
    RUN(isTheSystems);
    RUN(staysWithinItsYears);
    return 0;
}
