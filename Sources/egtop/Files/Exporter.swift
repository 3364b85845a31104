import Wording
import Dashboard
import Decoding
import Report
import Synchronization
import System

/// Writes what the screen shows to files, on a thread of its own: the screen never waits for a disk.
final class Exporter: Sendable {
  private struct Work {
    var isBusy = false
    var results: [String] = []
    var thread: JoinableThread?
  }

  /// How long the end of the program waits for a file, in nanoseconds.
  private static let patience: Int64 = 10_000_000_000

  private let work = Mutex(Work())
  private let home: String?
  /// Readable when there are ``takeResults()``.
  private let wake: EventFD

  /// - Parameter home: For paths that begin with `~/`; nil if it is not known.
  /// - Throws: `SystemError` when there is no descriptor left.
  init(home: String?) throws(SystemError) {
    self.home = home
    wake = try EventFD()
  }

  /// For poll: readable when something was written, or could not be.
  var descriptor: Int32 { wake.descriptor }

  /// Begins to write the list of a state; what becomes of it is among the results.
  func write(_ state: DashboardState, _ order: ExportOrder) {
    let isFree = work.withLock { work in
      defer { work.isBusy = true }
      return !work.isBusy
    }
    guard isFree else { return tell("an export is still being written; try again", ends: false) }
    let path = order.path.atHome(home)
    do throws(SystemError) {
      let thread = try startThread(name: "export") { [self] in
        tell(Self.result(of: FleetReport(state), order, at: path), ends: true)
      }
      // The one before has ended.
      work.withLock { work in
        defer { work.thread = thread }
        return work.thread.take()
      }?.join()
    } catch {
      tell("cannot export: \(error)", ends: true)
    }
  }

  /// What became of exports since the last call, as sentences that are safe to draw.
  func takeResults() -> [String] {
    _ = wake.drain()
    return work.withLock { work in
      defer { work.results = [] }
      return work.results
    }
  }

  /// Waits until the last file is written, but not forever.
  func close() {
    guard work.withLock({ $0.isBusy }) else { return }
    _ = wake.drain()
    var poll = Poll()
    _ = poll.add(wake.descriptor, .read)
    if work.withLock({ $0.isBusy }) { _ = try? poll.wait(timeoutNanoseconds: Self.patience) }
  }

  private func tell(_ result: String, ends: Bool) {
    work.withLock { work in
      work.results.append(Scrub.text(result, limit: 300))
      if ends { work.isBusy = false }
    }
    wake.signal()
  }

  private static func result(
    of report: FleetReport,
    _ order: ExportOrder,
    at path: String
  ) -> String {
    do {
      let text =
        switch order.format {
        case .csv: report.csv()
        case .json: try report.json() + "\n"
        }
      if order.overwrites {
        try writeFileAtomically(path, Array(text.utf8), mode: 0o600)
      } else {
        try writeNewFile(path, Array(text.utf8))
      }
      return "\(Phrases.count(report.generatorCount, "generator")) written to \(path)"
    } catch let error as SystemError where error.isExisting {
      return "\(path) already exists; export! \(order.format.rawValue) overwrites it"
    } catch {
      return "not exported: \(error)"
    }
  }
}

extension String {
  /// The path, with `~/` at its beginning as the user's home.
  func atHome(_ home: String?) -> String {
    guard hasPrefix("~/"), let home else { return self }
    return home + dropFirst(1)
  }
}
