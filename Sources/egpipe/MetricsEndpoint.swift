import HTTPServer
import Pipeline
import Settings
import System

/// Serves the figures of a process at an address, as soon as it can be had.
///
/// It has a thread of its own: a name that cannot be found yet, an address that is not there, or a port that another
/// program has for a moment keeps nobody from anything.
final class MetricsEndpoint: Sendable {
  /// Nanoseconds between two tries.
  private static let pause: Int64 = 5_000_000_000

  private let ending: StopSignal
  private let thread: JoinableThread

  /// Begins to try, and says in the log where it is then, or why it is not.
  ///
  /// - Throws: `SystemError` when there is no room for another thread.
  init(_ address: HTTPAddress, _ monitor: Monitor, _ log: Log) throws(SystemError) {
    let ending = try StopSignal()
    self.ending = ending
    thread = try startThread(name: "metrics") {
      var server: PageServer?
      while !ending.isSet {
        do {
          server = try server ?? Self.open(address, monitor, log, until: ending)
        } catch {
          let text: StaticString = "metrics are not served; tried again every 5 s"
          if !ending.isSet { log.error(text, ["reason": "\(error)"]) }
        }
        ending.wait(nanoseconds: Self.pause)
      }
      server?.stop()
    }
  }

  private static func open(
    _ address: HTTPAddress,
    _ monitor: Monitor,
    _ log: Log,
    until ending: StopSignal
  ) throws(SystemError) -> PageServer {
    let socket = try ListeningSocket(
      host: address.host,
      port: address.port,
      wakingOn: ending.descriptor
    )
    let server = try PageServer(on: socket, monitor.page)
    let place = HTTPAddress(host: address.host, port: socket.port)
    log.info("metrics are served", ["address": "http://\(place)/metrics"])
    return server
  }

  func stop() {
    ending.set()
    thread.join()
  }
}

extension Monitor {
  /// The page of a path; nil if there is none.
  fileprivate func page(_ path: String) -> Page? {
    switch path {
    case "/metrics": Page(type: Self.metricsType, metrics)
    case "/healthz": Self.page(health)
    case "/readyz": Self.page(readiness)
    default: nil
    }
  }

  private static func page(_ look: (isGood: Bool, text: String)) -> Page {
    Page(status: look.isGood ? 200 : 503, look.text)
  }
}
