internal import Pipeline

/// What a simulated fleet has done; any thread may ask.
final class SimulateFigures: Sendable {
  /// Connections that stand.
  let connected = Counter()
  let samples = Counter()
  let published = Counter()
  /// By the broker; with QoS 0 by the network.
  let acknowledged = Counter()
  /// Samples that were not sent: no connection, a full backlog, or too late.
  let dropped = Counter()
  /// Connections that ended against our will, and tries that failed.
  let lost = Counter()
  /// Connections that were dropped on purpose, without a word.
  let faults = Counter()

  var figures: [Figure] {
    [
      Figure("connected", connected.value), Figure("samples", samples.value),
      Figure("published", published.value), Figure("acknowledged", acknowledged.value),
      Figure("dropped", dropped.value), Figure("lost", lost.value),
      Figure("faults", faults.value),
    ]
  }
}
