internal import Glibc

/// Nanoseconds of `CLOCK_MONOTONIC`: only differences mean something.
public func monotonicNanoseconds() -> Int64 {
  nanoseconds(of: CLOCK_MONOTONIC)
}

/// Nanoseconds since 1970-01-01 UTC.
public func wallNanoseconds() -> Int64 {
  nanoseconds(of: CLOCK_REALTIME)
}

private func nanoseconds(of clock: clockid_t) -> Int64 {
  var time = timespec()
  clock_gettime(clock, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
