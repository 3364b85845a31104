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
    for entry in try root.mapping() {
      guard entry.name == "regions" else {
        throw entry.error("a table has no \"\(entry.name)\"; it has regions")
      }
      for node in try entry.value.sequence() {
        let (name, towns) = try Self.region(node)
        guard !regions.contains(name) else {
          throw node.error("the region \"\(name)\" is there already")
        }
        for town in towns { places.append(try Self.place(town, regionIndex: regions.count)) }
        guard places.count <= Self.maximumPlaces else {
          throw node.error("there are more than \(Self.maximumPlaces) towns")
        }
        regions.append(name)
      }
    }
    guard !regions.isEmpty else { throw root.error("the table has no regions") }
    self.init(regions: regions, places: places)
  }

  private static func region(_ node: YAMLNode) throws(YAMLError) -> (String, [YAMLNode]) {
    var name: String?
    var towns: [YAMLNode] = []
    for entry in try node.mapping() {
      switch entry.name {
      case "name": name = try shortText(entry.value)
      case "towns": towns = try entry.value.sequence()
      default: throw entry.error("a region has no \"\(entry.name)\"; it has name, towns")
      }
    }
    guard let name else { throw node.error("the region has no name") }
    guard !towns.isEmpty else { throw node.error("the region has no towns") }
    return (name, towns)
  }

  private static func place(_ node: YAMLNode, regionIndex: Int) throws(YAMLError) -> Place {
    var name: String?
    var latitude: Double?
    var longitude: Double?
    for entry in try node.mapping() {
      switch entry.name {
      case "name": name = try shortText(entry.value)
      case "lat": latitude = try degrees(entry.value, -90...90)
      case "lon": longitude = try degrees(entry.value, -180...180)
      default: throw entry.error("a town has no \"\(entry.name)\"; it has name, lat, lon")
      }
    }
    guard let name, let latitude, let longitude else {
      throw node.error("a town needs name, lat and lon")
    }
    return Place(name: name, regionIndex: regionIndex, latitude: latitude, longitude: longitude)
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
