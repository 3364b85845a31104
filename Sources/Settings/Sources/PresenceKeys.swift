internal import Model
internal import YAML

/// How sessions are announced, key by key.
enum PresenceKeys {
  private static let keys: [YAMLKey<PresenceSource>] = [
    YAMLKey("topic", \.topic, SourceText.filter),
    YAMLKey("path", \.path, SourceText.path),
    YAMLKey("online", \.online, SourceText.words),
    YAMLKey("offline", \.offline, SourceText.words),
    YAMLKey("disconnected", \.disconnected, SourceText.words),
    YAMLKey("covers", \.covers, SourceText.template),
  ]

  /// One, or a list of them.
  static func list(_ node: YAMLNode) throws(YAMLError) -> [PresenceSource] {
    try SourceText.list(node, presence)
  }

  private static func presence(_ node: YAMLNode) throws(YAMLError) -> PresenceSource {
    var presence = PresenceSource(topic: "")
    if case .scalar = node.value {
      presence.topic = try SourceText.filter(node)
      return presence
    }
    try node.read(into: &presence, by: keys, under: "sources.presence.")
    guard !presence.topic.isEmpty else { throw node.error("topic is missing") }
    var said: [String: String] = [:]
    let meanings = [
      ("online", presence.online), ("offline", presence.offline),
      ("disconnected", presence.disconnected),
    ]
    for (meaning, words) in meanings {
      for word in Set(words.map { $0.lowercased() }) {
        if let other = said.updateValue(meaning, forKey: word) {
          throw (node[meaning] ?? node[other] ?? node).error(
            "\"\(word)\" is both \(other) and \(meaning)"
          )
        }
      }
    }
    return presence
  }
}
