// A process that outlives ours for a moment, to clean up behind it.
#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Only calls that are safe after fork in a program with threads.
static void waitAndRemove(const char *_Nonnull path, int reader) {
  // In a session of its own: neither the terminal's hang-up nor its Ctrl-C is for it. Whatever ends the others is not.
  for (int number = 1; number < NSIG; number++) signal(number, SIG_IGN);
  int null = open("/dev/null", O_RDWR);
  if (null >= 0) {
    for (int number = 0; number < 3; number++) dup2(null, number);
  }
  dup2(reader, 3);
#ifdef SYS_close_range
  syscall(SYS_close_range, 4u, ~0u, 0u);
#endif
  if (chdir("/") != 0) _exit(1);
  char byte;
  ssize_t count;
  // Nobody ever writes: this returns when the other end is closed, be it by the end of its process.
  do count = read(3, &byte, 1);
  while (count > 0 || (count < 0 && errno == EINTR));
  char *const arguments[] = {"rm", "-rf", "--", (char *)path, 0};
  char *const environment[] = {0};
  execve("/bin/rm", arguments, environment);
  execve("/usr/bin/rm", arguments, environment);
  _exit(1);
}

int CSystem_removeAfterUs(const char *_Nonnull path) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return -1;
  pid_t child = fork();
  if (child == 0) {
    setsid();
    // The one that stays is nobody's child, so that nobody has to wait for it.
    pid_t second = fork();
    if (second == 0) {
      close(ends[1]);
      waitAndRemove(path, ends[0]);
    }
    _exit(second > 0 ? 0 : 1);
  }
  int saved = errno;
  close(ends[0]);
  int status = 0;
  if (child > 0) {
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  }
  if (child < 0 || status != 0) {
    close(ends[1]);
    errno = child < 0 ? saved : EAGAIN;
    return -1;
  }
  return ends[1];
}
