internal import Arguments

/// Reads properties of librdkafka from an option and from a file.
enum KafkaProperties {
  /// Whether a property is a secret by its name.
  static func isSecret(_ name: String) -> Bool {
    let others = ["ssl.key.pem", "sasl.oauthbearer.config", "sasl.jaas.config"]
    return name.contains("password") || name.contains("secret") || others.contains(name)
  }

  /// Reads `name=value` of an option, where no secret may stand.
  static func option(
    _ text: String,
    at origin: ValueOrigin,
  ) throws(SettingsError) -> ResolvedProperty {
    let property = try property(text[...], at: origin)
    guard !isSecret(property.name) else {
      throw SettingsError(
        "\(property.name) is a secret and must not be on the command line; "
          + "use EGTOP_KAFKA_PASSWORD, --kafka-password-file or --kafka-properties",
        at: origin,
      )
    }
    return property
  }

  /// Reads the lines of a file: `name=value`, comments after `#` or `!` at the beginning.
  static func file(
    _ path: String,
    for origin: ValueOrigin,
    files: SettingsFiles,
  ) throws(SettingsError) -> [ResolvedProperty] {
    let text = try files.text(path, limit: 1 << 20, for: origin)
    var properties: [ResolvedProperty] = []
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let place = ValueOrigin.file(path, line: index + 1, column: 0)
      let line = line.trimmed
      guard let first = line.first, first != "#", first != "!" else { continue }
      let property = try property(line, at: place)
      if isSecret(property.name) { try files.checkPrivacy(path, at: place) }
      properties.append(property)
    }
    return properties
  }

  private static func property(
    _ text: Substring,
    at origin: ValueOrigin,
  ) throws(SettingsError) -> ResolvedProperty {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      .map { String($0.trimmed) }
    guard parts.count == 2, !parts[0].isEmpty else {
      throw SettingsError("a property is written name=value", at: origin)
    }
    return ResolvedProperty(name: parts[0], value: parts[1], origin: origin)
  }
}

extension Substring {
  /// Without white space at both ends.
  var trimmed: Substring {
    var text = drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
