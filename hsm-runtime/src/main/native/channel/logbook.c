#include "logbook.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "date.h"
#include "process.h"
#include "system.h"

enum { LINE = 1024, MINUTE = 60 * 1000000 };

static const char *const LEVELS[] = {"none", "error", "warning", "information"};

/* -1 when there is none of that name. */
static int level_of(const char *name) {
    for (int i = 0; i <= LOGBOOK_INFORMATION; i++) {
        if (strcmp(name, LEVELS[i]) == 0) {
            return i;
        }
    }
    return -1;
}

bool logbook_open(logbook *l, const configuration *c, const char *file) {
    const char *destination = configuration_value(c, "log");
    l->destination = destination == NULL ? system_log_name() : destination;
    const char *level = configuration_value(c, "log-level");
    int found = level == NULL ? LOGBOOK_WARNING : level_of(level);
    l->level = found < 0 ? LOGBOOK_WARNING : found;
    size_t size = strcspn(file, ".");
    if (size >= sizeof l->name) {
        size = sizeof l->name - 1;
    }
    memcpy(l->name, file, size);
    l->name[size] = '\0';
    atomic_init(&l->wrong, false);
    for (int i = 0; i < LOGBOOK_CAUSES; i++) {
        atomic_init(&l->told[i], 0);
    }
    return found >= 0;
}

/* Cuts what does not fit. A line is one line: what a service or a program's name contains cannot begin another. */
static size_t finish(char *line, int length) {
    size_t size = length < 0 ? 0 : (size_t) length >= LINE ? LINE - 1 : (size_t) length;
    for (size_t i = 0; i < size; i++) {
        if ((unsigned char) line[i] < ' ' || line[i] == 0x7f) {
            line[i] = '?';
        }
    }
    return size;
}

/* False when the file cannot be opened. */
static bool to_file(const logbook *l, const char *path, int level, const char *text) {
    char line[LINE + 128];
    date d = date_of(time(NULL));
    long second = d.second;
    int size = snprintf(line, sizeof line, "%04ld-%02ld-%02ldT%02ld:%02ld:%02ldZ %s[%ld] %s: %s\n", d.year, d.month, d.day,
            second / 3600, second / 60 % 60, second % 60, l->name, (long) process_id(), LEVELS[level], text);
    return size <= 0 || system_append(path, line, (size_t) size);
}

void logbook_write(logbook *l, int level, const char *format, va_list arguments) {
    if (level < LOGBOOK_ERROR || level > l->level || strcmp(l->destination, "none") == 0) {
        return;
    }
    int reason = errno;
    char text[LINE];
    text[finish(text, vsnprintf(text, sizeof text, format, arguments))] = '\0';
    bool system = strcmp(l->destination, system_log_name()) == 0;
    const char *path = strcmp(l->destination, "stderr") == 0 ? NULL : l->destination;
    if (system || !to_file(l, path, level, text)) {
        system_log(l->name, level, text);
    }
    errno = reason;
}

bool logbook_news(logbook *l, int cause) {
    if (cause == 0) {
        return atomic_load_explicit(&l->wrong, memory_order_relaxed) && atomic_exchange(&l->wrong, false);
    }
    moment now = deadline_now();
    moment before = atomic_load(&l->told[cause % LOGBOOK_CAUSES]);
    if (before != 0 && now - before < MINUTE) {
        return false;
    }
    atomic_store(&l->wrong, true);
    return atomic_compare_exchange_strong(&l->told[cause % LOGBOOK_CAUSES], &before, now);
}
