/*
 * What the operating system is asked for, and each answers in its own way: the files below posix/ or those below windows/. The
 * others of these are stream.h, deadline.h, gate.h, library.h, process.h and trust.h. Paths and texts are UTF-8; errors are numbers of errno.h.
 */
#ifndef COFFER_SYSTEM_H
#define COFFER_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SYSTEM_PATH = 4096 }; /* room for a path; longer ones are cut, and then lead nowhere */

/* Before the first socket and after the last; they may be nested. */
bool system_begin(void);
void system_end(void);

unsigned system_processors(void);

/* What tells the threads of this process apart: regular, as addresses are. */
uint64_t system_thread(void);

/* What the program is called, without its path. */
void system_program(char *name, size_t size);

/* False where the environment has no such name, or an empty value, or is not to be trusted: a setuid program's. */
bool system_environment(const char *name, char *value, size_t size);

/* The directory of what an administrator sets up: /etc/coffer; on Windows below %ProgramData%. */
void system_directory(char *path, size_t size);

/* Where the service's socket is when nothing says so: the machine's, and that of this user, empty when there can be none. */
void system_sockets(char machine[SYSTEM_PATH], char own[SYSTEM_PATH]);

bool system_exists(const char *path);

/* Reads a file of at most so many bytes. How many, or -1 and the reason: EFBIG when there are more. */
ptrdiff_t system_read(const char *path, void *bytes, size_t most, int *reason);

/*
 * The same for a secret; ECANCELED, and nothing is read, when others may read the file, or anybody but its owner may write it. On
 * Windows its access control list is not looked at.
 */
ptrdiff_t system_read_secret(const char *path, void *bytes, size_t most, int *reason);

/* What the system's own log is called in a configuration. */
const char *system_log_name(void);

/* Tells the system's own log; never waits. The levels are those of logbook.h. */
void system_log(const char *name, int level, const char *text);

/* Appends a line to a file, or to standard error (NULL); never waits. False when the file cannot be opened. */
bool system_append(const char *path, const char *line, size_t size);

#endif
