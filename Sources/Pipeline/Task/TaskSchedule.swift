/// When a task runs: at every multiple of its interval since 1970 UTC, or a little later.
struct TaskSchedule: Equatable, Sendable {
  /// Nanoseconds from one run to the next.
  let every: Int64
  /// Nanoseconds from the time that a run is for to when it is done.
  let offset: Int64

  init(every: Int64, offset: Int64) {
    // Within bounds in which no sum overflows: from a millisecond to a year.
    self.every = min(max(every, 1_000_000), 31_536_000_000_000_000)
    self.offset = min(max(offset, 0), 31_536_000_000_000_000)
  }

  /// The window that a time is in.
  func window(of time: Int64) -> Range<Int64> {
    let begin = start(of: time)
    let (end, overflow) = begin.addingReportingOverflow(every)
    return begin..<(overflow ? .max : end)
  }

  /// The last time at or before `now` for which a run can be done.
  func latest(now: Int64) -> Int64 {
    let (time, overflow) = now.subtractingReportingOverflow(offset)
    return start(of: overflow ? .min / 2 : time)
  }

  /// The time that the run after one is for.
  func next(after time: Int64) -> Int64 { window(of: time).upperBound }

  private func start(of time: Int64) -> Int64 {
    let rest = time % every
    let begin = time - rest
    return rest < 0 ? begin.subtractingReportingOverflow(every).partialValue : begin
  }
}
