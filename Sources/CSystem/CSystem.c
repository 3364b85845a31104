// What Swift cannot call by itself: fork and what follows it, and Linux's calls outside of POSIX.
#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// The child's half of CSystem_spawn: only calls that are safe after fork in a program with threads.
static void runChild(
    pid_t parent, const char *_Nonnull path, char *_Nullable const *_Nonnull arguments,
    char *_Nullable const *_Nonnull environment, int output, int deathSignal, int report) {
  sigset_t none;
  sigemptyset(&none);
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
  sigprocmask(SIG_SETMASK, &none, 0);
  // Its own process group: a Ctrl-C at the terminal is ours to act on.
  setpgid(0, 0);
  int input = open("/dev/null", O_RDONLY);
  // The child goes when the thread that made it goes; if that has happened already, go now.
  if (prctl(PR_SET_PDEATHSIG, deathSignal) == 0 && getppid() == parent && input >= 0
      && dup2(input, 0) >= 0 && dup2(output, 1) >= 0 && dup2(output, 2) >= 0) {
#ifdef SYS_close_range
    // 4 is CLOSE_RANGE_CLOEXEC: nothing of ours but the standard three outlives exec.
    syscall(SYS_close_range, 3u, ~0u, 4u);
#endif
    execve(path, arguments, environment);
  }
  int code = errno ? errno : ECANCELED;
  ssize_t written = write(report, &code, sizeof code);
  (void)written;
  _exit(127);
}

int CSystem_spawn(
    const char *_Nonnull path, char *_Nullable const *_Nonnull arguments,
    char *_Nullable const *_Nonnull environment, int output, int deathSignal) {
  int report[2];
  if (pipe2(report, O_CLOEXEC) != 0) return -1;
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == 0) runChild(parent, path, arguments, environment, output, deathSignal, report[1]);
  int saved = errno;
  close(report[1]);
  int code = 0;
  ssize_t count = 0;
  if (child > 0) {
    do count = read(report[0], &code, sizeof code);
    while (count < 0 && errno == EINTR);
  }
  close(report[0]);
  if (child < 0) {
    errno = saved;
    return -1;
  }
  if (count == (ssize_t)sizeof code) {
    while (waitpid(child, 0, 0) < 0 && errno == EINTR) {}
    errno = code;
    return -1;
  }
  return child;
}

int CSystem_poll(void *_Nullable entries, unsigned long count, int64_t nanoseconds) {
  struct timespec limit = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
  return ppoll(entries, count, nanoseconds < 0 ? 0 : &limit, 0);
}

// A page of it takes memory only when a handler has run on it.
enum { signalStackSize = 64 * 1024 };

void *_Nullable CSystem_takeSignalStack(void) {
  stack_t before;
  if (sigaltstack(0, &before) != 0 || !(before.ss_flags & SS_DISABLE)) return 0;
  void *start =
      mmap(0, signalStackSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  if (start == MAP_FAILED) return 0;
  stack_t stack = {.ss_sp = start, .ss_size = signalStackSize};
  if (sigaltstack(&stack, 0) == 0) return start;
  munmap(start, signalStackSize);
  return 0;
}

void CSystem_leaveSignalStack(void *_Nullable stack) {
  stack_t none = {.ss_flags = SS_DISABLE};
  if (stack && sigaltstack(&none, 0) == 0) munmap(stack, signalStackSize);
}

void CSystem_nameThread(const char *_Nonnull name) {
  pthread_setname_np(pthread_self(), name);
}
