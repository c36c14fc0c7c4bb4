#define _GNU_SOURCE
#include "library.h"

#include <link.h>
#include <stdint.h>
#include <string.h>

typedef struct {
    uintptr_t inside;
    char *directory;
    size_t size;
    bool found;
} search;

static bool contains(const struct dl_phdr_info *library, uintptr_t address) {
    for (size_t i = 0; i < library->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &library->dlpi_phdr[i];
        uintptr_t start = library->dlpi_addr + part->p_vaddr;
        if (part->p_type == PT_LOAD && address >= start && address - start < part->p_memsz) {
            return true;
        }
    }
    return false;
}

static int look(struct dl_phdr_info *library, size_t size, void *context) {
    (void) size;
    search *s = context;
    if (!contains(library, s->inside)) {
        return 0;
    }
    const char *slash = strrchr(library->dlpi_name, '/');
    size_t length = slash == NULL ? 0 : (size_t) (slash - library->dlpi_name);
    if (length > 0 && length < s->size) {
        memcpy(s->directory, library->dlpi_name, length);
        s->directory[length] = '\0';
        s->found = true;
    }
    return 1;
}

/* dladdr() would do it in one line, and is a symbol of GLIBC_2.34. */
bool library_directory(const void *inside, char *directory, size_t size) {
    search s = {.inside = (uintptr_t) inside, .directory = directory, .size = size, .found = false};
    dl_iterate_phdr(look, &s);
    return s.found;
}
