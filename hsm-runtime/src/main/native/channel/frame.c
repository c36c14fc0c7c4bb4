#include "frame.h"

static const size_t LENGTH = sizeof(uint32_t);

static void put(uint8_t *at, uint64_t value, size_t size) {
    for (size_t i = size; i > 0; i--) {
        at[i - 1] = (uint8_t) value;
        value >>= 8;
    }
}

void frame_seal(const message *request, uint64_t id, uint32_t operation) {
    put(request->bytes, request->size - LENGTH, LENGTH);
    put(request->bytes + LENGTH, id, sizeof id);
    put(request->bytes + LENGTH + sizeof id, operation, sizeof operation);
}

void frame_expect(message *reply) {
    message_end(reply);
    reply->size = 0;
    reply->at = 0;
}

static uint32_t announced(const message *reply) {
    const uint8_t *b = reply->bytes;
    return (uint32_t) b[0] << 24 | (uint32_t) b[1] << 16 | (uint32_t) b[2] << 8 | b[3];
}

frame_state frame_arrived(message *reply, size_t count) {
    reply->size += count;
    if (reply->size < LENGTH) {
        return FRAME_MORE;
    }
    size_t length = announced(reply);
    if (length < MESSAGE_HEADER - LENGTH || length > MESSAGE_LIMIT || reply->size > length + LENGTH) {
        return FRAME_WRONG;
    }
    if (reply->size == length + LENGTH) {
        return FRAME_WHOLE;
    }
    return message_reserve(reply, length + LENGTH) ? FRAME_MORE : FRAME_NO_MEMORY;
}

bool frame_open(message *reply, uint64_t id) {
    reply->at = LENGTH;
    uint64_t answered = message_read_u64(reply);
    reply->status = message_read_u32(reply);
    return !reply->failed && answered == id;
}
