import Wording
import System

/// The steps that every connection begins with: the name, then TCP.
extension CheckWalk {
  /// Whether one of the addresses of a server takes connections; tells both steps.
  func reach(_ host: String, _ port: Int) throws(CheckInterrupted) -> Bool {
    guard let addresses = try resolved(host, port) else {
      report.leftOut(["TCP"])
      return false
    }
    let each = Self.limit / Int64(max(1, addresses.count))
    do throws(ReachError) {
      let address = try firstReachable(addresses, timeoutNanosecondsEach: each, wakingOn: waker)
      report.good("TCP", "\(address.text) port \(port) accepts connections")
      return true
    } catch {
      let place = "\(addresses.last?.text ?? host) port \(port)"
      let seconds = max(1, each / 1_000_000_000)
      switch error {
      case .interrupted: throw CheckInterrupted()
      case .timedOut:
        let advice = "a firewall may be in the way, or the machine is down"
        report.failed("TCP", "\(place) does not answer within \(seconds) s", advice)
      case .unreachable(let reason), .nameNotFound(let reason):
        report.failed("TCP", "\(place): \(reason)", "is the broker running, and is this its port?")
      }
      return false
    }
  }

  private func resolved(_ host: String, _ port: Int) throws(CheckInterrupted) -> [NetworkAddress]? {
    do throws(ReachError) {
      let addresses = try resolve(
        host: host,
        port: port,
        timeoutNanoseconds: Self.limit,
        wakingOn: waker,
      )
      let texts = addresses.map(\.text)
      report.good("name", texts == [host] ? host : "\(host) is \(Phrases.list(texts))")
      return addresses
    } catch {
      switch error {
      case .interrupted: throw CheckInterrupted()
      case .timedOut:
        report.failed("name", "\(host): the resolver does not answer", "check /etc/resolv.conf")
      case .nameNotFound(let reason), .unreachable(let reason):
        let advice = "is it spelt correctly, and known on this machine?"
        report.failed("name", "\(host): \(reason)", advice)
      }
      return nil
    }
  }
}
