/* Kills the process, without a farewell, at its n-th write to a file: loaded before libc by test_faults.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <sys/types.h>
#include <unistd.h>

static long left = -1; /* writes until the end; below zero: unarmed */
static int spared = -1; /* the descriptor of the acknowledgements */

void arm(long writes, int acknowledgements) { left = writes; spared = acknowledgements; }

static void count(int file) {
    if (left < 0 || file == spared) return;
    if (left-- == 0) kill(getpid(), SIGKILL);
}

#define NEXT(name) static __typeof__(&name) next; if (!next) next = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t write(int f, const void *b, size_t n) { NEXT(write); count(f); return next(f, b, n); }
ssize_t pwrite(int f, const void *b, size_t n, off_t o) { NEXT(pwrite); count(f); return next(f, b, n, o); }
ssize_t pwrite64(int f, const void *b, size_t n, off64_t o) { NEXT(pwrite64); count(f); return next(f, b, n, o); }
int fsync(int f) { NEXT(fsync); count(f); return next(f); }
int fdatasync(int f) { NEXT(fdatasync); count(f); return next(f); }
int ftruncate(int f, off_t n) { NEXT(ftruncate); count(f); return next(f, n); }
int ftruncate64(int f, off64_t n) { NEXT(ftruncate64); count(f); return next(f, n); }
