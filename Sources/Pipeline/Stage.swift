public import System

/// A stage of the pipeline: it runs on a thread of its own until it is told to stop or cannot go on.
public protocol Stage: Sendable {
  /// As it is called in commands and in the log: `bridge`.
  var name: String { get }

  /// What it has done since it was made, in the order in which it is told; any thread may ask.
  var figures: [Figure] { get }

  /// Works until `stop` is set; then finishes what is begun, within a few seconds, and returns.
  ///
  /// May be called again after it has thrown: it connects again and goes on where it was.
  ///
  /// - Throws: whatever keeps it from going on, in words for people.
  func run(until stop: StopSignal, log: Log) throws
}

/// A number that a stage tells of itself.
public struct Figure: Equatable, Sendable {
  public let name: String
  public let value: Int

  public init(_ name: String, _ value: Int) {
    self.name = name
    self.value = value
  }
}
