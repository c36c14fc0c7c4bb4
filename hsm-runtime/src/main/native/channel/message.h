/*
 * The fields of a message, written and read one after the other (docs/channel.md): big-endian numbers, byte strings with
 * their length before them.
 *
 * Both directions remember a failure: a writer that ran out of memory and a reader that ran past the end go on doing
 * nothing, so that a caller checks once, at the end.
 */
#ifndef COFFER_MESSAGE_H
#define COFFER_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MESSAGE_INLINE 4096u
#define MESSAGE_HEADER 16u
#define MESSAGE_LIMIT (16u * 1024u * 1024u)

/* Bytes being written, or a reply being read. Small messages need no memory from the heap. */
typedef struct {
    uint8_t *bytes;         /* begins with room for the frame's header */
    size_t size;            /* bytes used, header included */
    size_t capacity;
    size_t at;              /* reading position */
    uint32_t status;        /* of a reply */
    bool failed;
    uint8_t small[MESSAGE_INLINE];
} message;

void message_init(message *);

/* Wipes and frees; leaves an empty message. */
void message_end(message *);

/* Room for so many bytes, header included. */
bool message_reserve(message *, size_t capacity);

void message_u8(message *, uint8_t value);
void message_u16(message *, uint16_t value);
void message_u32(message *, uint32_t value);
void message_u64(message *, uint64_t value);
void message_raw(message *, const void *bytes, size_t size);
void message_bytes(message *, const void *bytes, size_t size);
void message_text(message *, const char *text);

/* A bytes field whose length is not known yet: begin gives the place that end fills in. */
size_t message_begin_bytes(message *);
void message_end_bytes(message *, size_t place);

uint8_t message_read_u8(message *);
uint16_t message_read_u16(message *);
uint32_t message_read_u32(message *);
uint64_t message_read_u64(message *);

/* A bytes field; the pointer is into the message. NULL and size 0 after a failure. */
const uint8_t *message_read_bytes(message *, size_t *size);

/* So many bytes without a length before them. */
const uint8_t *message_read_raw(message *, size_t size);

/* Whether everything was read and nothing failed. */
bool message_done(const message *);

#endif
