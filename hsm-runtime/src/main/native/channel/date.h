/* The date in UTC. gmtime_r() holds a lock that a fork would leave locked. */
#ifndef COFFER_DATE_H
#define COFFER_DATE_H

#include <stdint.h>

typedef struct {
    long year;
    long month;
    long day;
    long second; /* of the day */
} date;

/* Of so many seconds since 1970, from the year 1970 to 9999; others are taken for the nearest of these. */
date date_of(int64_t seconds);

#endif
