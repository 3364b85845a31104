import Wording
import Model

extension DashboardState {
  /// `export`: the file gets a name of its own if none is typed.
  func export(_ line: CommandWords) throws(CommandError) -> [Effect] {
    guard let word = line.words.first else { throw line.missing("csv or json") }
    let formats = ExportOrder.Format.allCases
    let name = try word.choice(of: formats.map(\.rawValue), "format")
    guard let format = ExportOrder.Format(rawValue: name) else { return [] }
    let path = line.text(from: 1) ?? "egtop-\(fileStamp).\(name)"
    return [.export(ExportOrder(format, path: path, overwrites: line.isForced))]
  }

  /// The moment, as names of files have it: `20261126-140503Z`.
  private var fileStamp: String {
    let time = CivilTime(wall: now.wall)
    func digits(_ number: Int, _ count: Int = 2) -> String {
      let text = String(max(0, number))
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    return digits(time.year, 4) + digits(time.month) + digits(time.day) + "-" + digits(time.hour)
      + digits(time.minute) + digits(time.second) + "Z"
  }

  /// `record`: begins to keep what comes in, or ends it; without a word says how it stands.
  mutating func record(_ line: CommandWords) throws(CommandError) -> [Effect] {
    guard options.replayed == nil else {
      throw CommandError("this is a recording already", at: line.name)
    }
    guard let file = line.text(from: 0) else {
      say(recordingFile.map { "recording to \($0)" } ?? "nothing is recorded; record FILE begins")
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
  mutating func take(_ report: RecordingReport) {
    if let reason = report.problem {
      say(reason)
    } else if let file = report.file {
      say("recording to \(file)")
    } else if let recordingFile {
      say("the recording to \(recordingFile) has ended")
    }
    recordingFile = report.file
  }

  // MARK: - Settings

  /// Those that can be changed here and now.
  var settings: [RunSetting] { RunSetting.all.filter { value(of: $0) != nil } }

  /// How a setting stands; nil where it cannot be changed.
  func value(of setting: RunSetting) -> String? {
    if setting.name == "mouse" { return usesMouse ? "on" : "off" }
    guard case .same(let verb) = setting.values else { return runValues[setting.name] }
    switch verb {
    case .group: return isGrouped ? "on" : "off"
    case .theme: return theme
    case .times: return times.rawValue
    default: return nil
    }
  }

  /// `set`: changes a setting, or says how it stands.
  mutating func set(_ line: CommandWords) throws(CommandError) -> [Effect] {
    guard let word = line.words.first else { throw line.missing("name a setting") }
    let name = try word.choice(of: RunSetting.all.map(\.name), "setting")
    guard let setting = RunSetting.all.first(where: { $0.name == name }) else { return [] }
    guard let present = value(of: setting) else {
      throw CommandError("\(name) cannot be changed here", at: word.range)
    }
    guard line.words.count > 1 else {
      say("\(name) is \(present): \(setting.help) (\(setting.expectation))")
      return []
    }
    let value = line.words[1]
    switch setting.values {
    case .same(let verb):
      guard let command = PromptTable.command(verb) else { return [] }
      return try carryOut(line.instead(command))
    case .words(let words): return set(name, try value.choice(of: words, "value"))
    case .integer(let range):
      guard let number = Int(value.text), range.contains(number) else {
        throw CommandError("a whole number, \(setting.expectation)", at: value.range)
      }
      return set(name, String(number))
    }
  }

  private mutating func set(_ name: String, _ value: String) -> [Effect] {
    if name == "mouse" { return useMouse(value == "on") }
    runValues[name] = value
    say("\(name) is \(value)")
    return [.set(name: name, value: value)]
  }
}
