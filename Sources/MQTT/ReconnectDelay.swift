/// How long to wait before the next try: doubling, capped, and spread so that clients that lost the same broker do not come
/// back at the same moment.
public struct ReconnectDelay: Equatable, Sendable {
  /// The longest wait.
  public static let longestNanoseconds: Int64 = 30_000_000_000
  /// The longest first wait.
  public static let firstNanoseconds: Int64 = 1_000_000_000

  /// Tries that failed since the last success.
  public private(set) var attempts = 0

  public init() {}

  /// Counts a failure and gives the wait before the next try, between half of the step and the whole of it.
  ///
  /// The steps are 1, 2, 4, 8, 16, 30, 30, … seconds.
  public mutating func next(using generator: inout some RandomNumberGenerator) -> Int64 {
    let doublings = min(attempts, 16)
    attempts += 1
    let step = min(Self.firstNanoseconds << Int64(doublings), Self.longestNanoseconds)
    return Int64.random(in: step / 2...step, using: &generator)
  }

  /// Forgets the failures: the connection stands.
  public mutating func reset() {
    attempts = 0
  }
}
