/// Something that is made to happen to a simulated fleet at a certain time.
public struct ScriptedEvent: Equatable, Sendable {
  public enum Action: Equatable, Sendable {
    /// The network of a region is gone: its generators drop their connections without a word, and come back after so
    /// many seconds.
    case networkOutage(region: String, seconds: Double)
    /// One generator drops its connection without a word, and comes back after so many seconds.
    case connectionLost(generator: Int, seconds: Double)
    /// The grid of a region fails for so many seconds of the clock: its generators start.
    case gridFailure(region: String, seconds: Double)
    /// A generator is put into a state.
    case state(GeneratorStart)
  }

  /// Seconds since the fleet went live.
  public var second: Double
  public var action: Action

  public init(second: Double, action: Action) {
    self.second = second
    self.action = action
  }
}
