/*
 * Where the library says what went wrong: the system's log (syslog; the default), a file, standard error, or nowhere.
 *
 * Nothing is kept open between two lines and nothing can block: the lines to syslog are sent by ourselves, for syslog()
 * waits for a daemon that does not read and holds a lock that a fork would leave locked.
 */
#ifndef COFFER_LOGBOOK_H
#define COFFER_LOGBOOK_H

#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "configuration.h"
#include "deadline.h"

enum { LOGBOOK_ERROR = 1, LOGBOOK_WARNING = 2, LOGBOOK_INFORMATION = 3, LOGBOOK_CAUSES = 8 };

typedef struct {
    const char *destination; /* syslog, stderr, none, or the path of a file */
    int level;               /* lines above it are not written */
    char name[32];           /* begins each line: coffer-pkcs11 */
    _Atomic bool wrong;      /* something was written to be wrong, and that it is well again was not */
    _Atomic moment told[LOGBOOK_CAUSES];
} logbook;

/* The configuration must outlive the logbook. Its keys: log, log-level. False when there is no such level. */
bool logbook_open(logbook *, const configuration *, const char *file);

void logbook_write(logbook *, int level, const char *format, va_list arguments);

/*
 * Whether a cause is worth a line: it has not had one for a minute. That all is well (0) is worth one after those of causes.
 */
bool logbook_news(logbook *, int cause);

#endif
