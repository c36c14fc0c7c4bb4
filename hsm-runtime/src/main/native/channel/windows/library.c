#include "library.h"

#include <windows.h>

#include "wide.h"

bool library_directory(const void *inside, char *directory, size_t size) {
    HMODULE library;
    wchar_t path[WIDE_PATH];
    const DWORD how = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    if (!GetModuleHandleExW(how, (LPCWSTR) inside, &library) || library == GetModuleHandleW(NULL)) {
        return false;
    }
    DWORD length = GetModuleFileNameW(library, path, WIDE_PATH);
    wchar_t *slash = length > 0 && length < WIDE_PATH ? wcsrchr(path, L'\\') : NULL;
    if (slash == NULL) {
        return false;
    }
    *slash = L'\0';
    return wide_to(path, directory, size);
}
