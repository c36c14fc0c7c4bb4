/* A child goes on with its parent's sessions and login, on a connection of its own. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fixture.h"

static int in_child(int (*work)(CK_SESSION_HANDLE), CK_SESSION_HANDLE session) {
    int status;
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        _exit(work(session));
    }
    CHECK_EQUAL(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static int sign_and_look(CK_SESSION_HANDLE session) {
    CK_SESSION_INFO info;
    if (fixture_sign(session) != CKR_OK) {
        return 1;
    }
    if (p11->C_GetSessionInfo(session, &info) != CKR_OK || info.state != CKS_RW_USER_FUNCTIONS) {
        return 2;
    }
    return fixture_sign(session) == CKR_OK ? 0 : 3;
}

static void childGoesOn(void) {
    CK_SESSION_HANDLE session = fixture_log_in();
    CHECK_EQUAL(fixture_sign(session), CKR_OK);
    long clients = token_clients(fixture_token()), logins = fixture_asked(OPERATION_LOGIN);
    CHECK_EQUAL(in_child(sign_and_look, session), 0);
    CHECK_EQUAL(token_clients(fixture_token()), clients + 1);
    CHECK_EQUAL(fixture_asked(OPERATION_LOGIN), logins);
    CHECK_EQUAL(fixture_sign(session), CKR_OK);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

/* The parent's operation stays the parent's; the child's copy of one that began here goes with the child. */
static int finish_operation(CK_SESSION_HANDLE session) {
    CK_BYTE signature[256];
    CK_ULONG size = sizeof signature;
    return p11->C_Sign(session, (CK_BYTE *)"data", 4, signature, &size) == CKR_OK ? 0 : 1;
}

static void operationBegunBeforeForkEndsInBoth(void) {
    CK_MECHANISM mechanism = {0x40, NULL, 0};
    CK_SESSION_HANDLE session = fixture_log_in();
    CHECK_EQUAL(p11->C_SignInit(session, &mechanism, KEY_RSA_PRIVATE), CKR_OK);
    CHECK_EQUAL(in_child(finish_operation, session), 0);
    CHECK_EQUAL(finish_operation(session), 0);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

static int initialize_afresh(CK_SESSION_HANDLE session) {
    if (p11->C_Initialize(NULL) != CKR_OK) {
        return 1;
    }
    if (p11->C_Initialize(NULL) != CKR_CRYPTOKI_ALREADY_INITIALIZED) {
        return 2;
    }
    if (fixture_sign(session) != CKR_SESSION_HANDLE_INVALID) {
        return 3;
    }
    if (fixture_sign(fixture_open_session()) != CKR_OK) {
        return 4;
    }
    return p11->C_Finalize(NULL) == CKR_OK ? 0 : 5;
}

static int use_then_initialize(CK_SESSION_HANDLE session) {
    return fixture_sign(session) == CKR_OK ? initialize_afresh(session) : 6;
}

static int only_finalize(CK_SESSION_HANDLE session) {
    if (p11->C_Finalize(NULL) != CKR_OK) {
        return 1;
    }
    return fixture_sign(session) == CKR_CRYPTOKI_NOT_INITIALIZED ? 0 : 2;
}

static void initializeInAChildStartsAfresh(void) {
    CK_SESSION_HANDLE session = fixture_log_in();
    CHECK_EQUAL(in_child(initialize_afresh, session), 0);
    CHECK_EQUAL(in_child(use_then_initialize, session), 0);
    CHECK_EQUAL(in_child(only_finalize, session), 0);
    CHECK_EQUAL(fixture_sign(session), CKR_OK);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

/* libp11 asks again at its next use; a module without a service would cost it its login for good. */
static int initialize_in_vain(CK_SESSION_HANDLE session) {
    (void)session;
    return p11->C_Initialize(NULL) == CKR_FUNCTION_FAILED && p11->C_Initialize(NULL) == CKR_FUNCTION_FAILED
            && p11->C_Finalize(NULL) == CKR_CRYPTOKI_NOT_INITIALIZED ? 0 : 7;
}

static void initializeInAChildSaysThatTheServiceIsAway(void) {
    fixture_deadline(FIXTURE_IMPATIENT);
    CK_SESSION_HANDLE session = fixture_log_in();
    fixture_stop_token();
    CHECK_EQUAL(in_child(initialize_in_vain, session), 0);
    fixture_start_token();
    fixture_deadline(FIXTURE_PATIENT);
    CHECK_EQUAL(in_child(initialize_afresh, session), 0);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

static int grandchild(CK_SESSION_HANDLE session) {
    return fixture_sign(session) == CKR_OK ? in_child(sign_and_look, session) : 9;
}

static void grandchildrenGoOn(void) {
    CK_SESSION_HANDLE session = fixture_log_in();
    CHECK_EQUAL(in_child(grandchild, session), 0);
    CHECK_EQUAL(in_child(grandchild, session), 0);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

static atomic_bool stop;
static _Atomic long signatures;

static void *sign_on(void *context) {
    CK_SESSION_HANDLE session = *(CK_SESSION_HANDLE *)context;
    while (!stop) {
        CHECK_EQUAL(fixture_sign(session), CKR_OK);
        signatures++;
    }
    return NULL;
}

/* A thread of the parent may have been between C_SignInit and C_Sign: the child ends that first. */
static CK_RV sign_after(CK_SESSION_HANDLE session) {
    CK_RV rv = fixture_sign(session);
    if (rv == CKR_OPERATION_ACTIVE) {
        p11->C_SignInit(session, NULL, 0);
        rv = fixture_sign(session);
    }
    return rv;
}

/* The child inherits sessions whose locks other threads hold, in the middle of their calls. */
static int use_all(CK_SESSION_HANDLE first) {
    for (CK_SESSION_HANDLE each = first; each < first + 4; each++) {
        CK_RV rv = sign_after(each);
        if (rv != CKR_OK) {
            fprintf(stderr, "session %lu: CKR 0x%lx\n", each, rv);
            return 1;
        }
    }
    return 0;
}

static void forkAmidBusyThreadsLeavesAWorkingChild(void) {
    CK_SESSION_HANDLE sessions[4] = {fixture_log_in()};
    pthread_t threads[4];
    for (int i = 1; i < 4; i++) {
        sessions[i] = fixture_open_session();
    }
    CHECK_EQUAL(sessions[3], sessions[0] + 3);
    for (int i = 0; i < 4; i++) {
        CHECK_EQUAL(pthread_create(&threads[i], NULL, sign_on, &sessions[i]), 0);
    }
    for (int i = 0; i < 10; i++) {
        long before = signatures;
        while (signatures < before + 20) {
            usleep(1000);
        }
        CHECK_EQUAL(in_child(use_all, sessions[0]), 0);
    }
    stop = true;
    for (int i = 0; i < 4; i++) {
        CHECK_EQUAL(pthread_join(threads[i], NULL), 0);
    }
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

static void *sign_while_it_works(void *context) {
    while (fixture_sign(*(CK_SESSION_HANDLE *)context) == CKR_OK) {
        signatures++;
    }
    return NULL;
}

/* The child's own thread is in a call of the inherited module while another starts afresh. */
static int initialize_amid_calls(CK_SESSION_HANDLE session) {
    pthread_t thread;
    long before = signatures;
    if (pthread_create(&thread, NULL, sign_while_it_works, &session) != 0) {
        return 1;
    }
    while (signatures < before + 5) {
        usleep(100);
    }
    CK_RV rv = p11->C_Initialize(NULL);
    pthread_join(thread, NULL);
    return rv == CKR_OK && p11->C_Finalize(NULL) == CKR_OK ? 0 : 2;
}

/* ThreadSanitizer knows no threads that a child of a process with threads makes. */
#ifdef __SANITIZE_THREAD__
enum { CHILD_ROUNDS = 0 };
#else
enum { CHILD_ROUNDS = 10 };
#endif

static void initializeInAChildWaitsForTheCallsOfTheInheritedModule(void) {
    CK_SESSION_HANDLE session = fixture_log_in();
    for (int i = 0; i < CHILD_ROUNDS; i++) {
        CHECK_EQUAL(in_child(initialize_amid_calls, session), 0);
    }
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

int main(void) {
    fixture_begin();
    RUN(childGoesOn);
    RUN(operationBegunBeforeForkEndsInBoth);
    RUN(initializeInAChildStartsAfresh);
    RUN(initializeInAChildSaysThatTheServiceIsAway);
    RUN(grandchildrenGoOn);
    RUN(forkAmidBusyThreadsLeavesAWorkingChild);
    fixture_stop_token();
    fixture_start_token();
    RUN(initializeInAChildWaitsForTheCallsOfTheInheritedModule);
    fixture_end();
    return 0;
}
