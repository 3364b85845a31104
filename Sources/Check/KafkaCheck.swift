import Wording
import Feeds
import Kafka
import Settings
import System

/// Walks the connection to the Kafka brokers, as the dashboard makes it.
///
/// Joins no group, commits nothing, writes nothing.
struct KafkaCheck {
  /// The first and the longest wait for one answer: the first are short, so that a plain refusal is told soon.
  private static let waits: (first: Int32, longest: Int32) = (250, 2_500)

  let settings: KafkaSettings
  let observer: KafkaObserver
  let walk: CheckWalk

  var report: CheckReport { walk.report }

  /// Takes every step, as far as it goes.
  func run() throws(CheckInterrupted) {
    report.heading("Kafka \(settings.brokers.joined(separator: ","))")
    let later = ["listeners", "topics", "record", "raw topic", "sink group"]
    if let refusal = settings.refusedProperty {
      report.failed("properties", refusal.description, "check this property")
      report.leftOut(["security", "brokers"] + later)
      return
    }
    var isReached = false
    for (host, port) in settings.addresses where try walk.reach(host, port) { isReached = true }
    guard isReached else { return report.leftOut(["security", "brokers"] + later) }
    guard let cluster = try cluster() else { return report.leftOut(later) }
    try checkListeners(of: cluster)
    try checkTopics(of: cluster)
  }

  /// Asks the brokers who they are; tells both steps.
  private func cluster() throws(CheckInterrupted) -> KafkaClusterDescription? {
    switch try askBrokers() {
    case .success(let cluster):
      report.good("security", KafkaCheckWords.security(settings.properties))
      report.good("brokers", KafkaCheckWords.brokers(cluster))
      return cluster
    case .failure(let error):
      let isSecurity = KafkaCheckWords.isSecurity(error)
      if !isSecurity { report.leftOut(["security"]) }
      report.failed(isSecurity ? "security" : "brokers", error)
      if isSecurity { report.leftOut(["brokers"]) }
      return nil
    }
  }

  /// Asks again and again, for ten seconds at most.
  private func askBrokers() throws(CheckInterrupted) -> Result<KafkaClusterDescription, KafkaError>
  {
    let inspector: KafkaInspector
    do throws(KafkaError) {
      inspector = try KafkaInspector(settings.clientProperties, observer: observer)
    } catch {
      return .failure(error)
    }
    let deadline = monotonicNanoseconds() + CheckWalk.limit
    var wait = Self.waits.first
    while true {
      try walk.checkInterruption()
      do throws(KafkaError) {
        return .success(try inspector.describe(milliseconds: wait))
      } catch {
        wait = min(wait * 2, Self.waits.longest)
        // The library tries again and again, with the same answer.
        let isOver = monotonicNanoseconds() >= deadline
        if isOver || KafkaCheckWords.isFinal(error) { return .failure(error) }
      }
    }
  }

  /// Tries the addresses that the brokers give clients to reach them by: they may be good for other machines only.
  private func checkListeners(of cluster: KafkaClusterDescription) throws(CheckInterrupted) {
    let deadline = monotonicNanoseconds() + CheckWalk.limit
    var reached: [String] = []
    for broker in cluster.brokers {
      let name = "\(broker.host):\(broker.port)"
      let left = deadline - monotonicNanoseconds()
      guard left > 0 else {
        report.leftOut("listeners", "the others were not tried within 10 s")
        break
      }
      do throws(ReachError) {
        let wait = min(left, 3_000_000_000)
        let addresses = try resolve(
          host: broker.host,
          port: broker.port,
          timeoutNanoseconds: wait,
          wakingOn: walk.waker
        )
        let each = wait / Int64(addresses.count)
        _ = try firstReachable(addresses, timeoutNanosecondsEach: each, wakingOn: walk.waker)
        reached.append(name)
      } catch {
        if error == .interrupted { throw CheckInterrupted() }
        let reason = "broker \(broker.number) tells clients to reach it at \(name): \(error)"
        let advice = "its advertised.listeners must be reachable from this machine"
        report.failed("listeners", reason, advice)
      }
    }
    if !reached.isEmpty { report.good("listeners", "reached \(Phrases.list(reached))") }
  }
}
