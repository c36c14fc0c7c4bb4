/* The bytes that libFuzzer has thought up, taken from the front; zeros when there are no more. */
#ifndef COFFER_EKM_FUZZ_INPUT_H
#define COFFER_EKM_FUZZ_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void input_begin(const uint8_t *data, size_t size);

bool input_is_over(void);

uint8_t input_u8(void);
uint16_t input_u16(void);
uint32_t input_u32(void);

/* Fills with what there is, and zeros. */
void input_fill(uint8_t *bytes, size_t size);

#endif
