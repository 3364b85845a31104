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

/// Text such as `2026-01-31T23:59:59.123Z`, to the millisecond.
///
/// The day from the count of days follows Howard Hinnant's `civil_from_days`.
public func rfc3339(wallNanoseconds: Int64) -> String {
  let milliseconds = floorDivided(wallNanoseconds, by: 1_000_000)
  let seconds = floorDivided(milliseconds, by: 1000)
  let day = floorDivided(seconds, by: 86_400)
  let second = seconds - day * 86_400
  let shifted = day + 719_468
  let era = floorDivided(shifted, by: 146_097)
  let dayOfEra = shifted - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let monthFromMarch = (5 * dayOfYear + 2) / 153
  let dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
  let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfMonth, 2))"
  let time = "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
  return "\(date)T\(time).\(padded(milliseconds - seconds * 1000, 3))Z"
}

private func floorDivided(_ value: Int64, by divisor: Int64) -> Int64 {
  let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
  return remainder < 0 ? quotient - 1 : quotient
}

private func padded(_ value: Int64, _ width: Int) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
