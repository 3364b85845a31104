import Model
import Wording

/// What is written to files: recordings, and the list.
extension DashboardState {
  /// How a recording begins that is made from now on: a state of these options that first sees
  /// ``openingEvents`` shows the fleet as it is now.
  public func openingOptions(recordedTo file: String) -> DashboardOptions {
    var options = options
    options.choices = choices
    options.choices.view = view
    options.reminder = nil
    options.theme = theme
    options.themes = themes
    options.keys = keys
    options.runValues = runValues
    options.recordingFile = file
    return options
  }

  /// What such a state first sees: the world of the present, whatever is shown.
  ///
  /// The marks, the cursor, zoom, folded groups, the events of before and what was typed are not in it.
  /// Takes its time with a large fleet.
  public var openingEvents: [Event] {
    let events = liveFleet.retold(at: present).map { Event.Kind.feed($0) }
    let all = [.resize(width: width, height: height)] + events + [.tick, .frame]
    return all.map { Event($0, at: present) }
  }

  /// The state without the last hour of each generator: enough for a report, and cheap to keep while
  /// the fleet goes on.
  public var forReport: DashboardState {
    var state = self
    state.timeline.forgetHistory()
    return state
  }

  // MARK: - While it is made

  /// `record`: begins to keep what comes in, or ends it; without a word says how it stands.
  mutating func record(_ line: CommandWords) throws(LineError) -> [Effect] {
    guard options.replayed == nil else {
      throw LineError("this is a recording already", at: line.name)
    }
    guard let file = line.text(from: 0) else {
      say(recordingFile.map { "recording to \($0)" } ?? "not recording; record FILE begins")
      return []
    }
    if file == "off" {
      guard recordingFile != nil else {
        throw LineError("nothing is recorded", at: line.rest.range)
      }
      return [.record(nil)]
    }
    if let recordingFile {
      throw LineError("recording to \(recordingFile); record off ends it", at: line.rest.range)
    }
    return [.record(file)]
  }

  /// Takes over whether something is being recorded.
  mutating func noteRecording(_ report: RecordingReport) {
    if let reason = report.problem {
      say(reason)
    } else if let file = report.file {
      say("recording to \(file)")
    } else if let recordingFile {
      say("the recording to \(recordingFile) has ended")
    }
    recordingFile = report.file
  }

  // MARK: - The list as it is seen

  /// `export`: the file gets a name of its own if none is typed.
  func export(_ line: CommandWords) throws(LineError) -> [Effect] {
    let word = try line.firstWord(or: "csv or json")
    let format = try word.choice(of: ExportOrder.Format.allCases, "format")
    let path =
      line.text(from: 1) ?? "egtop-\(CivilTime(wall: now.wall).fileStamp).\(format.rawValue)"
    return [.export(ExportOrder(format, path: path, overwrites: line.isForced))]
  }
}
