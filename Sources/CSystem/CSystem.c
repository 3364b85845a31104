// What Swift cannot call by itself: fork and what follows it, and Linux's calls outside of POSIX.
#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// The child's half of CSystem_spawn: only calls that are safe after fork in a program with threads.
static void runChild(
    pid_t parent, const char *_Nonnull path, char *_Nullable const *_Nonnull arguments,
    char *_Nullable const *_Nonnull environment, int output, int report) {
  sigset_t none;
  sigemptyset(&none);
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
  sigprocmask(SIG_SETMASK, &none, 0);
  // Its own process group: a Ctrl-C at the terminal is ours to act on.
  setpgid(0, 0);
  int input = open("/dev/null", O_RDONLY);
  // The child goes when the thread that made it goes; if that has happened already, go now.
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent && input >= 0
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
    char *_Nullable const *_Nonnull environment, int output) {
  int report[2];
  if (pipe2(report, O_CLOEXEC) != 0) return -1;
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == 0) runChild(parent, path, arguments, environment, output, report[1]);
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

int CSystem_eventfd(void) {
  return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

int CSystem_signalfd(const int *_Nonnull signals, int count) {
  sigset_t set;
  sigemptyset(&set);
  for (int index = 0; index < count; index++) sigaddset(&set, signals[index]);
  if ((errno = pthread_sigmask(SIG_BLOCK, &set, 0))) return -1;
  return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

int CSystem_readSignal(int descriptor) {
  struct signalfd_siginfo information;
  ssize_t count = read(descriptor, &information, sizeof information);
  return count == (ssize_t)sizeof information ? (int)information.ssi_signo : 0;
}

int CSystem_poll(void *_Nullable entries, unsigned long count, int64_t nanoseconds) {
  struct timespec limit = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
  return ppoll(entries, count, nanoseconds < 0 ? 0 : &limit, 0);
}

int CSystem_epoll(void) {
  return epoll_create1(EPOLL_CLOEXEC);
}

int CSystem_epollControl(int epoll, int operation, int descriptor, int interest, uint64_t tag) {
  struct epoll_event event = {.data.u64 = tag};
  if (interest & 1) event.events |= EPOLLIN;
  if (interest & 2) event.events |= EPOLLOUT;
  return epoll_ctl(epoll, operation, descriptor, &event);
}

int CSystem_epollWait(
    int epoll, uint64_t *_Nonnull tags, uint8_t *_Nonnull readiness, int capacity,
    int milliseconds) {
  struct epoll_event events[256];
  int count = epoll_wait(epoll, events, capacity < 256 ? capacity : 256, milliseconds);
  for (int index = 0; index < count; index++) {
    unsigned int found = events[index].events;
    tags[index] = events[index].data.u64;
    readiness[index] = (uint8_t)((found & (EPOLLIN | EPOLLHUP | EPOLLERR) ? 1 : 0)
        | (found & EPOLLOUT ? 2 : 0) | (found & (EPOLLHUP | EPOLLERR) ? 4 : 0));
  }
  return count;
}

int64_t CSystem_raiseDescriptorLimit(int64_t wanted) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return -1;
  rlim_t goal = (rlim_t)(wanted < 0 ? 0 : wanted);
  if (goal > limit.rlim_max) goal = limit.rlim_max;
  if (goal > limit.rlim_cur) {
    limit.rlim_cur = goal;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) return -1;
  }
  return limit.rlim_cur > INT64_MAX ? INT64_MAX : (int64_t)limit.rlim_cur;
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

int CSystem_duplicate(int descriptor) {
  return fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
}
