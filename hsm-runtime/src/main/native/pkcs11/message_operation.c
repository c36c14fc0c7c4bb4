#include "message_operation.h"

void message_operation_end_message(message_operation *operation) {
    octets_end(&operation->aad);
    octets_end(&operation->parts);
    octets_end(&operation->result);
    operation->begun = false;
}

void message_operation_end(message_operation *operation) {
    message_operation_end_message(operation);
    *operation = (message_operation){0};
}
