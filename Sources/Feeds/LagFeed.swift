internal import Decoding
internal import Kafka
internal import Model
public import System
internal import Wording

/// Asks every two seconds how far a consumer group is behind on a topic, with a client of its own.
///
/// It never joins the group, nor any other.
public enum LagFeed {
  private static let intervalNanoseconds: Int64 = 2_000_000_000

  /// Starts it; `properties` are librdkafka's, by its own names, `bootstrap.servers` at least.
  ///
  /// - Throws: `SystemError` when there is no room for another thread or descriptor.
  public static func start(
    of group: String,
    on topic: String,
    _ properties: [String: String],
    into mailbox: Mailbox,
    log: Log
  ) throws(SystemError) -> Feed {
    try Feed("lag") { control in
      var query: KafkaLagQuery?
      while !control.isStopped {
        do throws(KafkaError) {
          if query == nil {
            query = try KafkaLagQuery(group: group, properties, observer: .writing(to: log))
          }
          if let lags = try query?.lag(of: [topic]) {
            mailbox.put(.groupLag(GroupLag(lags, topic: topic, now: wallNanoseconds())))
          }
        } catch {
          log.warning("kafka lag unknown", ["group": group, "reason": error.text])
          mailbox.put(.groupLag(GroupLag(reason: error.lagReason(group: group))))
        }
        _ = control.takeReconnectRequest()
        if !control.isStopped { control.rest(intervalNanoseconds) }
      }
    }
  }
}

extension GroupLag {
  /// The figures of a whole topic.
  ///
  /// Records add up over the partitions, seconds are those of the worst one.
  ///
  /// - Parameters:
  ///   - lags: By partition; none when there is no such topic.
  ///   - topic: Its name, as it came.
  ///   - now: Wall nanoseconds.
  init(_ lags: [KafkaPartitionLag], topic: String, now: Int64) {
    guard !lags.isEmpty else {
      self.init(reason: "no topic \(Scrub.text(topic))")
      return
    }
    if let error = lags.lazy.compactMap(\.error).first {
      self.init(reason: error.briefReason)
      return
    }
    let committed = lags.compactMap(\.committed)
    guard !committed.isEmpty else {
      self.init(reason: "the group has never committed on \(Scrub.text(topic))")
      return
    }
    let behind = lags.compactMap(\.recordsBehind).reduce(0, Self.sum)
    self.init(
      recordsBehind: Int(behind),
      secondsBehind: behind == 0 ? 0 : Self.seconds(of: lags, now: now),
      committed: Int(committed.reduce(0, Self.sum)),
      reason: Self.reason(of: lags)
    )
  }

  private static func sum(_ left: Int64, _ right: Int64) -> Int64 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? .max : sum
  }

  /// The age of the oldest record that is not done with; nil when its timestamp is none to believe.
  private static func seconds(of lags: [KafkaPartitionLag], now: Int64) -> Double? {
    lags.compactMap { lag in
      lag.oldestMilliseconds.flatMap { RecordTime.nanoseconds(milliseconds: $0, now: now) }
    }.map { max(0, Double(now &- $0) / 1e9) }.max()
  }

  private static func reason(of lags: [KafkaPartitionLag]) -> String? {
    let lost = lags.map(\.recordsLost).reduce(0, sum)
    if lost > 0 { return "\(Phrases.count(Int(clamping: lost), "record")) deleted unread" }
    if lags.contains(where: { ($0.committed ?? 0) > $0.high }) {
      return "commits beyond the end: the topic was recreated"
    }
    let silent = lags.count { $0.committed == nil && $0.high > $0.low }
    return silent > 0
      ? "no commit yet on \(silent) of \(Phrases.count(lags.count, "partition"))" : nil
  }
}

extension KafkaError {
  fileprivate func lagReason(group: String) -> String {
    code.isAuthorization
      ? "not authorised to see group \(Scrub.text(group)) or its topic" : briefReason
  }
}
