internal import Arguments
internal import MQTT

extension EffectiveSettings {
  mutating func mqttSettings() throws(SettingsError) -> MQTTSettings? {
    guard let url = layer.value(\.mqtt.url) else { return nil }
    let address = try MQTTAddress(url: url.value.text, at: url.origin)
    try checkFilters(\.mqtt.topics)
    return MQTTSettings(
      address: address,
      user: layer[\.mqtt.user] ?? address.user,
      password: try password(\.mqtt.password, \.mqtt.passwordFile),
      keepAliveSeconds: Int((layer[\.mqtt.keepAlive] / .seconds(1)).rounded(.up)),
      tls: try tls(address, from: url.origin),
      presenceLevel: try presenceLevel(),
      section: SectionValues(section: SettingsTable.standard.mqtt, layer: layer),
    )
  }

  /// Refuses what is not a topic filter, and a list of none.
  func checkFilters(_ path: SettingsLayer.Path<[String]>) throws(SettingsError) {
    let filters = layer.values(path)
    for filter in filters {
      try Self.checkFilter(filter)
    }
    guard !filters.isEmpty else {
      throw SettingsError("at least one topic filter is needed", at: layer.origin(of: path))
    }
  }

  private static func checkFilter(_ filter: ParsedValue) throws(SettingsError) {
    let text = filter.value.text
    guard MQTTTopicFilter(text) != nil else {
      throw SettingsError(
        "\"\(text)\" is not a topic filter: + stands for one whole level, # at the end for the rest",
        at: filter.origin,
      )
    }
  }

  /// The one of a password and the file of a password that comes from the higher source.
  mutating func password(
    _ password: SettingsLayer.Path<String?>,
    _ passwordFile: SettingsLayer.Path<String?>,
  ) throws(SettingsError) -> SecretText? {
    let inline = layer.value(password)
    let file = layer.value(passwordFile)
    guard let file, file.origin.rank >= inline?.origin.rank ?? 0 else {
      return inline.map { SecretText($0.value.text) }
    }
    if let inline, inline.origin.rank == file.origin.rank {
      throw SettingsError("a password is set as well, at \(inline.origin)", at: file.origin)
    }
    return try secret(file)
  }

  private mutating func secret(_ file: ParsedValue) throws(SettingsError) -> SecretText {
    let path = file.value.text
    let secret = try files.secret(path, for: file.origin)
    if (try? files.isOpenToOthers(path)) == true {
      warnings.append("\(path): others can read this password (chmod 600)")
    }
    return secret
  }

  private mutating func tls(
    _ address: MQTTAddress,
    from origin: ValueOrigin
  ) throws(SettingsError) -> MQTTOptions.TLS? {
    let certificate = layer.value(\.mqtt.tls.certificate)
    let key = layer.value(\.mqtt.tls.key)
    guard address.usesTLS else {
      let rows = SettingsTable.rows(of: TLSSection.self).map { layer[$0] }
      for setting in rows where setting.values.contains(where: { $0.value != .flag(false) }) {
        // Whoever asks for it here must not think that it is there; what a file says may be for another broker.
        guard setting.origin.rank < origin.rank else {
          throw SettingsError(
            "the broker is called without TLS: write mqtts:// before its name, or leave this out",
            at: setting.origin
          )
        }
        warnings.append("\(setting.origin): without TLS (mqtts://) this has no effect")
      }
      return nil
    }
    if let lone = certificate ?? key, (certificate == nil) != (key == nil) {
      throw SettingsError("a certificate and its key go together", at: lone.origin)
    }
    if layer[\.mqtt.tls.insecure] {
      let origin = layer.origin(of: \.mqtt.tls.insecure)
      warnings.append("\(origin): the broker's identity is not checked")
    }
    let authorities = layer[\.mqtt.tls.ca]
    let isDirectory = authorities?.hasSuffix("/") == true
    let keyPassword = layer.value(\.mqtt.tls.keyPasswordFile)
    var tls = MQTTOptions.TLS(isInsecure: layer[\.mqtt.tls.insecure])
    tls.caFile = isDirectory ? nil : authorities
    tls.caDirectory = isDirectory ? authorities : nil
    tls.certificateFile = certificate?.value.text
    tls.keyFile = key?.value.text
    tls.keyPassphrase = try keyPassword.map { (file) throws(SettingsError) in
      Secret(try secret(file))
    }
    return tls
  }

  private func presenceLevel() throws(SettingsError) -> Int? {
    guard let filter = layer.value(\.mqtt.presence.filter), !filter.value.text.isEmpty else {
      return nil
    }
    try Self.checkFilter(filter)
    let levels = filter.value.text.split(separator: "/", omittingEmptySubsequences: false)
    let given = layer[\.mqtt.presence.level].map { $0 - 1 }
    guard let level = given ?? levels.firstIndex(of: "+") else {
      throw SettingsError(
        "which level is the generator? Put + there, or set mqtt.presence.level",
        at: filter.origin,
      )
    }
    if given != nil, level >= levels.count, levels.last != "#" {
      throw SettingsError(
        "\"\(filter.value.text)\" has only \(levels.count) levels",
        at: layer.origin(of: \.mqtt.presence.level),
      )
    }
    return level
  }
}
