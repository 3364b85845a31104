public import YAML

extension RegionTable {
  /// Why a text is no table of regions, and where.
  public struct Failure: Error, Equatable, CustomStringConvertible {
    public let path: String
    /// What is wrong, with its line and column.
    public let error: YAMLError

    public var description: String { "\(path):\(error)" }
  }

  /// The most towns of a table.
  public static let maximumPlaces = 20_000
  /// The longest name of a region or a town, in characters.
  public static let longestName = 64

  static let shipped = try? RegionTable(
    yaml: String(decoding: PackageResources.regions_yaml, as: UTF8.self),
    path: "regions.yaml",
  )

  /// Reads a table: `regions` is a list of mappings, each of a `name` and its `towns`, and each town has `name`, `lat`
  /// and `lon` in degrees.
  ///
  /// - Parameters:
  ///   - text: the table.
  ///   - path: what an error calls it.
  /// - Throws: `Failure` for what is not YAML, unknown keys, names that are there twice, places that are not on earth,
  ///   and a table without regions or a region without towns.
  public init(yaml text: String, path: String) throws(Failure) {
    do throws(YAMLError) {
      try self.init(YAMLDocument.parse(text))
    } catch {
      throw Failure(path: path, error: error)
    }
  }

  private init(_ root: YAMLNode) throws(YAMLError) {
    var regions: [String] = []
    var places: [Place] = []
    for node in try Self.fields(root, of: "table", ["regions"])["regions"]?.sequence() ?? [] {
      let fields = try Self.fields(node, of: "region", ["name", "towns"])
      guard let name = try fields["name"].map(Self.shortText) else {
        throw node.error("the region has no name")
      }
      let towns = try fields["towns"]?.sequence() ?? []
      guard !towns.isEmpty else { throw node.error("the region has no towns") }
      guard !regions.contains(name) else {
        throw node.error("the region \"\(name)\" is listed already")
      }
      for town in towns { places.append(try Self.place(town, regionIndex: regions.count)) }
      guard places.count <= Self.maximumPlaces else {
        throw node.error("there are more than \(Self.maximumPlaces) towns")
      }
      regions.append(name)
    }
    guard !regions.isEmpty else { throw root.error("the table has no regions") }
    self.init(regions: regions, places: places)
  }

  /// The values of a mapping that has no keys but these.
  private static func fields(
    _ node: YAMLNode,
    of thing: String,
    _ keys: [String],
  ) throws(YAMLError) -> [String: YAMLNode] {
    var fields: [String: YAMLNode] = [:]
    for entry in try node.mapping() {
      guard keys.contains(entry.name) else {
        let known = keys.joined(separator: ", ")
        throw entry.error("a \(thing) has no \"\(entry.name)\"; it has \(known)")
      }
      fields[entry.name] = entry.value
    }
    return fields
  }

  private static func place(_ node: YAMLNode, regionIndex: Int) throws(YAMLError) -> Place {
    let fields = try fields(node, of: "town", ["name", "lat", "lon"])
    guard let name = fields["name"], let latitude = fields["lat"], let longitude = fields["lon"]
    else { throw node.error("a town needs name, lat and lon") }
    return Place(
      name: try shortText(name),
      regionIndex: regionIndex,
      latitude: try degrees(latitude, -90...90),
      longitude: try degrees(longitude, -180...180),
    )
  }

  private static func shortText(_ node: YAMLNode) throws(YAMLError) -> String {
    let text = try node.string()
    guard !text.isEmpty, text.count <= longestName else {
      throw node.error("a name has 1 to \(longestName) characters")
    }
    return text
  }

  private static func degrees(
    _ node: YAMLNode,
    _ range: ClosedRange<Double>,
  ) throws(YAMLError) -> Double {
    let number = try node.number()
    guard range.contains(number) else {
      throw node.error("\(Int(range.lowerBound)) to \(Int(range.upperBound)) degrees are expected")
    }
    return number
  }
}
