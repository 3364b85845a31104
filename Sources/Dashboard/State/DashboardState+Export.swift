import Wording
import Model

/// The list as it is seen, written to a file.
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
}
