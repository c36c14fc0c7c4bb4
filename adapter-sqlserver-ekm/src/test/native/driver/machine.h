/* What the driver needs of the system it runs on; in machine_posix.c and machine_windows.c. */
#ifndef DRIVER_MACHINE_H
#define DRIVER_MACHINE_H

/* Loads the library, unloads it, and looks up one of its functions; NULL when there is none. */
void *machine_load(const char *path);
void machine_unload(void *library);
void *machine_find(void *library, const char *name);

/* Milliseconds of a clock that nobody sets. */
long long machine_now(void);

/* Runs so many threads, each with its number, and waits for them. */
void machine_run(int count, void (*work)(int number));

/* How many handles or descriptors this process has open. */
long machine_handles(void);

#endif
