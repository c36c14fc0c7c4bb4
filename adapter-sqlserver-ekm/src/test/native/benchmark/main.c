/*
 * Measures the EKM provider beside the bare RSA operation: benchmark <library> <user> <secret> <service's process id>. Lines are
 * measured in turns, and the median of the rounds is told: other work on the machine comes and goes.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "abi.h"

enum { ROUNDS = 5, THREADS = 8, CELL = 64, DEK = 32, SESSIONS = 10000 };

static ekm_status (*initialize)(void);
static ekm_status (*open_session)(const ekm_credential *, ekm_handle *);
static ekm_status (*close_session)(ekm_handle *, ekm_boolean);
static ekm_status (*create_key)(const ekm_handle *, const ekm_text *, uint32_t, uint32_t, ekm_data *);
static ekm_status (*by_name)(const ekm_handle *, const ekm_text *, ekm_key_info *);
static ekm_status (*encrypt)(
        const ekm_handle *, const ekm_data *, ekm_boolean, const ekm_parameter *, uint32_t, const ekm_data *, ekm_data *);
static ekm_status (*decrypt)(
        const ekm_handle *, const ekm_data *, ekm_boolean, const ekm_parameter *, uint32_t, const ekm_data *, ekm_data *);

static ekm_credential credential;
static ekm_data rsa, aes;
static uint8_t rsa_bytes[EKM_THUMBPRINT], aes_bytes[EKM_THUMBPRINT], wrapped_bytes[512];
static ekm_data wrapped = {sizeof wrapped_bytes, wrapped_bytes};

static void need(ekm_status status, const char *what) {
    if (status != EKM_SUCCESS) {
        fprintf(stderr, "benchmark: %s gave %u\n", what, (unsigned) status);
        exit(1);
    }
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

/* Seconds of processor time of this process and of the service. */
static double burnt(long service) {
    char name[64], line[1024];
    struct timespec own;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &own);
    snprintf(name, sizeof name, "/proc/%ld/stat", service);
    FILE *file = fopen(name, "r");
    unsigned long user = 0, system_time = 0;
    if (file != NULL) {
        if (fgets(line, sizeof line, file) != NULL && strrchr(line, ')') != NULL) {
            sscanf(strrchr(line, ')') + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system_time);
        }
        fclose(file);
    }
    return (double) own.tv_sec + (double) own.tv_nsec / 1e9 + (double) (user + system_time) / (double) sysconf(_SC_CLK_TCK);
}

static ekm_text utf16(const char *ascii, uint16_t *units) {
    size_t size = strlen(ascii);
    for (size_t i = 0; i < size; i++) {
        units[i] = (uint8_t) ascii[i];
    }
    return (ekm_text) {(uint32_t) size * 2, units};
}

static void find_or_create(ekm_handle session, const char *name, uint32_t algorithm, uint8_t *bytes, ekm_data *key) {
    uint16_t units[64], found[256];
    ekm_text text = utf16(name, units);
    *key = (ekm_data) {EKM_THUMBPRINT, bytes};
    ekm_key_info information = {.name = {sizeof found, found}, .thumbprint = *key};
    if (by_name(&session, &text, &information) != EKM_SUCCESS) {
        need(create_key(&session, &text, algorithm, 0, key), "SqlCryptCreateKey");
    }
}

static void encrypt_cell(ekm_handle session) {
    uint8_t cell[CELL] = {1}, room[200];
    ekm_data in = {sizeof cell, cell}, out = {sizeof room, room};
    need(encrypt(&session, &aes, 1, NULL, 0, &in, &out), "SqlCryptEncrypt");
}

static void decrypt_dek(ekm_handle session) {
    uint8_t room[DEK];
    ekm_data out = {sizeof room, room};
    need(decrypt(&session, &rsa, 1, NULL, 0, &wrapped, &out), "SqlCryptDecrypt");
}

typedef struct {
    void (*work)(ekm_handle);
    double until;
    long done;
} job;

static void *run(void *context) {
    job *j = context;
    ekm_handle session;
    need(open_session(&credential, &session), "SqlCryptOpenSession");
    while (now() < j->until) {
        j->work(session);
        j->done++;
    }
    need(close_session(&session, 0), "SqlCryptCloseSession");
    return NULL;
}

/* What one thread's calls cost. */
typedef struct {
    double rate;      /* calls per second */
    double processor; /* seconds of processor time for each, both sides together */
} cost;

/* Calls per second. */
static double rate(void (*work)(ekm_handle), int threads, double seconds) {
    pthread_t all[THREADS];
    job jobs[THREADS];
    double begin = now();
    for (int i = 0; i < threads; i++) {
        jobs[i] = (job) {work, begin + seconds, 0};
        pthread_create(&all[i], NULL, run, &jobs[i]);
    }
    double done = 0;
    for (int i = 0; i < threads; i++) {
        pthread_join(all[i], NULL);
        done += (double) jobs[i].done;
    }
    return done / (now() - begin);
}

/* Processor time of OpenSSL's private RSA-2048 operation in seconds; its own program tells operations per second. */
static double bare(void) {
    FILE *speed = popen("openssl speed -seconds 1 -mr rsa2048 2>/dev/null", "r");
    char line[256];
    double each_second = 0;
    while (speed != NULL && fgets(line, sizeof line, speed) != NULL) {
        sscanf(line, "+F2:%*d:%*d:%lf", &each_second);
    }
    if (speed != NULL) {
        pclose(speed);
    }
    if (each_second <= 0) {
        fprintf(stderr, "benchmark: `openssl speed` gave no number\n");
        exit(1);
    }
    return 1 / each_second;
}

static cost cost_of(void (*work)(ekm_handle), double seconds, long service) {
    double before = burnt(service), begin = now();
    double each_second = rate(work, 1, seconds);
    return (cost) {each_second, (burnt(service) - before) / (each_second * (now() - begin))};
}

static int compare(const void *a, const void *b) {
    double x = *(const double *) a, y = *(const double *) b;
    return x < y ? -1 : x > y;
}

static double median(double *values) {
    qsort(values, ROUNDS, sizeof *values, compare);
    return values[ROUNDS / 2];
}

static int descriptors(void) {
    int count = 0;
    DIR *directory = opendir("/proc/self/fd");
    while (directory != NULL && readdir(directory) != NULL) {
        count++;
    }
    closedir(directory);
    return count;
}

static long resident(void) {
    long total = 0, pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file != NULL && fscanf(file, "%ld %ld", &total, &pages) != 2) {
        pages = 0;
    }
    fclose(file);
    return pages * sysconf(_SC_PAGESIZE) / 1024;
}

static void open_and_close(int times) {
    for (int i = 0; i < times; i++) {
        ekm_handle session;
        need(open_session(&credential, &session), "SqlCryptOpenSession");
        need(close_session(&session, 0), "SqlCryptCloseSession");
    }
}

static void load(const char *path) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        fprintf(stderr, "benchmark: %s\n", dlerror());
        exit(1);
    }
    *(void **) &initialize = dlsym(library, "SqlCryptInitializeProvider");
    *(void **) &open_session = dlsym(library, "SqlCryptOpenSession");
    *(void **) &close_session = dlsym(library, "SqlCryptCloseSession");
    *(void **) &create_key = dlsym(library, "SqlCryptCreateKey");
    *(void **) &by_name = dlsym(library, "SqlCryptGetKeyInfoByName");
    *(void **) &encrypt = dlsym(library, "SqlCryptEncrypt");
    *(void **) &decrypt = dlsym(library, "SqlCryptDecrypt");
}

static void prepare(char **arguments) {
    static uint16_t name[256], secret[256];
    uint8_t dek[DEK] = {7};
    ekm_handle session;
    load(arguments[1]);
    credential = (ekm_credential) {utf16(arguments[2], name), utf16(arguments[3], secret)};
    need(initialize(), "SqlCryptInitializeProvider");
    need(open_session(&credential, &session), "SqlCryptOpenSession");
    find_or_create(session, "benchmark-rsa", 1, rsa_bytes, &rsa);
    find_or_create(session, "benchmark-aes", 19, aes_bytes, &aes);
    need(encrypt(&session, &rsa, 1, NULL, 0, (ekm_data[1]) {{sizeof dek, dek}}, &wrapped), "SqlCryptEncrypt");
    need(close_session(&session, 0), "SqlCryptCloseSession");
}

int main(int count, char **arguments) {
    if (count != 5) {
        fprintf(stderr, "usage: benchmark <library> <user> <secret> <process id of the service>\n");
        return 2;
    }
    long service = atol(arguments[4]);
    double seconds = getenv("SECONDS_EACH") == NULL ? 1 : atof(getenv("SECONDS_EACH"));
    prepare(arguments);
    for (double end = now() + 8 * seconds; now() < end;) {
        rate(encrypt_cell, 2, seconds);
        rate(decrypt_dek, 2, seconds);
    }
    double bares[ROUNDS], deks[ROUNDS], dek_costs[ROUNDS], ones[ROUNDS], one_costs[ROUNDS], eights[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        bares[i] = bare() * 1e6;
        cost dek = cost_of(decrypt_dek, seconds, service), one = cost_of(encrypt_cell, seconds, service);
        deks[i] = 1e6 / dek.rate;
        dek_costs[i] = dek.processor * 1e6;
        ones[i] = one.rate;
        one_costs[i] = one.processor * 1e6;
        eights[i] = rate(encrypt_cell, THREADS, seconds);
    }
    double alone = median(bares), most = alone * 1.3 + 60;
    printf("RSA-2048 private operation, OpenSSL             %8.0f us of processor time\n", alone);
    printf("SqlCryptDecrypt of a DEK, RSA-2048              %8.0f us, %.0f us of processor time on both sides (goal: %.0f us)\n",
            median(deks), median(dek_costs), most);
    printf("SqlCryptEncrypt of 64 bytes, AES-256, 1 thread  %8.0f /s, %.0f us of processor time on both sides\n", median(ones),
            median(one_costs));
    printf("SqlCryptEncrypt of 64 bytes, AES-256, 8 threads %8.0f /s\n", median(eights));
    open_and_close(100);
    int files = descriptors();
    long memory = resident();
    double begin = now();
    open_and_close(SESSIONS);
    printf("%d sessions opened and closed: %.0f /s, %d descriptors and %ld kB more\n", SESSIONS, SESSIONS / (now() - begin),
            descriptors() - files, resident() - memory);
    return 0;
}
