internal import Arguments
public import Model
internal import Wording
internal import YAML

extension EffectiveSettings {
  /// The sources of the file, else those of the profile; none for what is built in.
  ///
  /// - Throws: `SettingsError` at the profile.
  mutating func messageSources() throws(SettingsError) -> [Source] {
    if let sources = layer.sources {
      warnOfTopics()
      return sources.sources
    }
    let name = layer[\.messages.profile]
    guard name != Profile.article else { return [] }
    warnOfTopics()
    do throws(YAMLError) {
      let entry = try YAMLDocument.parse("- profile: \(name)")
      return try SourceList(entry, at: layer.origin(of: \.messages.profile)).sources
    } catch {
      throw SettingsError(error.message, at: layer.origin(of: \.messages.profile))
    }
  }

  /// The metrics that the sources in force name themselves, in the order of their places.
  public var namedMetrics: [NamedMetric] { layer.sources?.namedMetrics ?? [] }

  /// Says what was given of topics and presence besides, and is not used.
  private mutating func warnOfTopics() {
    let topics = SettingsTable.standard.mqtt.topics.row
    for row in [topics] + SettingsTable.rows(of: PresenceSection.self)
    where layer[row].origin != .default {
      warnings.append("\(layer[row].origin): \(row.id) has no effect beside sources or a profile")
    }
  }

  /// The section `sources` as it was written, or as a comment.
  var sourceLines: [String] {
    guard !commands.isDisjoint(with: MessagesSection.commands) else { return [] }
    let lines = [
      "", "# How messages are understood, in place of a profile; see \"Connect your generators\".",
    ]
    guard let sources = layer.sources else { return lines + ["# sources:  # not set"] }
    return lines + ["sources:  # \(sources.origin.description.printable)"]
      + Self.block(.sequence(sources.nodes)).map { "  " + $0 }
  }

  /// A value in lines, as YAML in blocks.
  private static func block(_ value: YAMLNode.Value) -> [String] {
    switch value {
    case .scalar(let scalar):
      let isNumber = !scalar.isQuoted && Double(scalar.text) != nil
      return [isNumber ? scalar.text : self.scalar(scalar.text)]
    case .sequence(let nodes):
      return nodes.flatMap { node in
        block(node.value).enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element }
      }
    case .mapping(let entries):
      return entries.flatMap { entry in
        let key = scalar(entry.name) + ":"
        guard !entry.value.isNull else { return [key] }
        let lines = block(entry.value.value)
        if case .scalar = entry.value.value { return ["\(key) \(lines[0])"] }
        return [key] + lines.map { "  " + $0 }
      }
    }
  }
}
