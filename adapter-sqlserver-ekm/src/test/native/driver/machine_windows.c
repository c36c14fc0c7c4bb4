#include "machine.h"

#include <windows.h>

#include "check.h"

enum { MOST = 64 };

/* A SQL Server has sockets of its own, so that their library stays when ours goes. Wine 8 knows no socket any more after loading it again. */
void *machine_load(const char *path) {
    static HMODULE sockets;
    if (sockets == NULL) {
        sockets = LoadLibraryA("ws2_32.dll");
        CHECK(sockets != NULL);
    }
    return LoadLibraryA(path);
}

void machine_unload(void *library) {
    CHECK(FreeLibrary(library));
}

void *machine_find(void *library, const char *name) {
    return (void *) GetProcAddress(library, name);
}

long long machine_now(void) {
    return (long long) GetTickCount64();
}

typedef struct {
    void (*work)(int);
    int number;
} task;

static DWORD WINAPI run(void *context) {
    task *t = context;
    t->work(t->number);
    return 0;
}

void machine_run(int count, void (*work)(int number)) {
    HANDLE threads[MOST];
    task tasks[MOST];
    CHECK(count > 0 && count <= MOST);
    for (int i = 0; i < count; i++) {
        tasks[i] = (task) {work, i};
        threads[i] = CreateThread(NULL, 0, run, &tasks[i], 0, NULL);
        CHECK(threads[i] != NULL);
    }
    CHECK_EQUAL(WaitForMultipleObjects((DWORD) count, threads, TRUE, INFINITE), WAIT_OBJECT_0);
    for (int i = 0; i < count; i++) {
        CHECK(CloseHandle(threads[i]));
    }
}

long machine_handles(void) {
    DWORD count = 0;
    CHECK(GetProcessHandleCount(GetCurrentProcess(), &count));
    return (long) count;
}
