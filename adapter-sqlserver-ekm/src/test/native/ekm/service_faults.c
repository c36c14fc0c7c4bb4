/* How the service breaks the protocol. */
#include "service_inside.h"
#include "wire.h"

bool service_spoil(service *s, fault *f, uint32_t *status, message *results) {
    switch (f->how) {
        case ANSWERS_STATUS:
            message_end(results);
            message_text(results, "because");
            *status = f->number;
            return true;
        case ANSWERS_LESS:
            results->size -= f->number < results->size - MESSAGE_HEADER ? f->number : results->size - MESSAGE_HEADER;
            return true;
        case ANSWERS_MORE:
            message_u8(results, 0);
            return true;
        case ANSWERS_NUMBER:
            wire_put32(results->bytes + MESSAGE_HEADER, f->number);
            return true;
        case ANSWERS_LONG_THUMB:
            message_end(results);
            message_bytes(results, "123456789012345678901234567890123", 33);
            return true;
        case ANSWERS_LONG_DATA:
            message_end(results);
            message_u32(results, f->number);
            for (uint32_t i = 0; i < f->number; i++) {
                message_u8(results, 'd');
            }
            return true;
        case HANGS_UP:
            f->how = --f->number == 0 ? BEHAVES : HANGS_UP;
            return false;
        case HANGS:
            while (s->going && f->how == HANGS) {
                pthread_cond_wait(&s->released, &s->lock);
            }
            return s->going;
        default:
            return true;
    }
}
