internal import Kafka
internal import Synchronization
internal import System

/// Looks every few seconds, on a thread of its own, whether Kafka is there, and tells the health of a stage.
///
/// Kafka is away when none of its brokers has said within ten seconds who the brokers are, or when for ten seconds none of
/// the records that wait was acknowledged. It is asked by a client of its own, so that neither the stage nor what it has
/// queued is in the way; one request every five seconds.
final class KafkaWatch: Sendable {
  private let health: StageHealth
  private let stop: StopSignal
  private let isOverdue = Atomic(false)

  /// Nanoseconds that Kafka has to answer.
  static let patience: Int64 = 10_000_000_000

  /// - Throws: `SystemError` for lack of descriptors or threads.
  init(_ properties: [String: String], _ health: StageHealth) throws(SystemError) {
    self.health = health
    stop = try StopSignal()
    _ = try startThread(name: "kafka-watch") { [self] in watch(properties) }
  }

  /// Ends the thread, which says nothing any more; returns at once.
  func end() { stop.set() }

  /// Tells whether records wait for longer than they should.
  func setOverdue(_ isOverdue: Bool) {
    self.isOverdue.store(isOverdue, ordering: .relaxed)
  }

  private func watch(_ properties: [String: String]) {
    // What the producer of the stage takes, this takes as well.
    guard let inspector = try? KafkaInspector(properties) else { return }
    while !stop.isSet {
      let reason = whyAway(inspector)
      guard !stop.isSet else { return }
      if let reason { health.note(away: .kafka, reason) } else { health.note(up: .kafka) }
      stop.wait(nanoseconds: reason == nil ? 5_000_000_000 : 1_000_000_000)
    }
  }

  /// Nil if Kafka is there.
  private func whyAway(_ inspector: KafkaInspector) -> String? {
    do throws(KafkaError) {
      try inspector.look(milliseconds: Int32(Self.patience / 1_000_000))
    } catch {
      return error.text
    }
    return isOverdue.load(ordering: .relaxed) ? "it acknowledges nothing" : nil
  }
}

/// Whether anything becomes of the records that wait for Kafka, as far as somebody looks.
struct DeliveryProgress {
  private var settled = 0
  /// When something was settled, or nothing waited.
  private var since: Int64 = 0
  private var lastLook: Int64 = 0

  /// - Parameters:
  ///   - waiting: Records that are queued or on their way.
  ///   - settled: Those that were acknowledged or have failed, in all.
  ///   - now: Of the monotonic clock.
  /// - Returns: Whether none of them was settled for as long as patience lasts.
  mutating func isOverdue(waiting: Int, settled: Int, now: Int64) -> Bool {
    // What was not looked at for a while may have been idle.
    if waiting == 0 || settled != self.settled || now - lastLook > 2_000_000_000 { since = now }
    self.settled = settled
    lastLook = now
    return now - since >= KafkaWatch.patience
  }
}
