#include "system.h"

#include <windows.h>

#include "wide.h"

/* Number of an event; there is no file of texts for it, so that the viewer shows ours as they are. */
enum { EVENT = 1 };

const char *system_log_name(void) {
    return "eventlog";
}

void system_log(const char *name, int level, const char *text) {
    static const WORD kinds[] = {0, EVENTLOG_ERROR_TYPE, EVENTLOG_WARNING_TYPE, EVENTLOG_INFORMATION_TYPE};
    wchar_t source[64];
    wchar_t line[1024];
    if (!wide_of(name, source, sizeof source / sizeof *source) || !wide_of(text, line, sizeof line / sizeof *line)) {
        return;
    }
    HANDLE log = RegisterEventSourceW(NULL, source);
    if (log != NULL) {
        const wchar_t *lines[] = {line};
        ReportEventW(log, kinds[level], 0, EVENT, NULL, 1, 0, lines, NULL);
        DeregisterEventSource(log);
    }
}

static HANDLE open_log(const char *path) {
    wchar_t wide[WIDE_PATH];
    if (!wide_of(path, wide, WIDE_PATH)) {
        return INVALID_HANDLE_VALUE;
    }
    return CreateFileW(wide, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_ALWAYS,
            FILE_ATTRIBUTE_NORMAL, NULL);
}

bool system_append(const char *path, const char *line, size_t size) {
    HANDLE file = path == NULL ? GetStdHandle(STD_ERROR_HANDLE) : open_log(path);
    DWORD written;
    if (file == NULL || file == INVALID_HANDLE_VALUE) {
        return false;
    }
    /* A full disk: there is nobody left to tell. */
    (void) WriteFile(file, line, (DWORD) size, &written, NULL);
    if (path != NULL) {
        CloseHandle(file);
    }
    return true;
}
