#define _GNU_SOURCE
#include "token.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "check.h"
#include "constants.h"
#include "exchange.h"
#include "message.h"

enum { CONNECTIONS = 512, CLIENTS = 64, SESSIONS = 512, OPERATIONS = 128 };

typedef struct {
    uint8_t number[16];
    uint64_t sessions[SESSIONS];
    bool logged_in;
    bool started[6];
    octets gathered[6];
} client;

struct token {
    char path[108];
    int listening;
    pthread_t accepting;
    pthread_mutex_t lock;
    _Atomic int manner;
    _Atomic uint32_t number;
    _Atomic bool forgets;
    _Atomic long asked[OPERATIONS];
    int fds[CONNECTIONS];
    pthread_t threads[CONNECTIONS];
    int count;
    client clients[CLIENTS];
    int known;
};

typedef struct {
    token *token;
    int fd;
    int slot;
    client *client;
} visit;

static const char TICKET[] = "a ticket for user";

static const struct {
    uint32_t class, type, bits, uses;
} facts[KEYS_END] = {
    [KEY_AES] = {CKO_SECRET_KEY, CKK_AES, 256, 1 | 2 | 4 | 8 | 16 | 32},
    [KEY_RSA_PRIVATE] = {CKO_PRIVATE_KEY, CKK_RSA, 2048, 2 | 4 | 32},
    [KEY_RSA_PUBLIC] = {CKO_PUBLIC_KEY, CKK_RSA, 2048, 1 | 8 | 16},
    [KEY_EC_PRIVATE] = {CKO_PRIVATE_KEY, CKK_EC, 256, 4 | 64},
    [KEY_EC_PUBLIC] = {CKO_PUBLIC_KEY, CKK_EC, 256, 8},
    [KEY_HMAC] = {CKO_SECRET_KEY, CKK_GENERIC_SECRET, 256, 4 | 8},
    [KEY_RSA_SIGN_ONLY] = {CKO_PRIVATE_KEY, CKK_RSA, 2048, 4},
    [KEY_RSA_SMALL] = {CKO_PRIVATE_KEY, CKK_RSA, 1024, 2 | 4},
    [DATA_OBJECT] = {0, 0, 0, 0},
};

static bool read_all(int fd, uint8_t *bytes, size_t size)
{
    while (size > 0) {
        ssize_t count = read(fd, bytes, size);
        if (count <= 0)
            return false;
        bytes += count;
        size -= (size_t)count;
    }
    return true;
}

static bool send_all(int fd, const uint8_t *bytes, size_t size)
{
    while (size > 0) {
        ssize_t count = send(fd, bytes, size, MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        bytes += count;
        size -= (size_t)count;
    }
    return true;
}

static uint32_t get32(const uint8_t *b)
{
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static void put32(uint8_t *b, uint32_t value)
{
    for (int i = 3; i >= 0; i--, value >>= 8)
        b[i] = (uint8_t)value;
}

/* A request without its header. */
typedef struct {
    uint8_t header[16];
    message fields;
} frame;

static bool receive(int fd, frame *f)
{
    static __thread uint8_t chunk[65536];
    message_init(&f->fields);
    if (!read_all(fd, f->header, sizeof f->header))
        return false;
    for (size_t left = get32(f->header) - 12; left > 0;) {
        size_t size = left < sizeof chunk ? left : sizeof chunk;
        if (!read_all(fd, chunk, size))
            return false;
        message_raw(&f->fields, chunk, size);
        left -= size;
    }
    return true;
}

static bool answer(int fd, const frame *f, uint32_t status, const message *results)
{
    uint8_t header[16];
    size_t body = results->size - MESSAGE_HEADER;
    put32(header, (uint32_t)(12 + body));
    memcpy(header + 4, f->header + 4, 8);
    put32(header + 12, status);
    return send_all(fd, header, sizeof header) && send_all(fd, results->bytes + MESSAGE_HEADER, body);
}

static client *recall(token *t, const uint8_t *number, bool *known)
{
    pthread_mutex_lock(&t->lock);
    client *found = NULL;
    for (int i = 0; i < t->known && found == NULL; i++)
        if (memcmp(t->clients[i].number, number, 16) == 0)
            found = &t->clients[i];
    *known = found != NULL;
    if (found == NULL) {
        CHECK(t->known < CLIENTS);
        found = &t->clients[t->known++];
        memcpy(found->number, number, 16);
    }
    pthread_mutex_unlock(&t->lock);
    return found;
}

static bool greet(visit *v, frame *f, message *results)
{
    size_t size;
    bool known;
    CHECK_EQUAL(message_read_u32(&f->fields), 0x434f4652);
    CHECK_EQUAL(message_read_u16(&f->fields), 1);
    const uint8_t *service = message_read_bytes(&f->fields, &size);
    CHECK(size == 6 && memcmp(service, "pkcs11", 6) == 0);
    v->client = recall(v->token, message_read_raw(&f->fields, 16), &known);
    message_u16(results, 1);
    message_u8(results, known);
    message_bytes(results, "serial of module", 16);
    message_text(results, "toy");
    return answer(v->fd, f, 0, results);
}

static bool knows(const client *c, uint64_t session)
{
    for (int i = 0; i < SESSIONS; i++)
        if (session != 0 && c->sessions[i] == session)
            return true;
    return false;
}

static uint32_t open_session(client *c, uint64_t session)
{
    if (session == 0 || knows(c, session))
        return CKR_ARGUMENTS_BAD;
    for (int i = 0; i < SESSIONS; i++)
        if (c->sessions[i] == 0) {
            c->sessions[i] = session;
            return CKR_OK;
        }
    return CKR_SESSION_COUNT;
}

static uint32_t close_session(client *c, uint64_t session)
{
    bool any = false;
    if (!knows(c, session))
        return CKR_SESSION_HANDLE_INVALID;
    for (int i = 0; i < SESSIONS; i++) {
        if (c->sessions[i] == session)
            c->sessions[i] = 0;
        any |= c->sessions[i] != 0;
    }
    c->logged_in &= any;
    return CKR_OK;
}

static uint32_t log_in(client *c, message *fields, message *results)
{
    size_t size;
    message_read_u32(fields);
    const uint8_t *pin = message_read_bytes(fields, &size);
    if (size != strlen(TOKEN_PIN) || memcmp(pin, TOKEN_PIN, size) != 0)
        return CKR_PIN_INCORRECT;
    c->logged_in = true;
    message_text(results, TICKET);
    return CKR_OK;
}

static uint32_t resume(token *t, client *c, message *fields, message *results)
{
    size_t size;
    const uint8_t *ticket = message_read_bytes(fields, &size);
    uint32_t status = CKR_OK;
    for (uint32_t count = message_read_u32(fields); count > 0 && status == CKR_OK; count--) {
        status = open_session(c, message_read_u64(fields));
        message_read_u32(fields);
    }
    CHECK(message_done(fields));
    if (status != CKR_OK)
        return status;
    if (size > 0 && (t->forgets || size != strlen(TICKET) || memcmp(ticket, TICKET, size) != 0))
        return CKR_USER_NOT_LOGGED_IN;
    c->logged_in = size > 0;
    message_text(results, size > 0 ? TICKET : "");
    return CKR_OK;
}

static uint32_t token_info(message *results)
{
    message_text(results, "toy");
    message_text(results, "model");
    message_text(results, "1.2");
    message_u32(results, 0x44d);
    message_u32(results, 100);
    message_u32(results, 4);
    message_u64(results, 1000000000);
    return CKR_OK;
}

static uint32_t tell_facts(message *fields, message *results)
{
    uint64_t key = message_read_u64(fields);
    if (key == 0 || key >= KEYS_END)
        return CKR_OBJECT_HANDLE_INVALID;
    message_u32(results, facts[key].class);
    message_u32(results, facts[key].type);
    message_u32(results, facts[key].bits);
    message_u32(results, facts[key].uses);
    return CKR_OK;
}

/* Reads a mechanism; the tag's size when it is AES-GCM, and whether its IV is of zeros. */
static uint64_t read_mechanism(message *fields, size_t *tag, bool *zeros)
{
    size_t size = 0;
    const uint8_t *iv;
    uint64_t type = message_read_u64(fields);
    *tag = 0;
    *zeros = false;
    switch (message_read_u8(fields)) {
    case 0:
        break;
    case 2:
        iv = message_read_bytes(fields, &size);
        *zeros = size == 12 && memcmp(iv, "\0\0\0\0\0\0\0\0\0\0\0", 12) == 0;
        message_read_bytes(fields, &size);
        *tag = message_read_u32(fields) / 8;
        break;
    case 3:
        message_read_u64(fields);
        message_read_u64(fields);
        message_read_bytes(fields, &size);
        break;
    case 4:
        message_read_u64(fields);
        message_read_u64(fields);
        message_read_u32(fields);
        break;
    case 10:
        message_read_u32(fields); /* fall through */
    case 1:
        message_read_bytes(fields, &size);
        break;
    default:
        CHECK(false);
    }
    return type;
}

/* "Encrypts": the bytes with all bits turned, padded and tagged to the length that the real thing would have. */
static void turn(const uint8_t *bytes, size_t size, size_t padding, message *results)
{
    size_t place = message_begin_bytes(results);
    for (size_t i = 0; i < size; i++)
        message_u8(results, (uint8_t)~bytes[i]);
    for (size_t i = 0; i < padding; i++)
        message_u8(results, (uint8_t)padding);
    message_end_bytes(results, place);
}

static uint32_t encrypt(message *fields, message *results)
{
    size_t tag, size;
    bool zeros;
    uint64_t type = read_mechanism(fields, &tag, &zeros);
    uint64_t key = message_read_u64(fields);
    const uint8_t *data = message_read_bytes(fields, &size);
    CHECK(message_done(fields));
    message_bytes(results, "module's iv!", zeros ? 12 : 0);
    size_t padding = key == KEY_RSA_PUBLIC ? 256 - size : type == 0x1085 ? 16 - size % 16 : tag;
    turn(data, size, padding, results);
    return CKR_OK;
}

static uint32_t decrypt(message *fields, message *results)
{
    size_t tag, size;
    bool zeros;
    uint64_t type = read_mechanism(fields, &tag, &zeros);
    uint64_t key = message_read_u64(fields);
    const uint8_t *data = message_read_bytes(fields, &size);
    CHECK(message_done(fields));
    if (key == KEY_RSA_PRIVATE && size != 256)
        return CKR_ENCRYPTED_DATA_LEN_RANGE;
    size_t padding = key == KEY_RSA_PRIVATE ? 226 : type == 0x1085 ? data[size - 1] : tag;
    turn(data, size - padding, 0, results);
    return CKR_OK;
}

static size_t signature_size(uint64_t key)
{
    return key == KEY_EC_PRIVATE || key == KEY_EC_PUBLIC ? 64 : key == KEY_HMAC ? 32 : key == KEY_AES ? 16 : 256;
}

/* The "signature" is the number of the call, over and over. */
static void put_signature(long number, size_t size, message *results)
{
    uint8_t bytes[256];
    memset(bytes, (int)number, sizeof bytes);
    message_bytes(results, bytes, size);
}

static uint32_t sign(token *t, message *fields, message *results)
{
    size_t tag, size;
    bool zeros;
    read_mechanism(fields, &tag, &zeros);
    uint64_t key = message_read_u64(fields);
    message_read_bytes(fields, &size);
    CHECK(message_done(fields));
    put_signature(t->asked[OPERATION_SIGN], signature_size(key), results);
    return CKR_OK;
}

/* The right signature is "good". */
static uint32_t verdict(const uint8_t *signature, size_t size)
{
    return size == 4 && memcmp(signature, "good", 4) == 0 ? CKR_OK : CKR_SIGNATURE_INVALID;
}

static uint32_t verify(message *fields)
{
    size_t tag, size;
    bool zeros;
    read_mechanism(fields, &tag, &zeros);
    message_read_u64(fields);
    message_read_bytes(fields, &size);
    const uint8_t *signature = message_read_bytes(fields, &size);
    CHECK(message_done(fields));
    return verdict(signature, size);
}

static uint32_t digest(message *fields, message *results)
{
    size_t tag, size;
    bool zeros;
    read_mechanism(fields, &tag, &zeros);
    message_read_bytes(fields, &size);
    CHECK(message_done(fields));
    put_signature((long)size, 32, results);
    return CKR_OK;
}

static uint32_t verify_recover(message *fields, message *results)
{
    size_t tag, size;
    bool zeros;
    read_mechanism(fields, &tag, &zeros);
    message_read_u64(fields);
    message_read_bytes(fields, &size);
    CHECK(message_done(fields));
    message_text(results, "recovered");
    return CKR_OK;
}

/* What is gathered comes back a block later, as ciphers do. */
static void give_blocks(client *c, uint8_t kind, message *results)
{
    octets *gathered = &c->gathered[kind];
    if (kind > 2) {
        message_bytes(results, NULL, 0);
        return;
    }
    size_t whole = gathered->size / 16 * 16;
    turn(gathered->bytes, whole, 0, results);
    octets rest = {0};
    CHECK(octets_set(&rest, gathered->bytes + whole, gathered->size - whole));
    octets_end(gathered);
    *gathered = rest;
}

static uint32_t take_part(client *c, uint8_t kind, message *fields, message *results)
{
    size_t size;
    const uint8_t *part = message_read_bytes(fields, &size);
    CHECK(message_done(fields));
    CHECK(octets_append(&c->gathered[kind], part, size));
    give_blocks(c, kind, results);
    return CKR_OK;
}

static uint32_t start(client *c, message *fields, message *results)
{
    size_t tag;
    bool zeros;
    uint8_t kind = message_read_u8(fields);
    CHECK(kind >= 1 && kind <= 5);
    read_mechanism(fields, &tag, &zeros);
    message_read_u64(fields);
    octets_end(&c->gathered[kind]);
    c->started[kind] = true;
    message_bytes(results, "module's iv!", zeros ? 12 : 0);
    return take_part(c, kind, fields, results);
}

static uint32_t update(client *c, message *fields, message *results)
{
    uint8_t kind = message_read_u8(fields);
    return kind < 6 && c->started[kind] ? take_part(c, kind, fields, results) : CKR_OPERATION_NOT_INITIALIZED;
}

static uint32_t finish(token *t, client *c, message *fields, message *results)
{
    size_t size;
    uint8_t kind = message_read_u8(fields);
    const uint8_t *signature = message_read_bytes(fields, &size);
    CHECK(message_done(fields));
    if (kind > 5 || !c->started[kind])
        return CKR_OPERATION_NOT_INITIALIZED;
    c->started[kind] = false;
    octets gathered = c->gathered[kind];
    c->gathered[kind] = (octets){0};
    uint32_t status = kind == 4 ? verdict(signature, size) : CKR_OK;
    if (kind <= 2)
        turn(gathered.bytes, gathered.size, 0, results);
    else
        put_signature(t->asked[OPERATION_FINISH], kind == 4 ? 0 : 32, results);
    octets_end(&gathered);
    return status;
}

/* The label is there, the value is sensitive, a number and a list are told, a template too; all else is unknown. */
static void put_attribute(uint32_t type, message *results)
{
    size_t place;
    message_u8(results, type == 0x11 ? 1 : type == 3 || type == 0x161 || type == 0x40000600 || type == 0x40000212 ? 0 : 2);
    switch (type) {
    case 3:
        message_text(results, "label");
        break;
    case 0x161:
        place = message_begin_bytes(results);
        message_u64(results, 32);
        message_end_bytes(results, place);
        break;
    case 0x40000600:
        place = message_begin_bytes(results);
        message_u64(results, 0x1087);
        message_u64(results, 0x1085);
        message_end_bytes(results, place);
        break;
    case 0x40000212:
        place = message_begin_bytes(results);
        message_u32(results, 2);
        message_u32(results, 3);
        message_text(results, "inner");
        message_u32(results, 0x103);
        message_bytes(results, "\1", 1);
        message_end_bytes(results, place);
        break;
    default:
        message_bytes(results, NULL, 0);
    }
}

static uint32_t get_attributes(message *fields, message *results)
{
    message_read_u64(fields);
    message_u32(results, 0);
    for (uint32_t count = message_read_u32(fields); count > 0; count--)
        put_attribute(message_read_u32(fields), results);
    CHECK(message_done(fields));
    return CKR_OK;
}

static uint32_t find(message *results)
{
    message_u32(results, 5);
    for (uint64_t key = 1; key <= 5; key++)
        message_u64(results, key);
    return CKR_OK;
}

static uint32_t random_bytes(message *fields, message *results)
{
    uint32_t size = message_read_u32(fields);
    CHECK(message_done(fields) && size <= 1u << 20);
    size_t place = message_begin_bytes(results);
    for (uint32_t i = 0; i < size; i++)
        message_u8(results, 0xab);
    message_end_bytes(results, place);
    return CKR_OK;
}

static uint32_t encrypt_message(message *fields, message *results)
{
    size_t size;
    message_read_u64(fields);
    message_read_bytes(fields, &size);
    message_read_u32(fields);
    uint32_t generator = message_read_u32(fields);
    uint32_t tag = message_read_u32(fields) / 8;
    message_read_bytes(fields, &size);
    const uint8_t *data = message_read_bytes(fields, &size);
    CHECK(message_done(fields));
    message_bytes(results, "generated iv", generator != 0 ? 12 : 0);
    turn(data, size, 0, results);
    message_bytes(results, "0123456789abcdef", tag);
    return CKR_OK;
}

static uint32_t decrypt_message(message *fields, message *results)
{
    size_t size, tag_size;
    message_read_u64(fields);
    message_read_bytes(fields, &size);
    message_read_bytes(fields, &size);
    const uint8_t *data = message_read_bytes(fields, &size);
    const uint8_t *tag = message_read_bytes(fields, &tag_size);
    CHECK(message_done(fields));
    if (memcmp(tag, "0123456789abcdef", tag_size) != 0)
        return 0x42; /* CKR_AEAD_DECRYPT_FAILED */
    turn(data, size, 0, results);
    return CKR_OK;
}

static uint32_t in_session(token *t, client *c, uint32_t operation, message *fields, message *results)
{
    switch (operation) {
    case OPERATION_LOGIN:
        return log_in(c, fields, results);
    case OPERATION_LOGOUT:
        c->logged_in = false;
        return CKR_OK;
    case OPERATION_SET_PIN:
        message_text(results, TICKET);
        return CKR_OK;
    case OPERATION_OBJECT_SIZE:
        message_u64(results, 42);
        return CKR_OK;
    case OPERATION_GET_ATTRIBUTES:
        return get_attributes(fields, results);
    case OPERATION_FIND_OBJECTS:
        return find(results);
    case OPERATION_KEY_FACTS:
        return tell_facts(fields, results);
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
        put_signature(t->asked[OPERATION_WRAP_KEY], 40, results);
        return CKR_OK;
    case OPERATION_ENCRYPT:
        return encrypt(fields, results);
    case OPERATION_DECRYPT:
        return decrypt(fields, results);
    case OPERATION_SIGN:
    case OPERATION_SIGN_RECOVER:
        return sign(t, fields, results);
    case OPERATION_VERIFY:
        return verify(fields);
    case OPERATION_DIGEST:
        return digest(fields, results);
    case OPERATION_VERIFY_RECOVER:
        return verify_recover(fields, results);
    case OPERATION_START:
        return start(c, fields, results);
    case OPERATION_UPDATE:
        return update(c, fields, results);
    case OPERATION_FINISH:
        return finish(t, c, fields, results);
    case OPERATION_RANDOM:
        return random_bytes(fields, results);
    case OPERATION_ENCRYPT_MESSAGE:
        return encrypt_message(fields, results);
    case OPERATION_DECRYPT_MESSAGE:
        return decrypt_message(fields, results);
    default:
        return CKR_OK;
    }
}

static uint32_t obey(token *t, client *c, uint32_t operation, message *fields, message *results)
{
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
        message_text(results, TICKET);
        return CKR_OK;
    default:
        return knows(c, message_read_u64(fields)) ? in_session(t, c, operation, fields, results) : CKR_SESSION_HANDLE_INVALID;
    }
}

/* Spoils the results as the test wants it; sessions come and go as they should, so that the test gets further. */
static uint32_t spoil(token *t, uint32_t operation, uint32_t status, message *results)
{
    if (operation <= OPERATION_CLOSE_ALL_SESSIONS || operation == OPERATION_RESUME || t->manner == REPLY_RIGHT)
        return status;
    if (t->manner == REPLY_CUT && results->size > MESSAGE_HEADER)
        results->size--;
    if (t->manner == REPLY_CUT)
        return status;
    results->size = MESSAGE_HEADER;
    if (t->manner == REPLY_STATUS)
        return t->number;
    uint32_t noise = t->number = t->number * 1664525u + 1013904223u;
    for (uint32_t left = (noise >> 8) % 300; left > 0; left--) {
        noise = noise * 1664525u + 1013904223u;
        message_u8(results, (noise >> 29) == 0 ? (uint8_t)(noise >> 16) : (uint8_t)(noise >> 27 & 3));
    }
    return 0;
}

static void *serve(void *context)
{
    visit v = *(visit *)context;
    frame f;
    message results;
    bool going = true;
    free(context);
    while (going && receive(v.fd, &f)) {
        uint32_t operation = get32(f.header + 12);
        message_init(&results);
        if (operation == 1)
            going = greet(&v, &f, &results);
        else {
            CHECK(operation < OPERATIONS);
            pthread_mutex_lock(&v.token->lock);
            v.token->asked[operation]++;
            uint32_t status = obey(v.token, v.client, operation, &f.fields, &results);
            status = spoil(v.token, operation, status, &results);
            pthread_mutex_unlock(&v.token->lock);
            going = answer(v.fd, &f, status, &results);
        }
        message_end(&results);
        message_end(&f.fields);
    }
    message_end(&f.fields);
    pthread_mutex_lock(&v.token->lock);
    close(v.fd);
    v.token->fds[v.slot] = -1;
    pthread_mutex_unlock(&v.token->lock);
    return NULL;
}

static void admit(token *t, int fd)
{
    pthread_mutex_lock(&t->lock);
    CHECK(t->count < CONNECTIONS);
    visit *v = malloc(sizeof *v);
    *v = (visit){t, fd, t->count, NULL};
    t->fds[t->count] = fd;
    CHECK_EQUAL(pthread_create(&t->threads[t->count++], NULL, serve, v), 0);
    pthread_mutex_unlock(&t->lock);
}

static void *accept_all(void *context)
{
    token *t = context;
    for (;;) {
        int fd = accept4(t->listening, NULL, NULL, SOCK_CLOEXEC);
        if (fd >= 0)
            admit(t, fd);
        else if (errno != EINTR && errno != ECONNABORTED)
            return NULL;
    }
}

token *token_start(const char *path)
{
    token *t = calloc(1, sizeof *t);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    CHECK(strlen(path) < sizeof address.sun_path);
    strcpy(t->path, path);
    strcpy(address.sun_path, path);
    pthread_mutex_init(&t->lock, NULL);
    t->listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    unlink(path);
    CHECK_EQUAL(bind(t->listening, (struct sockaddr *)&address, sizeof address), 0);
    CHECK_EQUAL(listen(t->listening, 64), 0);
    CHECK_EQUAL(pthread_create(&t->accepting, NULL, accept_all, t), 0);
    return t;
}

void token_stop(token *t)
{
    unlink(t->path);
    shutdown(t->listening, SHUT_RDWR);
    pthread_join(t->accepting, NULL);
    close(t->listening);
    pthread_mutex_lock(&t->lock);
    for (int i = 0; i < t->count; i++)
        if (t->fds[i] >= 0)
            shutdown(t->fds[i], SHUT_RDWR);
    pthread_mutex_unlock(&t->lock);
    for (int i = 0; i < t->count; i++)
        pthread_join(t->threads[i], NULL);
    for (int i = 0; i < t->known; i++)
        for (int kind = 0; kind < 6; kind++)
            octets_end(&t->clients[i].gathered[kind]);
    pthread_mutex_destroy(&t->lock);
    free(t);
}

void token_replies(token *t, reply_manner manner, uint32_t number)
{
    t->number = number;
    t->manner = (int)manner;
}

long token_asked(const token *t, uint32_t operation)
{
    return t->asked[operation];
}

long token_sessions(token *t)
{
    long count = 0;
    pthread_mutex_lock(&t->lock);
    for (int i = 0; i < t->known; i++)
        for (int j = 0; j < SESSIONS; j++)
            count += t->clients[i].sessions[j] != 0;
    pthread_mutex_unlock(&t->lock);
    return count;
}

long token_clients(token *t)
{
    pthread_mutex_lock(&t->lock);
    long count = t->known;
    pthread_mutex_unlock(&t->lock);
    return count;
}

void token_forgets_tickets(token *t)
{
    t->forgets = true;
}
