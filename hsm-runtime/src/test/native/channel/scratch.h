/* A directory of the test's own, under /tmp. */
#ifndef COFFER_TEST_SCRATCH_H
#define COFFER_TEST_SCRATCH_H

/* Makes it. */
void scratch_begin(void);

/* Removes it, in which nothing may be left. */
void scratch_end(void);

const char *scratch_directory(void);

/* A file in it; the text lies in a ring of a few buffers of this thread. */
const char *scratch_path(const char *name);

/* Writes a file, as printf does. */
void scratch_write(const char *name, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Removes a file, if it is there. */
void scratch_remove(const char *name);

/* So many lines of the file contain the text; none when it is not there. */
int scratch_count(const char *name, const char *text);

#endif
