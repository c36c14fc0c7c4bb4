/*
 * Messages as frames on the wire (docs/channel.md, "Frames"). Knows nothing of sockets: who reads from one tells how many bytes
 * have arrived, and is told whether there are more to come.
 */
#ifndef COFFER_FRAME_H
#define COFFER_FRAME_H

#include <stddef.h>
#include <stdint.h>

#include "message.h"

/* Statuses of the channel itself. */
enum {
    FRAME_VERSION = 0xffff0001u,
    FRAME_REFUSED = 0xffff0002u,
    FRAME_BUSY = 0xffff0003u,
    FRAME_UNKNOWN_SERVICE = 0xffff0004u
};

typedef enum { FRAME_WHOLE, FRAME_MORE, FRAME_WRONG, FRAME_NO_MEMORY } frame_state;

/* Writes the header before the request's fields. */
void frame_seal(const message *request, uint64_t id, uint32_t operation);

/* Empties the message for a reply to arrive in: behind its size, within its capacity. */
void frame_expect(message *reply);

/* So many bytes have arrived: makes room for the others when they do not fit. */
frame_state frame_arrived(message *reply, size_t count);

/* Opens a whole frame: its status, and its first field to be read next. False when it answers something else. */
bool frame_open(message *reply, uint64_t id);

#endif
