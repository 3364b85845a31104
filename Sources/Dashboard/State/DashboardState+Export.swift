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
    let path = line.text(from: 1) ?? "egtop-\(CivilTime(wall: now.wall).fileStamp).\(name)"
    return [.export(ExportOrder(format, path: path, overwrites: line.isForced))]
  }
}
