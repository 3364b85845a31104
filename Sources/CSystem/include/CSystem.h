// What Swift cannot call by itself: fork and what follows it, and Linux's calls outside of POSIX.
#pragma once
#include <stdint.h>

/// Starts a program that is killed when the calling thread ends, its output to a descriptor. Returns its pid, or -1
/// with errno set, also when exec failed.
int CSystem_spawn(
    const char *_Nonnull path, char *_Nullable const *_Nonnull arguments,
    char *_Nullable const *_Nonnull environment, int output);

/// eventfd(2), non-blocking; -1 with errno set.
int CSystem_eventfd(void);

/// Blocks the signals in this thread and returns a signalfd(2) of them, non-blocking; -1 with errno set.
int CSystem_signalfd(const int *_Nonnull signals, int count);

/// The next signal of a signalfd, 0 if there is none.
int CSystem_readSignal(int descriptor);

/// ppoll(2) over an array of struct pollfd; a negative time is no limit.
int CSystem_poll(void *_Nullable entries, unsigned long count, int64_t nanoseconds);

/// Names this thread; at most 15 bytes.
void CSystem_nameThread(const char *_Nonnull name);

/// Another descriptor of the same open file, closed by exec; -1 with errno set.
int CSystem_duplicate(int descriptor);
