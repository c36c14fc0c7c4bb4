#include "input.h"

static const uint8_t *next;
static size_t left;

void input_begin(const uint8_t *data, size_t size) {
    next = data;
    left = size;
}

bool input_is_over(void) {
    return left == 0;
}

uint8_t input_u8(void) {
    if (left == 0) {
        return 0;
    }
    left--;
    return *next++;
}

uint16_t input_u16(void) {
    unsigned high = input_u8();
    return (uint16_t) (high << 8 | input_u8());
}

uint32_t input_u32(void) {
    uint32_t high = input_u16();
    return high << 16 | input_u16();
}

void input_fill(uint8_t *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        bytes[i] = input_u8();
    }
}
