#include "wide.h"

#include <errno.h>
#include <windows.h>

bool wide_of(const char *text, wchar_t *wide, size_t size) {
    return MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, wide, (int) size) > 0;
}

bool wide_to(const wchar_t *wide, char *text, size_t size) {
    bool fits = WideCharToMultiByte(CP_UTF8, 0, wide, -1, text, (int) size, NULL, NULL) > 0;
    if (!fits) {
        text[0] = '\0';
    }
    return fits;
}

int wide_error(unsigned long error) {
    switch (error) {
        case ERROR_FILE_NOT_FOUND:
        case ERROR_INVALID_NAME:
            return ENOENT;
        case ERROR_PATH_NOT_FOUND:
            return ENOTDIR;
        case ERROR_ACCESS_DENIED:
        case ERROR_SHARING_VIOLATION:
            return EACCES;
        case ERROR_TOO_MANY_OPEN_FILES:
            return EMFILE;
        default:
            return (int) error;
    }
}
