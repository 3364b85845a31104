internal import Arguments
public import Model
internal import YAML

/// Sources of a kind of fleet that is common, by a name: a file in the program.
public struct Profile: Sendable {
  public let name: String
  /// The file, which can be copied into a configuration.
  public let text: String

  private static let texts: [(name: String, yaml: [UInt8])] = [
    ("article", PackageResources.article_yaml),
    ("genmon", PackageResources.genmon_yaml),
    ("genmon-homeassistant", PackageResources.genmon_homeassistant_yaml),
    ("victron", PackageResources.victron_yaml),
    ("tasmota", PackageResources.tasmota_yaml),
    ("esphome", PackageResources.esphome_yaml),
    ("zigbee2mqtt", PackageResources.zigbee2mqtt_yaml),
    ("shelly", PackageResources.shelly_yaml),
    ("homeassistant", PackageResources.homeassistant_yaml),
    ("sparkplug", PackageResources.sparkplug_yaml),
    ("deepsea-modbus", PackageResources.deepsea_modbus_yaml),
    ("telegraf", PackageResources.telegraf_yaml),
    ("thingsboard", PackageResources.thingsboard_yaml),
  ]

  /// The one that is built in, and holds where nothing is said.
  static let article = "article"
  public static let names = texts.map(\.name)

  public static var all: [Profile] { names.compactMap(Profile.init(named:)) }

  /// The profile of that name; nil for other names.
  public init?(named name: String) {
    guard let found = Self.texts.first(where: { $0.name == name }) else { return nil }
    self.name = name
    text = String(decoding: found.yaml, as: UTF8.self)
  }

  /// What it is for, in a line: its first comment.
  public var about: String {
    String(text.prefix { $0 != "\n" }.drop { $0 == "#" || $0 == " " })
  }

  /// Reads a section `sources`, such as a file has it.
  ///
  /// - Parameter text: YAML with that section alone.
  /// - Returns: Its sources, those of profiles included.
  /// - Throws: `SettingsError` with what is wrong.
  public static func sources(ofText text: String) throws(SettingsError) -> [Source] {
    do throws(YAMLError) {
      guard let section = try YAMLDocument.parse(text)["sources"] else { return [] }
      return try SourceList(section, at: .default).sources
    } catch {
      throw SettingsError(error.message)
    }
  }

  /// The sources in it, as they are written.
  ///
  /// - Throws: `YAMLError` if the file is none.
  func nodes() throws(YAMLError) -> [YAMLNode] {
    let document = try YAMLDocument.parse(text)
    return try document["sources"]?.sequence() ?? []
  }
}
