/* A request to the service and its reply. */
#ifndef COFFER_EXCHANGE_H
#define COFFER_EXCHANGE_H

#include "call.h"
#include "message.h"

/* The operations of the service pkcs11. */
enum {
    OPERATION_OPEN_SESSION = 2,
    OPERATION_CLOSE_SESSION = 3,
    OPERATION_CLOSE_ALL_SESSIONS = 4,
    OPERATION_LOGIN = 5,
    OPERATION_LOGOUT = 6,
    OPERATION_RESUME = 7,
    OPERATION_TOKEN_INFO = 8,
    OPERATION_SET_PIN = 9,
    OPERATION_INIT_PIN = 10,
    OPERATION_REFRESH = 11,
    OPERATION_CREATE_OBJECT = 16,
    OPERATION_COPY_OBJECT = 17,
    OPERATION_DESTROY_OBJECT = 18,
    OPERATION_OBJECT_SIZE = 19,
    OPERATION_GET_ATTRIBUTES = 20,
    OPERATION_SET_ATTRIBUTES = 21,
    OPERATION_FIND_OBJECTS = 22,
    OPERATION_KEY_FACTS = 23,
    OPERATION_GENERATE_KEY = 32,
    OPERATION_GENERATE_KEY_PAIR = 33,
    OPERATION_WRAP_KEY = 34,
    OPERATION_UNWRAP_KEY = 35,
    OPERATION_DERIVE_KEY = 36,
    OPERATION_ENCRYPT = 48,
    OPERATION_DECRYPT = 49,
    OPERATION_SIGN = 50,
    OPERATION_VERIFY = 51,
    OPERATION_DIGEST = 52,
    OPERATION_SIGN_RECOVER = 53,
    OPERATION_VERIFY_RECOVER = 54,
    OPERATION_START = 64,
    OPERATION_UPDATE = 65,
    OPERATION_FINISH = 66,
    OPERATION_CANCEL = 67,
    OPERATION_DIGEST_KEY = 68,
    OPERATION_RANDOM = 80,
    OPERATION_ENCRYPT_MESSAGE = 96,
    OPERATION_DECRYPT_MESSAGE = 97
};

/* The most data that travels in one request: well below the frame's limit, so that the other fields fit. */
#define PART_LIMIT (8u * 1024u * 1024u)

typedef struct {
    p11_module *module;
    message request;
    message reply;
    channel_outcome outcome; /* of the last run */
} p11_exchange;

/* Begins a request whose first field is the call's session; before it, gets the login a new ticket where the present one is old. */
void exchange_begin(p11_exchange *begun, const p11_call *call);

/* Begins a request about no session. */
void exchange_begin_without_session(p11_exchange *begun, p11_module *module);

/* Sends it. What the channel could not do becomes a CKR code. */
CK_RV exchange_run(p11_exchange *run, uint32_t operation, unsigned treatment);

/* The handle or number that the reply has next, into the caller's place. */
void exchange_take_number(p11_exchange *answered, CK_ULONG *place);

/* Wipes both messages. A result that could not be read to its end becomes CKR_DEVICE_ERROR. */
CK_RV exchange_end(p11_exchange *ended, CK_RV rv);

/* For functions that name a slot: there the standard has CKR_TOKEN_NOT_PRESENT for what is CKR_DEVICE_REMOVED elsewhere. */
CK_RV exchange_about_token(CK_RV rv);

#endif
