/// When something happened, on both clocks.
///
/// Intervals are taken on the monotonic clock alone; the wall clock is there to show a time of day
/// and to compare with stamps made elsewhere.
public struct Stamp: Codable, Equatable, Hashable, Sendable {
  /// Nanoseconds of `CLOCK_MONOTONIC`.
  public var monotonic: Int64
  /// Nanoseconds since 1970-01-01 00:00 UTC.
  public var wall: Int64

  public init(monotonic: Int64, wall: Int64) {
    self.monotonic = monotonic
    self.wall = wall
  }

  /// The monotonic time of `wall`, a time of day read off another clock, seen from this stamp.
  public func monotonic(ofWall wall: Int64) -> Int64 {
    monotonic &- (self.wall &- wall)
  }

  /// The time of day of `monotonic`, seen from this stamp.
  public func wall(ofMonotonic monotonic: Int64) -> Int64 {
    wall &- (self.monotonic &- monotonic)
  }

  /// A time at which something reached us, held between 0 and a second after this stamp: a damaged
  /// recording may say anything.
  func bounded(_ receivedAt: Int64) -> Int64 {
    min(max(receivedAt, 0), monotonic.addingClamped(1_000_000_000))
  }

  /// The stamp of another moment on the same clocks.
  public func at(monotonic: Int64) -> Stamp {
    Stamp(monotonic: monotonic, wall: wall(ofMonotonic: monotonic))
  }
}

extension Int64 {
  /// `seconds` in nanoseconds; what does not fit is clamped.
  public init(seconds: Double) {
    let nanoseconds = (seconds * 1e9).rounded()
    self = Int64(exactly: nanoseconds) ?? (nanoseconds > 0 ? .max : nanoseconds < 0 ? .min : 0)
  }

  /// These nanoseconds in seconds.
  public var seconds: Double { Double(self) / 1e9 }

  /// Nanoseconds from `earlier` to this time; what does not fit is clamped.
  ///
  /// Times may come from a damaged recording, so differences of them are never taken with `-`.
  public func nanoseconds(since earlier: Int64) -> Int64 {
    let (difference, overflows) = subtractingReportingOverflow(earlier)
    return overflows ? (self < earlier ? .min : .max) : difference
  }

  /// The time `nanoseconds` after this one; what does not fit is clamped.
  public func addingClamped(_ nanoseconds: Int64) -> Int64 {
    let (sum, overflows) = addingReportingOverflow(nanoseconds)
    return overflows ? (nanoseconds < 0 ? .min : .max) : sum
  }

  /// Seconds from `earlier` to this time; what does not fit is clamped.
  public func seconds(since earlier: Int64) -> Double { nanoseconds(since: earlier).seconds }
}
