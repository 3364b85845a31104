// What Swift cannot call by itself: fork and what follows it, and Linux's calls outside of POSIX.
#pragma once
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>

/// Starts a program that gets a signal when the calling thread ends, its output to a descriptor. Returns its pid, or -1
/// with errno set, also when exec failed.
int CSystem_spawn(
    const char *_Nonnull path, char *_Nullable const *_Nonnull arguments,
    char *_Nullable const *_Nonnull environment, int output, int deathSignal);

/// ppoll(2) over an array of struct pollfd; a negative time is no limit.
int CSystem_poll(void *_Nullable entries, unsigned long count, int64_t nanoseconds);

/// Gives this thread a stack for its signal handlers, so that the handler of a crash also runs when the thread's own is
/// used up; NULL where it has one already, or there is no memory for it.
void *_Nullable CSystem_takeSignalStack(void);

/// Gives that stack back; to be called at the end of the thread.
void CSystem_leaveSignalStack(void *_Nullable stack);

/// Names this thread; at most 15 bytes.
void CSystem_nameThread(const char *_Nonnull name);

// MARK: - The terminal (terminal.c). One for each process; the restoring part is kept for a crash.

/// Raw mode; what was before is kept for CSystem_restoreTerminal. -1 with errno set.
int CSystem_makeRaw(int descriptor);

/// memfd_create(2), closed by exec; -1 with errno set.
int CSystem_memoryFile(const char *_Nonnull name);

/// A pipe whose two ends, the first to read from, never block; -1 with errno set.
int CSystem_strayPipe(int *_Nonnull ends);

/// From now on a crash writes the bytes to the terminal, puts its modes back and copies what waits in the pipe
/// `reader` to `error`, before it goes on. At most 512 bytes.
void CSystem_armTerminal(
    int descriptor, const uint8_t *_Nonnull bytes, int count, int reader, int error);

/// The same now, once; a terminal that takes nothing for so long is left. Puts the old handlers back.
void CSystem_restoreTerminal(int milliseconds);

/// Restores, and forgets the modes of the terminal.
void CSystem_forgetTerminal(void);

/// Stops this job with SIGTSTP's default action and returns when it is continued.
void CSystem_stopUntilContinued(void);

// MARK: - Connections (link.c)

/// A socket to ask the kernel about connections with, non-blocking; -1 with errno set.
int CSystem_openSocketDiagnosis(void);

/// Of the TCP connection of this machine between two addresses: the bytes that the other side has not confirmed yet,
/// and the smoothed round trip in microseconds, -1 if unknown. -1 with errno set where there is none.
int CSystem_connectionFigures(
    int descriptor, const char *_Nonnull from, int fromPort, const char *_Nonnull to, int toPort,
    int64_t *_Nonnull queued, int64_t *_Nonnull roundTrip);

/// How many bytes this program has read from a TCP connection; -1 where the kernel does not tell.
int64_t CSystem_bytesRead(int descriptor);

/// Starts a process that removes a folder and all in it when this process is gone, however it went. Returns a
/// descriptor: the folder is removed, too, when it is closed. -1 with errno set.
int CSystem_removeAfterUs(const char *_Nonnull path);
