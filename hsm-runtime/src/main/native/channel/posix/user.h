/* Which user of the system may have our PINs, and who listens on a socket. */
#ifndef COFFER_USER_H
#define COFFER_USER_H

#include <stdbool.h>
#include <sys/types.h>

/* The user who listens at the other end; false when the kernel does not say. */
bool trust_peer(int fd, uid_t *peer);

/*
 * Root may, and so may we ourselves, wherever the socket lies. Any other user may when the place of the socket was given
 * to him: the directory of the socket is his, and from there up to / every directory belongs to root, to us or to him, and
 * neither group nor others can write to it. A sticky directory (/tmp) does not do: its names go to whoever comes first.
 * This holds for the path as it is written and for the path with its symbolic links resolved.
 */
bool trust_user(uid_t peer, const char *path);

#endif
