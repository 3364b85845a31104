import HTTPServer
import Pipeline
import Settings
import System

/// Serves the figures of a process at an address, as soon as it can be had.
///
/// An address that is not there yet, or a port that another program has for a moment, keeps no stage from its work.
struct MetricsEndpoint {
  /// Nanoseconds between two tries.
  private static let pause: Int64 = 5_000_000_000

  private let address: HTTPAddress
  private let monitor: Monitor
  private let log: Log
  private var server: PageServer?
  private var nextTry = Int64.min

  init(_ address: HTTPAddress, _ monitor: Monitor, _ log: Log) {
    (self.address, self.monitor, self.log) = (address, monitor, log)
  }

  /// Opens it if that is due; says in the log where it is, or why it is not.
  ///
  /// - Parameter now: Of the monotonic clock.
  mutating func open(now: Int64) {
    guard server == nil, now >= nextTry else { return }
    nextTry = now + Self.pause
    do {
      let socket = try ListeningSocket(host: address.host, port: address.port)
      server = try PageServer(on: socket, monitor.page)
      let place = HTTPAddress(host: address.host, port: socket.port)
      log.info("metrics are served", ["address": "http://\(place)/metrics"])
    } catch {
      log.error("metrics are not served; tried again every 5 s", ["reason": "\(error)"])
    }
  }

  func stop() { server?.stop() }
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
