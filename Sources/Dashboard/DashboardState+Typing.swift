import Model
import Terminal

extension DashboardState {
  /// A key while the filter is being typed; the list follows at once.
  mutating func type(_ key: Key) {
    guard var prompt else { return }
    switch key {
    case .character(let character): prompt.insert(character)
    case .backspace: prompt.deleteBackward()
    case .delete: prompt.deleteForward()
    case .left: prompt.cursor = max(0, prompt.cursor - 1)
    case .right: prompt.cursor = min(prompt.text.count, prompt.cursor + 1)
    case .home, .control("a"): prompt.cursor = 0
    case .end, .control("e"): prompt.cursor = prompt.text.count
    case .control("w"): prompt.deleteWordBackward()
    case .control("u"): prompt = Prompt(text: "", before: prompt.before)
    case .enter: return closePrompt(keeping: true)
    case .escape: return closePrompt(keeping: false)
    default: return
    }
    self.prompt = prompt
    if prompt.text != filter.text { setFilter(prompt.text) }
  }

  mutating func closePrompt(keeping: Bool) {
    if !keeping { setFilter(prompt?.before ?? "") }
    prompt = nil
  }

  /// A key in the region picker; false for one that it leaves to the table.
  mutating func pick(_ key: Key, _ picker: RegionPicker) -> Bool {
    var picker = picker
    let rows = picker.rows(fleet)
    switch key {
    case .down, .control("n"): picker.cursor += 1
    case .up, .control("p"): picker.cursor -= 1
    case .pageDown: picker.cursor += 10
    case .pageUp: picker.cursor -= 10
    case .home: picker.cursor = 0
    case .end: picker.cursor = rows.count - 1
    case .tab, .character(" "): toggleMark(rows, &picker)
    case .backspace:
      picker.text = String(picker.text.dropLast())
      picker.cursor = 0
    case .enter:
      take(rows, picker)
      return true
    case .character(let digit) where picker.text.isEmpty && digit.isASCII && digit.isWholeNumber:
      return false
    case .character(let character):
      if picker.text.count < 60 { picker.text.append(character) }
      picker.cursor = 0
    default:
      return false
    }
    picker.cursor = min(max(0, picker.cursor), max(0, picker.rows(fleet).count - 1))
    overlay = .regionPicker(picker)
    return true
  }

  private func toggleMark(_ rows: [RegionPicker.Row], _ picker: inout RegionPicker) {
    guard rows.indices.contains(picker.cursor), let region = rows[picker.cursor] else { return }
    if picker.marked.remove(region) == nil { picker.marked.insert(region) }
    picker.cursor += 1
  }

  /// Enter: the marked regions, else the one under the cursor.
  private mutating func take(_ rows: [RegionPicker.Row], _ picker: RegionPicker) {
    overlay = nil
    if !picker.marked.isEmpty {
      setRegions(picker.marked.sorted().map { fleet.regions[Int($0)] })
    } else if rows.indices.contains(picker.cursor) {
      setRegions(rows[picker.cursor].map { [fleet.regions[Int($0)]] } ?? [])
    }
  }
}
