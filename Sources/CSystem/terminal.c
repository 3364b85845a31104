// The terminal's own descriptor, and how it is put back as it was, also from the handler of a crash.
#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { restoreLimit = 512 };
// What ends the program at once: its own faults, and what others may send that nobody here asks for.
static const int crashSignals[] = {
    SIGILL,  SIGTRAP, SIGSEGV, SIGBUS,  SIGFPE,  SIGABRT,   SIGSYS,  SIGUSR1,
    SIGUSR2, SIGALRM, SIGXFSZ, SIGXCPU, SIGPROF, SIGVTALRM, SIGPOLL, SIGSTKFLT};
enum { crashSignalCount = sizeof crashSignals / sizeof *crashSignals };

// What the handler needs, prepared while nothing is wrong. One terminal for each process.
static struct termios original;
static int hasOriginal;
static char restoreBytes[restoreLimit];
static int restoreCount;
static volatile sig_atomic_t armedDescriptor = -1;
static int strayReader = -1;
static int realError = -1;
static struct sigaction oldActions[crashSignalCount];

int CSystem_makeRaw(int descriptor) {
  if (!hasOriginal && tcgetattr(descriptor, &original) != 0) return -1;
  struct termios raw = original;
  cfmakeraw(&raw);
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  // In the background this stops the process, as for any program that wants the terminal.
  while (tcsetattr(descriptor, TCSANOW, &raw) != 0)
    if (errno != EINTR) return -1;
  hasOriginal = 1;
  signal(SIGTTOU, SIG_IGN);
  return 0;
}

int CSystem_memoryFile(const char *name) {
  return (int)syscall(SYS_memfd_create, name, 1u /* MFD_CLOEXEC */);
}

int CSystem_strayPipe(int *ends) {
  return pipe2(ends, O_CLOEXEC | O_NONBLOCK);
}

static long long milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

// Only calls that are safe in a signal handler.
static void putBack(int descriptor, int patience) {
  long long end = milliseconds() + patience;
  int done = 0;
  while (done < restoreCount) {
    ssize_t count = write(descriptor, restoreBytes + done, (size_t)(restoreCount - done));
    if (count > 0) {
      done += (int)count;
      continue;
    }
    if (count < 0 && errno != EAGAIN && errno != EINTR) break;
    long long left = end - milliseconds();
    if (left <= 0) break;
    struct pollfd entry = {descriptor, POLLOUT, 0};
    poll(&entry, 1, (int)left);
  }
  if (hasOriginal) tcsetattr(descriptor, TCSANOW, &original);
}

// What was kept off the screen, such as the words of a Swift trap.
static void forwardStray(void) {
  char chunk[4096];
  if (strayReader < 0 || realError < 0) return;
  for (int round = 0; round < 64; round++) {
    ssize_t count = read(strayReader, chunk, sizeof chunk);
    if (count <= 0 || write(realError, chunk, (size_t)count) != count) return;
  }
}

static void crash(int number) {
  int descriptor = armedDescriptor;
  armedDescriptor = -1;
  if (descriptor >= 0) {
    putBack(descriptor, 500);
    forwardStray();
  }
  // The default action is back (SA_RESETHAND) and the signal is not blocked (SA_NODEFER).
  raise(number);
}

void CSystem_armTerminal(
    int descriptor, const uint8_t *bytes, int count, int reader, int error) {
  armedDescriptor = -1;
  restoreCount = count < restoreLimit ? count : restoreLimit;
  memcpy(restoreBytes, bytes, (size_t)restoreCount);
  strayReader = reader;
  realError = error;
  // This thread keeps it to its end; others of ours have theirs from their start.
  CSystem_takeSignalStack();
  struct sigaction action = {.sa_handler = crash};
  action.sa_flags = (int)(SA_RESETHAND | SA_NODEFER | SA_ONSTACK);
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < crashSignalCount; i++) sigaction(crashSignals[i], &action, &oldActions[i]);
  armedDescriptor = descriptor;
}

void CSystem_restoreTerminal(int milliseconds) {
  int descriptor = armedDescriptor;
  armedDescriptor = -1;
  if (descriptor < 0) return;
  putBack(descriptor, milliseconds);
  for (int i = 0; i < crashSignalCount; i++) sigaction(crashSignals[i], &oldActions[i], 0);
}

void CSystem_forgetTerminal(void) {
  CSystem_restoreTerminal(500);
  hasOriginal = 0;
  strayReader = -1;
  realError = -1;
}

void CSystem_stopUntilContinued(void) {
  sigset_t stop, before;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  struct sigaction fallback = {.sa_handler = SIG_DFL}, old;
  sigemptyset(&fallback.sa_mask);
  sigaction(SIGTSTP, &fallback, &old);
  pthread_sigmask(SIG_UNBLOCK, &stop, &before);
  // To the whole job, as the terminal does it; the kernel ignores it where nobody could continue us.
  kill(0, SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &before, 0);
  sigaction(SIGTSTP, &old, 0);
}
