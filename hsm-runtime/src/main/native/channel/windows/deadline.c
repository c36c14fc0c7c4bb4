#include "deadline.h"

#include <windows.h>

enum { SECOND = 1000000, MILLISECOND = 1000 };

moment deadline_now(void) {
    LARGE_INTEGER ticks;
    LARGE_INTEGER frequency;
    QueryPerformanceCounter(&ticks);
    QueryPerformanceFrequency(&frequency);
    return ticks.QuadPart / frequency.QuadPart * SECOND + ticks.QuadPart % frequency.QuadPart * SECOND / frequency.QuadPart;
}

bool deadline_pause(moment microseconds, moment deadline) {
    moment left = deadline - deadline_now();
    if (left <= 0) {
        return false;
    }
    moment pause = microseconds < left ? microseconds : left;
    Sleep((DWORD) ((pause + MILLISECOND - 1) / MILLISECOND));
    return true;
}
