#define _GNU_SOURCE
#include "user.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "trust.h"

bool trust_peer(int fd, uid_t *peer) {
    struct ucred credentials;
    socklen_t size = sizeof credentials;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0 || size != sizeof credentials) {
        return false;
    }
    *peer = credentials.uid;
    return true;
}

/* statx() instead of stat(), which is a symbol of GLIBC_2.33. */
static bool directory(const char *path, struct statx *found) {
    const unsigned wanted = STATX_TYPE | STATX_MODE | STATX_UID;
    return statx(AT_FDCWD, path, 0, wanted, found) == 0 && (found->stx_mask & wanted) == wanted
            && S_ISDIR(found->stx_mode);
}

static bool kept(const struct statx *found, uid_t peer) {
    bool ours = found->stx_uid == 0 || found->stx_uid == peer || found->stx_uid == geteuid();
    return ours && (found->stx_mode & (S_IWGRP | S_IWOTH)) == 0;
}

/* Cuts the path down to the directory above it; "/" at last. */
static void ascend(char *path) {
    char *slash = strrchr(path, '/');
    slash[slash == path ? 1 : 0] = '\0';
}

static bool given_to(uid_t peer, char *path) {
    struct statx found;
    if (path[0] != '/' || !directory(path, &found) || found.stx_uid != peer) {
        return false;
    }
    while (kept(&found, peer)) {
        if (path[1] == '\0') {
            return true;
        }
        ascend(path);
        if (!directory(path, &found)) {
            return false;
        }
    }
    return false;
}

bool trust_user(uid_t peer, const char *path) {
    if (peer == 0 || peer == geteuid()) {
        return true;
    }
    char written[PATH_MAX];
    char resolved[PATH_MAX];
    size_t size = strlen(path);
    if (path[0] != '/' || size >= sizeof written) {
        return false;
    }
    memcpy(written, path, size + 1);
    ascend(written);
    return realpath(written, resolved) != NULL && given_to(peer, resolved) && given_to(peer, written);
}

bool trust_tells(void) {
    return true;
}

bool trust_listener(intptr_t fd, const char *path, long *user) {
    uid_t peer = 0;
    bool known = trust_peer((int) fd, &peer);
    *user = known ? (long) peer : -1;
    return known && trust_user(peer, path);
}
