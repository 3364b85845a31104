import Model

/// What filter and `abnormal only` let be seen.
extension DashboardState {
  mutating func setFilter(_ filter: FleetFilter) {
    self.filter = filter
    choices.filter = filter.text
    map.needsFit = true
    askOrder(for: .filter)
  }

  mutating func toggleAbnormalOnly() {
    choices.abnormalOnly.toggle()
    askOrder(for: .filter)
  }

  /// `filter` at the prompt.
  mutating func filter(_ line: CommandWords) throws(CommandError) {
    do throws(FilterError) {
      setFilter(try FleetFilter(line.rest.text, unit: options.policy.unit))
    } catch {
      let start = line.rest.range.lowerBound
      let range = start + error.range.lowerBound..<start + error.range.upperBound
      throw CommandError(error.reason, at: range)
    }
    bringUpToDate()
    if !filter.isEmpty { say("\(matchCount) of \(fleet.count) match") }
  }
}
