/* Runs a command without output and says what it took: CPU seconds (with those of its children), seconds, peak MB. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec / 1e6; }

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Only returns when the command could not be started. */
static void become(char *const command[]) {
    int nowhere = open("/dev/null", O_RDWR);
    if (nowhere < 0 || dup2(nowhere, STDIN_FILENO) < 0 || dup2(nowhere, STDOUT_FILENO) < 0) {
        return;
    }
    execvp(command[0], command);
}

int main(int count, char *arguments[]) {
    if (count < 2) {
        return 2;
    }
    double start = now();
    pid_t child = fork();
    if (child == 0) {
        become(arguments + 1);
        perror(arguments[1]);
        _exit(127);
    }
    int status = 0;
    struct rusage used;
    if (child < 0 || wait4(child, &status, 0, &used) != child) {
        perror("measure");
        return 1;
    }
    printf("%.3f %.3f %ld\n", seconds(used.ru_utime) + seconds(used.ru_stime), now() - start, used.ru_maxrss / 1024);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
