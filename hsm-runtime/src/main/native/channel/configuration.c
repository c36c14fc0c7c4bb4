#include "configuration.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "library.h"

/* "coffer-pkcs11.conf" becomes COFFER_PKCS11_CONF. */
static bool named_by_environment(const char *name, char path[SYSTEM_PATH]) {
    char variable[64];
    size_t size = strlen(name);
    if (size >= sizeof variable) {
        return false;
    }
    for (size_t i = 0; i <= size; i++) {
        char c = name[i];
        bool lower = c >= 'a' && c <= 'z';
        variable[i] = (char) (lower ? c - 'a' + 'A' : c == '-' || c == '.' ? '_' : c);
    }
    return system_environment(variable, path, SYSTEM_PATH);
}

static bool load(configuration *c) {
    ptrdiff_t size = system_read(c->source, c->text, CONFIGURATION_SIZE, &c->error);
    c->text[size < 0 ? 0 : size] = '\0';
    return size >= 0;
}

/* True when the search ends here: the file is there, even if it cannot be read. */
static bool settle(configuration *c, const char *directory, const char *name) {
    int size = snprintf(c->source, sizeof c->source, "%s%s%s", directory, directory[0] == '\0' ? "" : "/", name);
    if (size < 0 || (size_t) size >= sizeof c->source) {
        return false;
    }
    return load(c) || (c->error != ENOENT && c->error != ENOTDIR);
}

static bool found(configuration *c, const char *name, const void *inside) {
    char place[SYSTEM_PATH];
    if (named_by_environment(name, place)) {
        settle(c, "", place);
        return true;
    }
    if (library_directory(inside, place, sizeof place) && settle(c, place, name)) {
        return true;
    }
    system_directory(place, sizeof place);
    return settle(c, place, name);
}

void configuration_read(configuration *c, const char *name, const void *inside) {
    memset(c, 0, sizeof *c);
    if (!found(c, name, inside)) {
        c->source[0] = '\0';
        c->error = 0;
    }
    configuration_parse(c);
}

static bool blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

/* Cuts the blanks off both ends. */
static char *trim(char *begin, char *end) {
    while (begin < end && blank(*begin)) {
        begin++;
    }
    while (end > begin && blank(end[-1])) {
        end--;
    }
    *end = '\0';
    return begin;
}

/* False when the line is neither empty nor an entry, or one entry too many. */
static bool parse_line(configuration *c, char *line, char *end) {
    line = trim(line, end);
    if (line[0] == '\0' || line[0] == '#') {
        return true;
    }
    char *equals = strchr(line, '=');
    if (equals == NULL || equals == line || c->count == CONFIGURATION_ENTRIES) {
        return false;
    }
    char *value = trim(equals + 1, equals + 1 + strlen(equals + 1));
    c->entries[c->count++] = (configuration_entry){.key = trim(line, equals), .value = value};
    return true;
}

void configuration_parse(configuration *c) {
    int number = 1;
    for (char *line = c->text; line != NULL; number++) {
        char *end = line + strcspn(line, "\n");
        char *next = *end == '\0' ? NULL : end + 1;
        if (!parse_line(c, line, end) && c->wrong == 0) {
            c->wrong = number;
        }
        line = next;
    }
}

const char *configuration_value(const configuration *c, const char *key) {
    for (int i = 0; i < c->count; i++) {
        if (strcmp(c->entries[i].key, key) == 0) {
            return c->entries[i].value;
        }
    }
    return NULL;
}

bool configuration_number(const configuration *c, const char *key, long least, long most, long *value) {
    const char *text = configuration_value(c, key);
    if (text == NULL) {
        return true;
    }
    long number = 0;
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 9 || text[digits] != '\0') {
        return false;
    }
    for (size_t i = 0; i < digits; i++) {
        number = number * 10 + (text[i] - '0');
    }
    if (number < least || number > most) {
        return false;
    }
    *value = number;
    return true;
}
