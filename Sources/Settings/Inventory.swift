internal import Arguments
internal import Model
internal import YAML

/// Reads the generators that are known beforehand.
public enum Inventory {
  /// The most entries of a file.
  public static let maximumCount = 200_000
  private static let maximumSize = 64 << 20

  /// Reads an inventory file; `.csv` is comma separated, `.yaml` and `.yml` a list of mappings.
  ///
  /// - Throws: `SettingsError`, at `origin` for the file as a whole, else with the place in it.
  static func read(
    _ path: String,
    for origin: ValueOrigin,
    files: SettingsFiles,
  ) throws(SettingsError) -> [InventoryEntry] {
    let name = path.lowercased()
    let isYAML = name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    guard isYAML || name.hasSuffix(".csv") else {
      throw SettingsError("an inventory ends in .csv, .yaml or .yml", at: origin)
    }
    let text = try files.text(path, limit: maximumSize, for: origin)
    return try isYAML ? entries(yaml: text, path: path) : entries(csv: text, path: path)
  }

  /// Reads a header line, which names the columns in any order, and a line for each generator.
  static func entries(csv text: String, path: String) throws(SettingsError) -> [InventoryEntry] {
    var rows = CSVReader(text, path: path)
    guard let header = try rows.next() else { return [] }
    var columns: [InventoryField] = []
    for name in header.fields {
      let field = try InventoryField(name, called: "column", at: header.place)
      guard !columns.contains(field) else {
        throw SettingsError("the column \(field.rawValue) appears twice", at: header.place)
      }
      columns.append(field)
    }
    var builder = InventoryBuilder()
    while let row = try rows.next() {
      guard row.fields.count == columns.count else {
        throw SettingsError(
          "there are \(row.fields.count) values for \(columns.count) columns",
          at: row.place,
        )
      }
      for (field, value) in zip(columns, row.fields) where !value.isEmpty {
        try builder.set(field, value, at: row.place)
      }
      try builder.finish(at: row.place)
    }
    return builder.entries
  }

  /// Reads a list of mappings with the keys of `InventoryField`.
  static func entries(yaml text: String, path: String) throws(SettingsError) -> [InventoryEntry] {
    var builder = InventoryBuilder()
    for node in try nodes(yaml: text, path: path) {
      let place = ValueOrigin.file(path, line: node.line, column: node.column)
      for entry in try inFile(path, { () throws(YAMLError) in try node.mapping() })
      where !entry.value.isNull {
        let key = ValueOrigin.file(path, line: entry.line, column: entry.column)
        let field = try InventoryField(entry.name, called: "key", at: key)
        let value = try inFile(path) { () throws(YAMLError) in try entry.value.string() }
        let origin = ValueOrigin.file(path, line: entry.value.line, column: entry.value.column)
        try builder.set(field, value, at: origin)
      }
      try builder.finish(at: place)
    }
    return builder.entries
  }

  private static func nodes(yaml text: String, path: String) throws(SettingsError) -> [YAMLNode] {
    try inFile(path) { () throws(YAMLError) in
      let limits = YAMLLimits(size: maximumSize, nodes: 20 * maximumCount, depth: 4)
      let root = try YAMLDocument.parse(text, limits: limits)
      return root.isNull ? [] : try root.sequence()
    }
  }

  private static func inFile<Result>(
    _ path: String,
    _ body: () throws(YAMLError) -> Result,
  ) throws(SettingsError) -> Result {
    do throws(YAMLError) {
      return try body()
    } catch {
      throw SettingsError(error, in: path)
    }
  }
}
