/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#define _GNU_SOURCE
#include "keyring.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "token.h"

enum { MOST_KEYS = 4096, LARGEST_FILE = 256 };

typedef struct {
    unsigned id;
    unsigned version;
    size_t length;
    uint8_t bytes[TOKEN_LONGEST_KEY];
} key_version;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static key_version *keys;
static size_t count;
static const char *folder;
static keyring_complaint *complain_to;
static struct timespec changed;
static time_t looked;

static void complain(const char *name, const char *reason) {
    char line[TOKEN_REASON + 512];
    snprintf(line, sizeof line, "the tablespace key %s/%.200s cannot be unwrapped: %s", folder, name, reason);
    complain_to(line);
}

static key_version *find(unsigned id, unsigned version) {
    for (size_t i = 0; i < count; i++) {
        if (keys[i].id == id && keys[i].version == version) {
            return &keys[i];
        }
    }
    return NULL;
}

/* KEY-ID.VERSION.key, both numbers from 1; anything else in the directory is not meant for us. */
static bool is_key(const char *name, unsigned *id, unsigned *version) {
    int end = 0;
    return sscanf(name, "%9u.%9u.key%n", id, version, &end) == 2 && end > 0 && name[end] == '\0' && *id > 0 && *version > 0;
}

static size_t read_file(int directory, const char *name, uint8_t bytes[LARGEST_FILE]) {
    int fd = openat(directory, name, O_RDONLY | O_CLOEXEC);
    ssize_t size = fd < 0 ? -1 : read(fd, bytes, LARGEST_FILE);
    if (fd >= 0) {
        close(fd);
    }
    return size < 0 ? 0 : (size_t) size;
}

static bool add(int directory, const char *name, key_version fresh) {
    uint8_t wrapped[LARGEST_FILE];
    char reason[TOKEN_REASON] = "";
    size_t size = read_file(directory, name, wrapped);
    if (count == MOST_KEYS || !token_unwrap(wrapped, size, fresh.bytes, &fresh.length, reason)) {
        complain(name, count == MOST_KEYS ? "there are too many" : reason);
        return false;
    }
    keys[count++] = fresh;
    token_wipe(&fresh, sizeof fresh);
    return true;
}

/* Takes what is new; a key that is known stays as it is, also when its file was wrapped anew or is gone. */
static bool scan(void) {
    DIR *directory = opendir(folder);
    struct stat state;
    if (directory == NULL || fstat(dirfd(directory), &state) != 0) {
        complain("", strerror(errno));
        if (directory != NULL) {
            closedir(directory);
        }
        return false;
    }
    changed = state.st_mtim;
    bool all = true;
    for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
        key_version fresh = {0};
        if (is_key(entry->d_name, &fresh.id, &fresh.version) && find(fresh.id, fresh.version) == NULL) {
            all = add(dirfd(directory), entry->d_name, fresh) && all;
        }
    }
    closedir(directory);
    return all;
}

/* A key that cannot be unwrapped now is tried again when the directory changes once more. */
static void look_again(void) {
    struct stat state;
    time_t now = time(NULL);
    if (now == looked) {
        return;
    }
    looked = now;
    if (stat(folder, &state) == 0 && (state.st_mtim.tv_sec != changed.tv_sec || state.st_mtim.tv_nsec != changed.tv_nsec)) {
        scan();
    }
}

bool keyring_open(const char *directory, keyring_complaint *takes) {
    folder = directory;
    complain_to = takes;
    keys = calloc(MOST_KEYS, sizeof *keys);
    if (keys == NULL || !scan()) {
        return false;
    }
    if (count == 0) {
        complain("1.1.key", "no such file; make it with coffer tde tablespace-key");
    }
    return count > 0;
}

unsigned keyring_latest(unsigned id) {
    pthread_mutex_lock(&mutex);
    look_again();
    unsigned latest = 0;
    for (size_t i = 0; i < count; i++) {
        if (keys[i].id == id && keys[i].version > latest) {
            latest = keys[i].version;
        }
    }
    pthread_mutex_unlock(&mutex);
    return latest;
}

int keyring_get(unsigned id, unsigned version, uint8_t *key, unsigned *length) {
    pthread_mutex_lock(&mutex);
    const key_version *found = find(id, version);
    int result = found == NULL ? 1 : key != NULL && *length < found->length ? 2 : 0;
    if (found != NULL) {
        *length = (unsigned) found->length;
    }
    if (result == 0 && key != NULL) {
        memcpy(key, found->bytes, found->length);
    }
    pthread_mutex_unlock(&mutex);
    return result;
}

void keyring_close(void) {
    pthread_mutex_lock(&mutex);
    if (keys != NULL) {
        token_wipe(keys, MOST_KEYS * sizeof *keys);
    }
    free(keys);
    keys = NULL;
    count = 0;
    pthread_mutex_unlock(&mutex);
}
