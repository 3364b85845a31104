import Model

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
  mutating func record(_ line: CommandWords) throws(CommandError) -> [Effect] {
    guard options.replayed == nil else {
      throw CommandError("this is a recording already", at: line.name)
    }
    guard let file = line.text(from: 0) else {
      say(recordingFile.map { "recording to \($0)" } ?? "not recording; record FILE begins")
      return []
    }
    if file == "off" {
      guard recordingFile != nil else {
        throw CommandError("nothing is recorded", at: line.rest.range)
      }
      return [.record(nil)]
    }
    if let recordingFile {
      throw CommandError("recording to \(recordingFile); record off ends it", at: line.rest.range)
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
}
