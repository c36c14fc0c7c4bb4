/* The layouts of mechanism parameters, one function each. */
#ifndef COFFER_MECHANISM_SHAPES_H
#define COFFER_MECHANISM_SHAPES_H

#include "buffers.h"
#include "mechanism_table.h"
#include "message.h"

/* From the caller's memory, aligned or not. */
CK_MECHANISM mechanism_copy(const CK_MECHANISM *mechanism);

/* Writes the shape's number and fields; false when the parameter does not have that shape. */
bool mechanism_write_shape(parameter_shape shape, const CK_MECHANISM *mechanism, message *request);

#endif
