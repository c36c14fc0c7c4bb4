#include "system.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <winsock2.h>
#include <windows.h>

#include "wide.h"

bool system_begin(void) {
    WSADATA found;
    return WSAStartup(MAKEWORD(2, 2), &found) == 0;
}

void system_end(void) {
    WSACleanup();
}

unsigned system_processors(void) {
    SYSTEM_INFO found;
    GetSystemInfo(&found);
    return found.dwNumberOfProcessors;
}

/* Thread numbers are multiples of four: spread like the addresses that they are elsewhere. */
uint64_t system_thread(void) {
    return (uint64_t) GetCurrentThreadId() << 12;
}

void system_program(char *name, size_t size) {
    wchar_t path[WIDE_PATH] = L"";
    DWORD length = GetModuleFileNameW(NULL, path, WIDE_PATH);
    const wchar_t *slash = length > 0 && length < WIDE_PATH ? wcsrchr(path, L'\\') : NULL;
    wide_to(slash == NULL ? L"" : slash + 1, name, size);
}

bool system_environment(const char *name, char *value, size_t size) {
    wchar_t wanted[64];
    wchar_t found[WIDE_PATH];
    if (!wide_of(name, wanted, sizeof wanted / sizeof *wanted)) {
        return false;
    }
    DWORD length = GetEnvironmentVariableW(wanted, found, WIDE_PATH);
    return length > 0 && length < WIDE_PATH && wide_to(found, value, size);
}

void system_directory(char *path, size_t size) {
    static const char name[] = "\\Coffer";
    if (!system_environment("ProgramData", path, size - sizeof name)) {
        snprintf(path, size - sizeof name, "C:\\ProgramData");
    }
    memcpy(path + strlen(path), name, sizeof name);
}

/* A service has no home, so that there is only the machine's. */
void system_sockets(char machine[SYSTEM_PATH], char own[SYSTEM_PATH]) {
    static const char name[] = "\\coffer.sock";
    system_directory(machine, SYSTEM_PATH - sizeof name);
    memcpy(machine + strlen(machine), name, sizeof name);
    own[0] = '\0';
}

bool system_exists(const char *path) {
    wchar_t wide[WIDE_PATH];
    return wide_of(path, wide, WIDE_PATH) && GetFileAttributesW(wide) != INVALID_FILE_ATTRIBUTES;
}

/* The files are small, and what stands at their place for longer than a call may last is no file. */
static HANDLE open_file(const char *path, int *reason) {
    wchar_t wide[WIDE_PATH];
    HANDLE file = INVALID_HANDLE_VALUE;
    *reason = ENAMETOOLONG;
    if (wide_of(path, wide, WIDE_PATH)) {
        file = CreateFileW(wide, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                FILE_ATTRIBUTE_NORMAL, NULL);
        *reason = file == INVALID_HANDLE_VALUE ? wide_error(GetLastError()) : 0;
    }
    if (file != INVALID_HANDLE_VALUE && GetFileType(file) != FILE_TYPE_DISK) {
        CloseHandle(file);
        *reason = EACCES;
        return INVALID_HANDLE_VALUE;
    }
    return file;
}

static ptrdiff_t fill(HANDLE file, char *bytes, size_t most, int *reason) {
    LARGE_INTEGER size;
    DWORD count = 0;
    if (!GetFileSizeEx(file, &size)) {
        *reason = wide_error(GetLastError());
        return -1;
    }
    if (size.QuadPart > (LONGLONG) most) {
        *reason = EFBIG;
        return -1;
    }
    if (!ReadFile(file, bytes, (DWORD) most, &count, NULL)) {
        *reason = wide_error(GetLastError());
        return -1;
    }
    return (ptrdiff_t) count;
}

ptrdiff_t system_read(const char *path, void *bytes, size_t most, int *reason) {
    HANDLE file = open_file(path, reason);
    if (file == INVALID_HANDLE_VALUE) {
        return -1;
    }
    ptrdiff_t size = fill(file, bytes, most, reason);
    CloseHandle(file);
    return size;
}

ptrdiff_t system_read_secret(const char *path, void *bytes, size_t most, int *reason) {
    return system_read(path, bytes, most, reason);
}
