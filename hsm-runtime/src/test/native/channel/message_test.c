#define _GNU_SOURCE
#include <string.h>

#include "check.h"
#include "frame.h"

static void rewind_to_fields(message *m) {
    m->at = MESSAGE_HEADER;
}

static void readsWhatItWrote(void) {
    message m;
    message_init(&m);
    message_u8(&m, 0xab);
    message_u16(&m, 0xabcd);
    message_u32(&m, 0xabcdef01);
    message_u64(&m, 0xabcdef0123456789);
    message_text(&m, "text");
    message_raw(&m, "raw", 3);
    size_t place = message_begin_bytes(&m);
    message_u8(&m, 7);
    message_end_bytes(&m, place);
    static const uint8_t expected[] = {0xab, 0xab, 0xcd, 0xab, 0xcd, 0xef, 1, 0xab, 0xcd, 0xef, 1, 0x23, 0x45, 0x67, 0x89,
        0, 0, 0, 4, 't', 'e', 'x', 't', 'r', 'a', 'w', 0, 0, 0, 1, 7};
    CHECK_EQUAL(m.size, MESSAGE_HEADER + sizeof expected);
    CHECK(memcmp(m.bytes + MESSAGE_HEADER, expected, sizeof expected) == 0);
    rewind_to_fields(&m);
    size_t size;
    CHECK_EQUAL(message_read_u8(&m), 0xab);
    CHECK_EQUAL(message_read_u16(&m), 0xabcd);
    CHECK_EQUAL(message_read_u32(&m), 0xabcdef01);
    CHECK_EQUAL(message_read_u64(&m), (long long) 0xabcdef0123456789);
    CHECK(memcmp(message_read_bytes(&m, &size), "text", 4) == 0);
    CHECK_EQUAL(size, 4);
    CHECK(memcmp(message_read_raw(&m, 3), "raw", 3) == 0);
    CHECK_EQUAL(*message_read_bytes(&m, &size), 7);
    CHECK(message_done(&m));
    message_end(&m);
}

static void growsToTheLimitAndNoFurther(void) {
    message m;
    message_init(&m);
    uint8_t chunk[1000];
    memset(chunk, 0x5a, sizeof chunk);
    size_t written = 0;
    while (!m.failed) {
        message_raw(&m, chunk, sizeof chunk);
        written += m.failed ? 0 : sizeof chunk;
        CHECK(m.failed || m.bytes[MESSAGE_HEADER + written - 1] == 0x5a);
    }
    CHECK_EQUAL(written, (MESSAGE_LIMIT + 4 - MESSAGE_HEADER) / 1000 * 1000);
    message_u8(&m, 1);
    CHECK_EQUAL(m.size, MESSAGE_HEADER + written);
    message_end(&m);
    CHECK(!m.failed);
    message_bytes(&m, chunk, (size_t) MESSAGE_LIMIT + 1);
    CHECK(m.failed);
    message_end(&m);
}

static void takesNothingFromNowhere(void) {
    message m;
    message_init(&m);
    message_bytes(&m, NULL, 0);
    message_raw(&m, NULL, 0);
    CHECK_EQUAL(m.size, MESSAGE_HEADER + 4);
    CHECK(!m.failed);
    message_end(&m);
}

static void readsNothingPastTheEnd(void) {
    for (size_t size = 0; size < 8; size++) {
        message m;
        message_init(&m);
        message_raw(&m, "12345678", size);
        CHECK_EQUAL(message_read_u64(&m), 0);
        CHECK(m.failed);
        CHECK(message_read_raw(&m, 0) == NULL);
        CHECK(!message_done(&m));
        message_end(&m);
    }
}

static void refusesLengthsThatLie(void) {
    static const uint32_t lengths[] = {5, 6, 0x7fffffff, 0x80000000, 0xffffffff};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        message m;
        message_init(&m);
        message_u32(&m, lengths[i]);
        message_raw(&m, "1234", 4);
        size_t size = 1;
        CHECK(message_read_bytes(&m, &size) == NULL);
        CHECK_EQUAL(size, 0);
        CHECK(m.failed);
        message_end(&m);
    }
}

static void noticesWhatIsLeft(void) {
    message m;
    message_init(&m);
    message_u16(&m, 0);
    message_read_u8(&m);
    CHECK(!message_done(&m));
    message_read_u8(&m);
    CHECK(message_done(&m));
    message_end(&m);
}

static void wipesWhatItHeld(void) {
    static const char pin[] = "payroll:correct horse";
    message m;
    message_init(&m);
    message_text(&m, pin);
    message_end(&m);
    CHECK(memmem(m.small, sizeof m.small, pin, 8) == NULL);
    message_text(&m, pin);
    CHECK(message_reserve(&m, MESSAGE_INLINE + 1));
    CHECK(memmem(m.small, sizeof m.small, pin, 8) == NULL);
    CHECK(memcmp(m.bytes + MESSAGE_HEADER + 4, pin, sizeof pin - 1) == 0);
    message_end(&m);
}

static frame_state arrive(message *m, const char *bytes, size_t size) {
    CHECK(m->capacity - m->size >= size);
    memcpy(m->bytes + m->size, bytes, size);
    return frame_arrived(m, size);
}

static void putsAFrameTogetherFromItsPieces(void) {
    static const char frame[] = "\0\0\0\x0d\0\0\0\0\0\0\0\x2a\xff\xff\0\x05!";
    for (size_t first = 0; first < 17; first++) {
        message m;
        message_init(&m);
        frame_expect(&m);
        CHECK_EQUAL(arrive(&m, frame, first), FRAME_MORE);
        CHECK_EQUAL(arrive(&m, frame + first, 17 - first), FRAME_WHOLE);
        CHECK(frame_open(&m, 42));
        CHECK_EQUAL(m.status, 0xffff0005);
        CHECK_EQUAL(message_read_u8(&m), '!');
        CHECK(message_done(&m));
        message_end(&m);
    }
}

static frame_state state_of(const char *bytes, size_t size) {
    message m;
    message_init(&m);
    frame_expect(&m);
    frame_state state = arrive(&m, bytes, size);
    message_end(&m);
    return state;
}

static void refusesFramesThatLie(void) {
    CHECK_EQUAL(state_of("\0\0\0\x0b", 4), FRAME_WRONG);
    CHECK_EQUAL(state_of("\0\0\0\0", 4), FRAME_WRONG);
    CHECK_EQUAL(state_of("\1\0\0\0", 4), FRAME_MORE);
    CHECK_EQUAL(state_of("\1\0\0\1", 4), FRAME_WRONG);
    CHECK_EQUAL(state_of("\xff\xff\xff\xff", 4), FRAME_WRONG);
    CHECK_EQUAL(state_of("\0\0\0\x0c" "1234567890123", 17), FRAME_WRONG);
}

static void knowsAReplyByItsId(void) {
    message m;
    message_init(&m);
    frame_expect(&m);
    CHECK_EQUAL(arrive(&m, "\0\0\0\x0c\0\0\0\0\0\0\0\x2a\0\0\0\0", 16), FRAME_WHOLE);
    CHECK(!frame_open(&m, 43));
    message_end(&m);
}

static void sealsARequest(void) {
    message m;
    message_init(&m);
    message_u8(&m, 9);
    frame_seal(&m, 0x0102030405060708, 0x0a0b0c0d);
    CHECK(memcmp(m.bytes, "\0\0\0\x0d\1\2\3\4\5\6\7\x8\xa\xb\xc\xd\x9", 17) == 0);
    message_end(&m);
}

int main(void) {
    RUN(readsWhatItWrote);
    RUN(growsToTheLimitAndNoFurther);
    RUN(takesNothingFromNowhere);
    RUN(readsNothingPastTheEnd);
    RUN(refusesLengthsThatLie);
    RUN(noticesWhatIsLeft);
    RUN(wipesWhatItHeld);
    RUN(putsAFrameTogetherFromItsPieces);
    RUN(refusesFramesThatLie);
    RUN(knowsAReplyByItsId);
    RUN(sealsARequest);
    return 0;
}
