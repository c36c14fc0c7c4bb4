#define _GNU_SOURCE
#include "token_inside.h"

#include <string.h>

static const char TICKET[] = "a ticket for user";
static const char STALE[] = "a ticket for somebody who has logged out";

static bool knows(const client *c, uint64_t session) {
    for (int i = 0; i < SESSIONS; i++) {
        if (session != 0 && c->sessions[i] == session) {
            return true;
        }
    }
    return false;
}

static uint32_t open_session(client *c, uint64_t session) {
    if (session == 0 || knows(c, session)) {
        return CKR_ARGUMENTS_BAD;
    }
    for (int i = 0; i < SESSIONS; i++) {
        if (c->sessions[i] == 0) {
            c->sessions[i] = session;
            return CKR_OK;
        }
    }
    return CKR_SESSION_COUNT;
}

static uint32_t close_session(client *c, uint64_t session) {
    bool any = false;
    if (!knows(c, session)) {
        return CKR_SESSION_HANDLE_INVALID;
    }
    for (int i = 0; i < SESSIONS; i++) {
        if (c->sessions[i] == session) {
            c->sessions[i] = 0;
        }
        any |= c->sessions[i] != 0;
    }
    c->logged_in &= any;
    return CKR_OK;
}

static uint32_t log_in(client *c, message *fields, message *results) {
    size_t size;
    message_read_u32(fields);
    const uint8_t *pin = message_read_bytes(fields, &size);
    if (size != strlen(TOKEN_PIN) || memcmp(pin, TOKEN_PIN, size) != 0) {
        return CKR_PIN_INCORRECT;
    }
    c->logged_in = true;
    message_text(results, TICKET);
    return CKR_OK;
}

static uint32_t resume(token *t, client *c, message *fields, message *results) {
    size_t size;
    const uint8_t *ticket = message_read_bytes(fields, &size);
    message_read_raw(fields, 16);
    uint32_t status = CKR_OK;
    for (uint32_t count = message_read_u32(fields); count > 0 && status == CKR_OK; count--) {
        status = open_session(c, message_read_u64(fields));
        message_read_u32(fields);
    }
    CHECK(message_done(fields));
    if (status != CKR_OK) {
        return status;
    }
    if (size > 0 && (t->forgets || size != strlen(TICKET) || memcmp(ticket, TICKET, size) != 0)) {
        return CKR_USER_NOT_LOGGED_IN;
    }
    c->logged_in = size > 0;
    message_text(results, size > 0 ? TICKET : "");
    return CKR_OK;
}

static uint32_t token_info(message *results) {
    message_text(results, "toy");
    message_text(results, "model");
    message_text(results, "1.2");
    message_u32(results, 0x44d);
    message_u32(results, 100);
    message_u32(results, 4);
    message_u64(results, 1000000000);
    return CKR_OK;
}

static uint32_t in_session(token *t, client *c, uint32_t operation, message *fields, message *results) {
    switch (operation) {
    case OPERATION_LOGIN:
        return log_in(c, fields, results);
    case OPERATION_LOGOUT:
        c->logged_in = false;
        return CKR_OK;
    case OPERATION_SET_PIN:
        message_text(results, t->late ? STALE : TICKET);
        return CKR_OK;
    case OPERATION_OBJECT_SIZE:
        message_u64(results, 42);
        return CKR_OK;
    case OPERATION_GET_ATTRIBUTES:
        return reply_get_attributes(fields, results);
    case OPERATION_FIND_OBJECTS:
        return reply_find(results);
    case OPERATION_KEY_FACTS:
        return reply_tell_facts(fields, results);
    case OPERATION_GENERATE_KEY_PAIR:
        message_u64(results, KEY_RSA_PUBLIC);
        message_u64(results, KEY_RSA_PRIVATE);
        return CKR_OK;
    case OPERATION_CREATE_OBJECT:
    case OPERATION_COPY_OBJECT:
    case OPERATION_GENERATE_KEY:
    case OPERATION_UNWRAP_KEY:
    case OPERATION_DERIVE_KEY:
        message_u64(results, KEY_AES);
        return CKR_OK;
    case OPERATION_WRAP_KEY:
        reply_put_signature(t->asked[OPERATION_WRAP_KEY], 40, results);
        return CKR_OK;
    case OPERATION_ENCRYPT:
        return reply_encrypt(fields, results);
    case OPERATION_DECRYPT:
        return reply_decrypt(fields, results);
    case OPERATION_SIGN:
    case OPERATION_SIGN_RECOVER:
        return reply_sign(t, fields, results);
    case OPERATION_VERIFY:
        return reply_verify(fields);
    case OPERATION_DIGEST:
        return reply_digest(fields, results);
    case OPERATION_VERIFY_RECOVER:
        return reply_verify_recover(fields, results);
    case OPERATION_START:
        return reply_start(c, fields, results);
    case OPERATION_UPDATE:
        return reply_update(c, fields, results);
    case OPERATION_FINISH:
        return reply_finish(t, c, fields, results);
    case OPERATION_RANDOM:
        return reply_random_bytes(fields, results);
    case OPERATION_ENCRYPT_MESSAGE:
        return reply_encrypt_message(fields, results);
    case OPERATION_DECRYPT_MESSAGE:
        return reply_decrypt_message(fields, results);
    default:
        return CKR_OK;
    }
}

uint32_t reply_obey(token *t, client *c, uint32_t operation, message *fields, message *results) {
    switch (operation) {
    case OPERATION_OPEN_SESSION:
        return open_session(c, message_read_u64(fields));
    case OPERATION_CLOSE_SESSION:
        return close_session(c, message_read_u64(fields));
    case OPERATION_CLOSE_ALL_SESSIONS:
        memset(c->sessions, 0, sizeof c->sessions);
        c->logged_in = false;
        return CKR_OK;
    case OPERATION_RESUME:
        return resume(t, c, fields, results);
    case OPERATION_TOKEN_INFO:
        return token_info(results);
    case OPERATION_REFRESH:
        message_text(results, t->late ? STALE : TICKET);
        return CKR_OK;
    default:
        return knows(c, message_read_u64(fields)) ? in_session(t, c, operation, fields, results) : CKR_SESSION_HANDLE_INVALID;
    }
}
