#include "operation.h"

void operation_end(p11_operation *ended) {
    octets_end(&ended->mechanism);
    octets_end(&ended->kept);
    *ended = (p11_operation){0};
}
