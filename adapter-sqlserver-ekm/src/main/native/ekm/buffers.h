/* The caller's buffers: what comes in is checked, what goes out obeys the rule of two calls (abi.h). */
#ifndef COFFER_EKM_BUFFERS_H
#define COFFER_EKM_BUFFERS_H

#include <stdbool.h>
#include <stddef.h>

#include "abi.h"

/* Whether there is a pointer wherever there are bytes. */
bool buffers_readable(const ekm_data *data);

/* The thumbprint of a key that could be ours; else the status: EKM_NOT_FOUND for another provider's. */
ekm_status buffers_thumbprint(const ekm_data *thumbprint);

/* Whether so many bytes fit; else `cb` is set to them. */
bool buffers_fit(ekm_data *out, size_t size);
bool buffers_fit_text(ekm_text *out, size_t size);

/* Copies what is known to fit. */
void buffers_put(ekm_data *out, const uint8_t *bytes, size_t size);

/* Both steps for one result. */
ekm_status buffers_answer(ekm_data *out, const uint8_t *bytes, size_t size);

/* Both steps for a text of ASCII. */
ekm_status buffers_ascii(ekm_text *out, const char *text);

#endif
