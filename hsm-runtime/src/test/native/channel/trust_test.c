/* Tries directories of other users, which takes root, a child, and a root directory that is the child's alone. */
#define _GNU_SOURCE
#include "posix/user.h"

#include <ftw.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fixture.h"

enum { SERVICE = 4001, STRANGER = 4002 };

static void directory(const char *path, uid_t owner, mode_t mode) {
    CHECK_EQUAL(mkdir(path, 0700), 0);
    CHECK_EQUAL(chown(path, owner, 0), 0);
    CHECK_EQUAL(chmod(path, mode), 0);
}

static void make_directories(void) {
    directory("/run", 0, 0755);
    directory("/run/coffer", SERVICE, 0755);
    directory("/run/coffer/deeper", SERVICE, 0700);
    directory("/run/group", SERVICE, 0775);
    directory("/run/group/below", SERVICE, 0755);
    directory("/run/others", SERVICE, 0757);
    directory("/run/stranger", STRANGER, 0755);
    directory("/run/stranger/coffer", SERVICE, 0755);
    directory("/tmp", 0, 01777);
    directory("/tmp/coffer", SERVICE, 0755);
    CHECK_EQUAL(symlink("/run/coffer", "/run/link"), 0);
    CHECK_EQUAL(symlink("/run/coffer", "/tmp/link"), 0);
    CHECK_EQUAL(symlink("/tmp/coffer", "/run/to-tmp"), 0);
}

static void trustsRootAndOurselvesAnywhere(void) {
    CHECK(trust_user(0, "/tmp/coffer/coffer.sock"));
    CHECK(trust_user(geteuid(), "/run/others/coffer.sock"));
}

static void trustsWhomThePlaceWasGivenTo(void) {
    CHECK(trust_user(SERVICE, "/run/coffer/coffer.sock"));
    CHECK(trust_user(SERVICE, "/run/coffer/deeper/coffer.sock"));
    CHECK(trust_user(SERVICE, "/run/link/coffer.sock"));
}

static void trustsNobodyElseThere(void) {
    CHECK(!trust_user(STRANGER, "/run/coffer/coffer.sock"));
    CHECK(!trust_user(SERVICE, "/run/coffer.sock"));
    CHECK(!trust_user(SERVICE, "/coffer.sock"));
    CHECK(!trust_user(SERVICE, "/run/stranger/coffer/coffer.sock"));
    CHECK(!trust_user(SERVICE, "/run/nowhere/coffer.sock"));
}

static void trustsNoPlaceThatOthersCanChange(void) {
    CHECK(!trust_user(SERVICE, "/run/group/coffer.sock"));
    CHECK(!trust_user(SERVICE, "/run/group/below/coffer.sock"));
    CHECK(!trust_user(SERVICE, "/run/others/coffer.sock"));
    CHECK(!trust_user(SERVICE, "/tmp/coffer/coffer.sock"));
    CHECK(!trust_user(SERVICE, "/tmp/link/coffer.sock"));
    CHECK(!trust_user(SERVICE, "/run/to-tmp/coffer.sock"));
}

static void trustsNoPathThatDependsOnWhereWeAre(void) {
    CHECK_EQUAL(chdir("/run"), 0);
    CHECK(!trust_user(SERVICE, "coffer/coffer.sock"));
    CHECK(!trust_user(SERVICE, "coffer.sock"));
    CHECK(!trust_user(SERVICE, ""));
}

/* A service that runs as another user. */
static pid_t serve_as(uid_t user, const char *path) {
    int ready[2];
    CHECK_EQUAL(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        CHECK_EQUAL(setresuid(user, user, user), 0);
        alarm(20);
        toy *t = toy_start(path, TOY_WELCOME);
        CHECK_EQUAL(write(ready[1], "", 1), 1);
        pause();
        toy_stop(t);
        _exit(0);
    }
    char byte;
    CHECK_EQUAL(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    close(ready[1]);
    return child;
}

static channel_outcome call_at(const char *path) {
    setenv("COFFER_SOCKET", path, 1);
    channel *c = fixture_open(NULL, NULL);
    channel_outcome outcome = fixture_call(c, TOY_ECHO, 0);
    channel_close(c);
    return outcome;
}

static channel_outcome call_to(uid_t user, const char *path) {
    pid_t service = serve_as(user, path);
    channel_outcome outcome = call_at(path);
    CHECK_EQUAL(kill(service, SIGKILL), 0);
    CHECK_EQUAL(waitpid(service, NULL, 0), service);
    return outcome;
}

static void callsNobodyElseThanWhomItTrusts(void) {
    CHECK_EQUAL(call_to(0, "/tmp/coffer.sock"), CHANNEL_OK);
    CHECK_EQUAL(call_to(SERVICE, "/run/coffer/coffer.sock"), CHANNEL_OK);
    CHECK_EQUAL(call_to(SERVICE, "/tmp/coffer/coffer.sock"), CHANNEL_FOREIGN);
    CHECK_EQUAL(call_to(STRANGER, "/tmp/stranger.sock"), CHANNEL_FOREIGN);
}

static void run_below(const char *root) {
    CHECK_EQUAL(chroot(root), 0);
    CHECK_EQUAL(chdir("/"), 0);
    make_directories();
    RUN(trustsRootAndOurselvesAnywhere);
    RUN(trustsWhomThePlaceWasGivenTo);
    RUN(trustsNobodyElseThere);
    RUN(trustsNoPlaceThatOthersCanChange);
    RUN(trustsNoPathThatDependsOnWhereWeAre);
    RUN(callsNobodyElseThanWhomItTrusts);
}

static int remove_one(const char *path, const struct stat *found, int kind, struct FTW *where) {
    (void) found;
    (void) kind;
    (void) where;
    return remove(path);
}

static void in_a_root_of_its_own(void) {
    char root[] = "/tmp/coffer-root-XXXXXX";
    CHECK(mkdtemp(root) != NULL);
    CHECK_EQUAL(chmod(root, 0755), 0);
    pid_t child = fork();
    if (child == 0) {
        run_below(root);
        _exit(0);
    }
    int status;
    CHECK_EQUAL(waitpid(child, &status, 0), child);
    CHECK_EQUAL(nftw(root, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
    CHECK_EQUAL(status, 0);
}

static void trustsNoStranger(void) {
    CHECK(!trust_user(geteuid() + 1, fixture_socket()));
    CHECK(!trust_user(geteuid() + 1, "/coffer.sock"));
}

int main(void) {
    fixture_begin();
    RUN(trustsNoStranger);
    fixture_end();
    if (geteuid() != 0) {
        puts("skipped: directories of other users, for it takes root to make them");
        return 0;
    }
    in_a_root_of_its_own();
    return 0;
}
