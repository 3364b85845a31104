import Dashboard
import Decoding
import Report
import System

/// The recording that goes on, if any, and those that were ended and may still be written.
///
/// The main thread alone has it.
final class Recordings {
  private var present: EventRecorder?
  private var ended: [EventRecorder] = []

  /// None is asked for at the start.
  init() {}

  /// Begins the one that is asked for at the start, if there is a path.
  ///
  /// - Throws: `SystemError` when there can be no such file.
  init(to path: String?, _ options: DashboardOptions) throws(SystemError) {
    present = try path.map { path throws(SystemError) in
      try EventRecorder(path: path, options: options)
    }
  }

  /// Keeps an event, if one is to be kept.
  func add(_ event: Event) { present?.add(event) }

  /// Begins a recording that starts as things stand.
  func begin(_ path: String, with state: DashboardState) -> RecordingReport {
    let file = Scrub.text(path)
    do throws(SystemError) {
      let path = path.atHome(Environment.current()["HOME"])
      let options = state.openingOptions(recordedTo: file)
      let recorder = try EventRecorder(path: path, options: options) { state.openingEvents }
      end()
      present = recorder
      return RecordingReport(file: file)
    } catch {
      return RecordingReport(problem: Scrub.text("not recorded: \(error)"))
    }
  }

  /// Lets the recording be written to its end; returns at once.
  func end() {
    present?.end()
    ended += [present].compactMap { $0 }
    present = nil
  }

  /// Why the recording ended by itself, once; nil while all is well.
  func takeFailure() -> RecordingReport? {
    guard let failure = present?.failure else { return nil }
    end()
    return RecordingReport(problem: Scrub.text("the recording ended: \(failure)"))
  }

  /// Waits until all is on the disk.
  func close() {
    end()
    for recorder in ended { recorder.close() }
    ended = []
  }
}
