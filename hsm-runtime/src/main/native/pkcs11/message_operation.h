/* A message-based operation of a session (PKCS#11 v3.1 §5.10, §5.12): AES-GCM alone. */
#ifndef COFFER_MESSAGE_OPERATION_H
#define COFFER_MESSAGE_OPERATION_H

#include <stdbool.h>

#include "cryptoki.h"
#include "octets.h"

typedef struct {
    bool active;
    bool begun; /* between Begin and the last Next */
    CK_OBJECT_HANDLE key;
    octets aad;
    octets parts;  /* of the message so far: the service takes a message as a whole */
    octets result;
} message_operation;

/* Forgets the message, not the operation. */
void message_operation_end_message(message_operation *operation);

/* Forgets everything, wiped. */
void message_operation_end(message_operation *operation);

#endif
