/// Where a client's own words go: nothing reaches stderr.
///
/// The closure is called on the library's threads as well as on the client's, so it must not block.
public struct KafkaObserver: Sendable {
  /// A line of the library's log.
  public struct LogLine: Sendable {
    /// As syslog: 0 emergency … 3 error, 4 warning, 6 information, 7 debug.
    public let level: Int
    /// Short tag of the place that logs, such as `FAIL`.
    public let facility: String
    /// From outside in part (host names, a broker's words): not to be drawn as it is.
    public let text: String
  }

  let log: @Sendable (LogLine) -> Void

  /// - Parameter log: Called for each line of the library's log.
  public init(log: @escaping @Sendable (LogLine) -> Void = { _ in }) {
    self.log = log
  }
}
