/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#define _GNU_SOURCE
#include "keyring.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "token.h"

enum { MOST_KEYS = 4096, LARGEST_FILE = 256, QUIET_SECONDS = 60, PAUSE_PER_SECOND = 10 };

typedef struct {
    unsigned id;
    unsigned version;
    size_t length;
    uint8_t bytes[TOKEN_LONGEST_KEY];
} key_version;

/* Guards the table; held over nothing that may wait. Keys are only ever appended. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static key_version *keys;
static size_t count;

/* Held by the thread that looks at the directory, and guards what follows. Whoever finds it taken does without looking. */
static pthread_mutex_t looking = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static keyring_complaint *complain_to;
static struct timespec changed;
static bool incomplete; /* something could not be unwrapped */
static bool quiet;      /* which was said already */
static time_t next;     /* when to look again */
static time_t said;

static time_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
    return time.tv_sec;
}

static void complain(const char *name, const char *reason) {
    char line[TOKEN_REASON + 512];
    incomplete = true;
    if (!quiet) {
        snprintf(line, sizeof line, "the tablespace key %.200s/%.200s cannot be unwrapped: %s", folder, name, reason);
        complain_to(line);
    }
}

static const key_version *find(unsigned id, unsigned version) {
    for (size_t i = 0; i < count; i++) {
        if (keys[i].id == id && keys[i].version == version) {
            return &keys[i];
        }
    }
    return NULL;
}

static bool is_known(unsigned id, unsigned version) {
    pthread_mutex_lock(&mutex);
    bool known = find(id, version) != NULL;
    pthread_mutex_unlock(&mutex);
    return known;
}

/* KEY-ID.VERSION.key, both numbers from 1 and written plainly; anything else in the directory is not meant for us. */
static bool is_key(const char *name, unsigned *id, unsigned *version) {
    char plain[32];
    if (sscanf(name, "%9u.%9u", id, version) != 2 || *id == 0 || *version == 0) {
        return false;
    }
    snprintf(plain, sizeof plain, "%u.%u.key", *id, *version);
    return strcmp(plain, name) == 0;
}

/* So many bytes, LARGEST_FILE when there are more; -1 and errno. */
static ssize_t read_file(int directory, const char *name, uint8_t bytes[LARGEST_FILE]) {
    int fd = openat(directory, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    ssize_t size = 0;
    ssize_t more = fd < 0 ? -1 : 1;
    while (more > 0 && size < LARGEST_FILE) {
        more = read(fd, bytes + size, (size_t) (LARGEST_FILE - size));
        size += more > 0 ? more : 0;
    }
    int reason = errno;
    if (fd >= 0) {
        close(fd);
    }
    errno = reason;
    return more < 0 ? -1 : size;
}

static void keep(const key_version *fresh) {
    pthread_mutex_lock(&mutex);
    if (keys != NULL) {
        keys[count++] = *fresh;
    }
    pthread_mutex_unlock(&mutex);
}

static void add(int directory, const char *name, unsigned id, unsigned version) {
    uint8_t wrapped[LARGEST_FILE];
    char reason[TOKEN_REASON] = "";
    key_version fresh = {.id = id, .version = version};
    ssize_t size = read_file(directory, name, wrapped);
    if (count == MOST_KEYS) {
        complain(name, "there are too many");
    } else if (size < 0) {
        complain(name, strerror(errno));
    } else if (!token_unwrap(wrapped, (size_t) size, fresh.bytes, &fresh.length, reason)) {
        complain(name, reason);
    } else {
        keep(&fresh);
    }
    token_wipe(&fresh, sizeof fresh);
}

/* Takes what is new; a key that is known stays as it is, also when its file was wrapped anew or is gone. */
static void scan(void) {
    DIR *directory = opendir(folder);
    struct stat state;
    incomplete = false;
    if (directory == NULL || fstat(dirfd(directory), &state) != 0) {
        complain("", strerror(errno));
    } else {
        changed = state.st_mtim;
        for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
            unsigned id;
            unsigned version;
            if (is_key(entry->d_name, &id, &version) && !is_known(id, version)) {
                add(dirfd(directory), entry->d_name, id, version);
            }
        }
    }
    if (directory != NULL) {
        closedir(directory);
    }
}

static bool has_changed(void) {
    struct stat state;
    return stat(folder, &state) == 0 && (state.st_mtim.tv_sec != changed.tv_sec || state.st_mtim.tv_nsec != changed.tv_nsec);
}

/*
 * Once a second: what is new, and what could not be unwrapped before, for a file is there before its bytes are, and the service may come
 * back. The log hears of the same trouble once a minute. Who asks may hold up others in the server: when looking takes seconds, as with
 * a service that hangs, it is put off for ten times as long.
 */
static void look_again(void) {
    time_t begin = now();
    if (begin < next) {
        return;
    }
    bool news = has_changed();
    if (news || incomplete) {
        quiet = !news && begin - said < QUIET_SECONDS;
        said = quiet ? said : begin;
        scan();
    }
    next = now() + 1 + PAUSE_PER_SECOND * (now() - begin);
}

/* Out of swap and core dumps where the system allows it. */
static key_version *room(void) {
    const size_t size = MOST_KEYS * sizeof(key_version);
    void *made = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (made == MAP_FAILED) {
        return NULL;
    }
    if (mlock(made, size) != 0) {
        complain_to("the tablespace keys may be swapped to disk: the server may not lock memory (LimitMEMLOCK)");
    }
    (void) madvise(made, size, MADV_DONTDUMP);
    return made;
}

bool keyring_open(const char *directory, keyring_complaint *takes) {
    folder = directory;
    complain_to = takes;
    quiet = false;
    said = now();
    next = said + 1;
    keys = room();
    if (keys == NULL) {
        complain_to("there is no memory for the tablespace keys");
        return false;
    }
    scan();
    if (count == 0 && !incomplete) {
        complain("1.1.key", "no such file; make it with coffer tde tablespace-key");
    }
    return !incomplete;
}

unsigned keyring_latest(unsigned id) {
    if (pthread_mutex_trylock(&looking) == 0) {
        look_again();
        pthread_mutex_unlock(&looking);
    }
    unsigned latest = 0;
    pthread_mutex_lock(&mutex);
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
    pthread_mutex_lock(&looking);
    pthread_mutex_lock(&mutex);
    if (keys != NULL) {
        token_wipe(keys, MOST_KEYS * sizeof *keys);
        munmap(keys, MOST_KEYS * sizeof *keys);
    }
    keys = NULL;
    count = 0;
    pthread_mutex_unlock(&mutex);
    pthread_mutex_unlock(&looking);
}
