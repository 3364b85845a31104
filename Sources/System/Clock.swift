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

/// The zone of this machine at a moment: seconds that its clocks are ahead of UTC, and its short name.
public func localZone(atWall wall: Int64) -> (offset: Int, name: String) {
  var seconds = time_t(wall / 1_000_000_000)
  var parts = tm()
  guard localtime_r(&seconds, &parts) != nil else { return (0, "UTC") }
  let name = parts.tm_zone.map { String(cString: $0) } ?? ""
  let isPlain = !name.isEmpty && name.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  return (Int(parts.tm_gmtoff), isPlain ? name : "local")
}
