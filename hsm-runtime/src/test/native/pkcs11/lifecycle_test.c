/* C_Initialize, C_Finalize, dlclose, the program's own mutexes, services that are not there. */
#include <pthread.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fixture.h"

static _Atomic long made, destroyed, locked;

static CK_RV create_mutex(CK_VOID_PTR *mutex) {
    pthread_mutex_t *own = malloc(sizeof *own);
    pthread_mutex_init(own, NULL);
    *mutex = own;
    made++;
    return CKR_OK;
}

static CK_RV destroy_mutex(CK_VOID_PTR mutex) {
    pthread_mutex_destroy(mutex);
    free(mutex);
    destroyed++;
    return CKR_OK;
}

static CK_RV lock_mutex(CK_VOID_PTR mutex) {
    locked++;
    return pthread_mutex_lock(mutex) == 0 ? CKR_OK : CKR_GENERAL_ERROR;
}

static CK_RV unlock_mutex(CK_VOID_PTR mutex) {
    locked--;
    return pthread_mutex_unlock(mutex) == 0 ? CKR_OK : CKR_GENERAL_ERROR;
}

static void argumentsDecideOnLocking(void) {
    CK_C_INITIALIZE_ARGS arguments = {.flags = CKF_OS_LOCKING_OK};
    CHECK_EQUAL(p11->C_Initialize(&arguments), CKR_OK);
    CHECK_EQUAL(p11->C_Initialize(&arguments), CKR_CRYPTOKI_ALREADY_INITIALIZED);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
    arguments.pReserved = &arguments;
    CHECK_EQUAL(p11->C_Initialize(&arguments), CKR_ARGUMENTS_BAD);
    arguments = (CK_C_INITIALIZE_ARGS){.CreateMutex = create_mutex};
    CHECK_EQUAL(p11->C_Initialize(&arguments), CKR_ARGUMENTS_BAD);
    arguments = (CK_C_INITIALIZE_ARGS){.flags = CKF_LIBRARY_CANT_CREATE_OS_THREADS};
    CHECK_EQUAL(p11->C_Initialize(&arguments), CKR_OK);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

static void programsMutexesAreUsedAndReturned(void) {
    CK_C_INITIALIZE_ARGS arguments = {create_mutex, destroy_mutex, lock_mutex, unlock_mutex, 0, NULL};
    CHECK_EQUAL(p11->C_Initialize(&arguments), CKR_OK);
    CK_SESSION_HANDLE session = fixture_open_session();
    fixture_open_session();
    CHECK_EQUAL(fixture_sign(session), CKR_OK);
    CHECK_EQUAL(made, 2);
    CHECK_EQUAL(locked, 0);
    CHECK_EQUAL(p11->C_CloseSession(session), CKR_OK);
    CHECK_EQUAL(destroyed, 1);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
    CHECK_EQUAL(destroyed, 2);
}

static void programsMutexesAreLeftAloneWhereTheSystemsWillDo(void) {
    CK_C_INITIALIZE_ARGS arguments = {create_mutex, destroy_mutex, lock_mutex, unlock_mutex, CKF_OS_LOCKING_OK, NULL};
    long before = made;
    CHECK_EQUAL(p11->C_Initialize(&arguments), CKR_OK);
    fixture_open_session();
    CHECK_EQUAL(made, before);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

static void startsAgainAfterFinalize(void) {
    for (int i = 0; i < 30; i++) {
        CK_SESSION_HANDLE session = fixture_log_in();
        CHECK_EQUAL(fixture_sign(session), CKR_OK);
        CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
        CHECK_EQUAL(fixture_sign(session), CKR_CRYPTOKI_NOT_INITIALIZED);
    }
}

/* What the module wanted told about forks is not told to memory that is not there any more. */
static void fork_without_module(void) {
    int status;
    pid_t child = fork();
    if (child == 0) {
        _exit(0);
    }
    CHECK_EQUAL(waitpid(child, &status, 0), child);
    CHECK_EQUAL(status, 0);
}

static void canBeUnloadedAndLoaded(void) {
    for (int i = 0; i < 30; i++) {
        CHECK_EQUAL(fixture_sign(fixture_log_in()), CKR_OK);
        CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
        fixture_unload();
        fork_without_module();
        fixture_load();
    }
}

static void absentServiceIsAnAbsentToken(void) {
    CK_ULONG count;
    CK_SLOT_ID slot;
    CK_SLOT_INFO info;
    CK_TOKEN_INFO token_info;
    CK_SESSION_HANDLE session;
    fixture_stop_token();
    CHECK_EQUAL(p11->C_Initialize(NULL), CKR_OK);
    CHECK_EQUAL(p11->C_GetSlotList(1, NULL, &count), CKR_OK);
    CHECK_EQUAL(count, 0);
    CHECK_EQUAL(p11->C_GetSlotList(1, &slot, &count), CKR_OK);
    CHECK_EQUAL(p11->C_GetSlotList(0, NULL, &count), CKR_OK);
    CHECK_EQUAL(count, 1);
    CHECK_EQUAL(p11->C_GetSlotList(0, &slot, &count), CKR_OK);
    CHECK_EQUAL(p11->C_GetSlotInfo(slot, &info), CKR_OK);
    CHECK_EQUAL(info.flags, CKF_REMOVABLE_DEVICE);
    CHECK_EQUAL(p11->C_GetTokenInfo(slot, &token_info), CKR_TOKEN_NOT_PRESENT);
    CHECK_EQUAL(p11->C_GetMechanismList(slot, NULL, &count), CKR_TOKEN_NOT_PRESENT);
    CHECK_EQUAL(p11->C_OpenSession(slot, CKF_SERIAL_SESSION, NULL, NULL, &session), CKR_TOKEN_NOT_PRESENT);
    CHECK(fixture_logged("cannot connect to the service") >= 1);
    fixture_start_token();
    CHECK_EQUAL(p11->C_GetSlotList(1, NULL, &count), CKR_OK);
    CHECK_EQUAL(count, 1);
    CHECK_EQUAL(p11->C_GetSlotInfo(slot, &info), CKR_OK);
    CHECK_EQUAL(info.flags, CKF_REMOVABLE_DEVICE | CKF_TOKEN_PRESENT);
    CHECK_EQUAL(p11->C_OpenSession(slot, CKF_SERIAL_SESSION, NULL, NULL, &session), CKR_OK);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

/* PKCS#11 v3.1 §5.6. */
static void sessionsAndLoginsHaveTheirStates(void) {
    CK_SESSION_HANDLE reads, writes;
    CK_SESSION_INFO info;
    CK_BYTE *pin = (CK_BYTE *)TOKEN_PIN;
    long before = token_sessions(fixture_token());
    CHECK_EQUAL(p11->C_Initialize(NULL), CKR_OK);
    writes = fixture_open_session();
    CHECK_EQUAL(p11->C_OpenSession(0, CKF_SERIAL_SESSION, NULL, NULL, &reads), CKR_OK);
    CHECK_EQUAL(p11->C_GetSessionInfo(reads, &info), CKR_OK);
    CHECK_EQUAL(info.state, CKS_RO_PUBLIC_SESSION);
    CHECK_EQUAL(p11->C_Login(writes, 5, pin, 8), CKR_USER_TYPE_INVALID);
    CHECK_EQUAL(p11->C_Login(writes, CKU_SO, pin, 8), CKR_SESSION_READ_ONLY_EXISTS);
    CHECK_EQUAL(p11->C_Login(writes, CKU_CONTEXT_SPECIFIC, pin, 8), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_EQUAL(p11->C_Login(writes, CKU_USER, (CK_BYTE *)"user:no", 7), CKR_PIN_INCORRECT);
    CHECK_EQUAL(p11->C_Logout(writes), CKR_USER_NOT_LOGGED_IN);
    CHECK_EQUAL(p11->C_LoginUser(writes, CKU_USER, (CK_BYTE *)"pin", 3, (CK_BYTE *)"user", 4), CKR_OK);
    CHECK_EQUAL(p11->C_Login(reads, CKU_USER, pin, 8), CKR_USER_ALREADY_LOGGED_IN);
    CHECK_EQUAL(p11->C_Login(reads, CKU_SO, pin, 8), CKR_USER_ANOTHER_ALREADY_LOGGED_IN);
    CHECK_EQUAL(p11->C_GetSessionInfo(reads, &info), CKR_OK);
    CHECK_EQUAL(info.state, CKS_RO_USER_FUNCTIONS);
    CHECK_EQUAL(p11->C_GetSessionInfo(writes, &info), CKR_OK);
    CHECK_EQUAL(info.state, CKS_RW_USER_FUNCTIONS);
    CHECK_EQUAL(p11->C_SetPIN(reads, pin, 8, pin, 8), CKR_SESSION_READ_ONLY);
    CHECK_EQUAL(p11->C_SetPIN(writes, pin, 8, pin, 8), CKR_OK);
    CHECK_EQUAL(p11->C_Logout(reads), CKR_OK);
    CHECK_EQUAL(p11->C_CloseSession(reads), CKR_OK);
    CHECK_EQUAL(p11->C_CloseSession(reads), CKR_SESSION_HANDLE_INVALID);
    CHECK_EQUAL(p11->C_Login(writes, CKU_SO, pin, 8), CKR_OK);
    CHECK_EQUAL(p11->C_OpenSession(0, CKF_SERIAL_SESSION, NULL, NULL, &reads), CKR_SESSION_READ_WRITE_SO_EXISTS);
    CHECK_EQUAL(p11->C_GetSessionInfo(writes, &info), CKR_OK);
    CHECK_EQUAL(info.state, CKS_RW_SO_FUNCTIONS);
    CHECK_EQUAL(p11->C_CloseAllSessions(0), CKR_OK);
    CHECK_EQUAL(p11->C_CloseAllSessions(0), CKR_OK);
    CHECK_EQUAL(p11->C_GetSessionInfo(writes, &info), CKR_SESSION_HANDLE_INVALID);
    CHECK_EQUAL(token_sessions(fixture_token()), before);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

static void learnsKeysAnewForTheNextLogin(void) {
    CK_SESSION_HANDLE session = fixture_log_in();
    CHECK_EQUAL(fixture_sign(session), CKR_OK);
    long before = fixture_asked(OPERATION_KEY_FACTS);
    CHECK_EQUAL(p11->C_CloseSession(session), CKR_OK);
    CHECK_EQUAL(fixture_sign(fixture_open_session()), CKR_OK);
    CHECK_EQUAL(fixture_asked(OPERATION_KEY_FACTS), before + 1);
    CHECK_EQUAL(p11->C_CloseAllSessions(0), CKR_OK);
    CHECK_EQUAL(fixture_sign(fixture_open_session()), CKR_OK);
    CHECK_EQUAL(fixture_asked(OPERATION_KEY_FACTS), before + 2);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

/* The token has room for 512. */
static void fullSessionTableIsSaid(void) {
    CK_SESSION_HANDLE session;
    CHECK_EQUAL(p11->C_Initialize(NULL), CKR_OK);
    for (int i = 0; i < 512; i++) {
        fixture_open_session();
    }
    CHECK_EQUAL(p11->C_OpenSession(0, CKF_SERIAL_SESSION, NULL, NULL, &session), CKR_SESSION_COUNT);
    CHECK_EQUAL(p11->C_CloseAllSessions(0), CKR_OK);
    fixture_open_session();
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

static void mechanismsAreListedFromHere(void) {
    CK_MECHANISM_TYPE types[200];
    CK_MECHANISM_INFO info;
    CK_ULONG count = 200, few = 3;
    CHECK_EQUAL(p11->C_Initialize(NULL), CKR_OK);
    CHECK_EQUAL(p11->C_GetMechanismList(0, types, &count), CKR_OK);
    CHECK_EQUAL(p11->C_GetMechanismList(0, types, &few), CKR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(few, count);
    for (CK_ULONG i = 0; i < count; i++) {
        CHECK_EQUAL(p11->C_GetMechanismInfo(0, types[i], &info), CKR_OK);
        CHECK(info.ulMinKeySize <= info.ulMaxKeySize && info.flags != 0);
        CHECK(i == 0 || types[i - 1] < types[i]);
    }
    CHECK_EQUAL(p11->C_GetMechanismInfo(0, 0x131, &info), CKR_MECHANISM_INVALID);
    CHECK_EQUAL(p11->C_Finalize(NULL), CKR_OK);
}

int main(void) {
    fixture_begin();
    RUN(argumentsDecideOnLocking);
    RUN(programsMutexesAreUsedAndReturned);
    RUN(programsMutexesAreLeftAloneWhereTheSystemsWillDo);
    RUN(startsAgainAfterFinalize);
    fixture_stop_token();
    fixture_start_token();
    RUN(canBeUnloadedAndLoaded);
    RUN(absentServiceIsAnAbsentToken);
    RUN(sessionsAndLoginsHaveTheirStates);
    RUN(learnsKeysAnewForTheNextLogin);
    RUN(fullSessionTableIsSaid);
    RUN(mechanismsAreListedFromHere);
    fixture_end();
    return 0;
}
