import Wording
import System

/// The steps that every connection begins with: the name, then TCP.
struct ServerCheck {
  /// The longest that a step may take.
  static let limit: Int64 = 10_000_000_000

  let report: CheckReport
  let interruption: Interruption

  /// Whether one of the addresses of a server takes connections; tells both steps.
  func reach(_ host: String, _ port: Int) throws(CheckInterrupted) -> Bool {
    guard let addresses = try resolved(host, port) else {
      report.leftOut(["TCP"])
      return false
    }
    do throws(ReachError) {
      let address = try firstReachable(
        addresses,
        timeoutNanosecondsEach: Self.limit / Int64(addresses.count),
        wakingOn: interruption.descriptor,
      )
      report.good("TCP", "\(address.text) port \(port) takes connections")
      return true
    } catch {
      let address = addresses.last?.text ?? host
      switch error {
      case .interrupted: throw CheckInterrupted()
      case .timedOut:
        report.failed(
          "TCP",
          "\(address) port \(port) does not answer within \(seconds(addresses.count)) s",
          "a firewall may be in the way, or the machine is down"
        )
      case .unreachable(let reason), .nameNotFound(let reason):
        report.failed(
          "TCP",
          "\(address) port \(port): \(reason)",
          "is the broker running, and is this its port?"
        )
      }
      return false
    }
  }

  private func seconds(_ addresses: Int) -> Int64 {
    max(1, Self.limit / 1_000_000_000 / Int64(max(1, addresses)))
  }

  private func resolved(
    _ host: String,
    _ port: Int
  ) throws(CheckInterrupted) -> [NetworkAddress]? {
    do throws(ReachError) {
      let addresses = try resolve(
        host: host,
        port: port,
        timeoutNanoseconds: Self.limit,
        wakingOn: interruption.descriptor,
      )
      let texts = addresses.map(\.text)
      report.good("name", texts == [host] ? host : "\(host) is \(Phrases.list(texts))")
      return addresses
    } catch {
      switch error {
      case .interrupted: throw CheckInterrupted()
      case .timedOut:
        report.failed("name", "\(host): the resolver does not answer", "look at /etc/resolv.conf")
      case .nameNotFound(let reason), .unreachable(let reason):
        report.failed("name", "\(host): \(reason)", "is it spelt right, and known on this machine?")
      }
      return nil
    }
  }
}
