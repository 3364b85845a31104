/// How times of day are written.
extension DashboardState {
  /// The next way to write them.
  mutating func changeTimes() {
    let all = TimeDisplay.allCases
    choices.times = all[((all.firstIndex(of: times) ?? 0) + 1) % all.count]
    say("times: \(times.rawValue)")
  }

  /// `times` at the prompt.
  mutating func chooseTimes(_ line: CommandWords) throws(CommandError) {
    guard let word = line.words.first else { throw line.missing("local, utc or age") }
    let name = try word.choice(of: TimeDisplay.allCases.map(\.rawValue), "time format")
    choices.times = TimeDisplay(rawValue: name) ?? times
    say("times: \(times.rawValue)")
  }
}
