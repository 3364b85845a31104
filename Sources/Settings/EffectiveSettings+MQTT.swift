internal import Arguments

extension EffectiveSettings {
  func mqttSettings(warnings: inout [String]) throws(SettingsError) -> MQTTSettings? {
    guard let url = layer.value("mqtt.url") else { return nil }
    let address = try MQTTAddress(url: url.value.text, at: url.origin)
    return MQTTSettings(
      address: address,
      topics: try topics(),
      user: layer.text("mqtt.user") ?? address.user,
      password: try password("mqtt", warnings: &warnings),
      version: layer.text("mqtt.version").flatMap(MQTTSettings.Version.init(rawValue:)) ?? .v3_1_1,
      qos: layer.integer("mqtt.qos"),
      keepAliveSeconds: Int(layer.seconds("mqtt.keepAlive").rounded(.up)),
      tls: try tls(address, warnings: &warnings),
      presence: try presence(),
    )
  }

  private func topics() throws(SettingsError) -> [String] {
    let setting = layer["mqtt.topics"]
    for item in setting.values {
      try Self.checkFilter(item)
    }
    guard !setting.values.isEmpty else {
      throw SettingsError("at least one topic filter is needed", at: setting.origin)
    }
    return layer.texts("mqtt.topics")
  }

  private static func checkFilter(_ filter: SettingValue) throws(SettingsError) {
    let text = filter.value.text
    let levels = text.split(separator: "/", omittingEmptySubsequences: false)
    let isWhole = levels.enumerated().allSatisfy { index, level in
      level == "+" || level == "#" && index == levels.count - 1
        || !level.contains("+") && !level.contains("#")
    }
    guard isWhole, !text.isEmpty, text.utf8.count <= 65_535, !text.contains("\0") else {
      throw SettingsError(
        "\"\(text)\" is no topic filter: + stands for one whole level, # at the end for the rest",
        at: filter.origin,
      )
    }
  }

  /// The one of a password and the file of a password that comes from the higher source.
  func password(
    _ section: String,
    warnings: inout [String],
  ) throws(SettingsError) -> SecretText? {
    let inline = layer.value(section + ".password")
    let file = layer.value(section + ".passwordFile")
    guard let file, file.origin.rank >= inline?.origin.rank ?? 0 else {
      return inline.map { SecretText($0.value.text) }
    }
    if let inline, inline.origin.rank == file.origin.rank {
      throw SettingsError("there is a password as well, at \(inline.origin)", at: file.origin)
    }
    return try secret(file, warnings: &warnings)
  }

  private func secret(
    _ file: SettingValue,
    warnings: inout [String],
  ) throws(SettingsError) -> SecretText {
    let path = file.value.text
    let secret = try files.secret(path, for: file.origin)
    if (try? files.isReadableByOthers(path)) == true {
      warnings.append("\(path): others can read this password (chmod 600)")
    }
    return secret
  }

  private func tls(
    _ address: MQTTAddress,
    warnings: inout [String],
  ) throws(SettingsError) -> MQTTSettings.TLS? {
    let certificate = layer.value("mqtt.tls.certificate")
    let key = layer.value("mqtt.tls.key")
    guard address.usesTLS else {
      let rows = SettingsTable.mqttTLS.map { layer[$0.id] }
      if let unused = rows.first(where: { !$0.values.isEmpty }) {
        warnings.append("\(unused.origin): without TLS (mqtts://) this has no effect")
      }
      return nil
    }
    if let lone = certificate ?? key, (certificate == nil) != (key == nil) {
      throw SettingsError("a certificate and its key go together", at: lone.origin)
    }
    if layer.isOn("mqtt.tls.insecure") {
      warnings.append("\(layer["mqtt.tls.insecure"].origin): the broker's identity is not checked")
    }
    let authorities = layer.text("mqtt.tls.ca")
    let isDirectory = authorities?.hasSuffix("/") == true
    let keyPassword = layer.value("mqtt.tls.keyPasswordFile")
    return MQTTSettings.TLS(
      caFile: isDirectory ? nil : authorities,
      caDirectory: isDirectory ? authorities : nil,
      certificateFile: certificate?.value.text,
      keyFile: key?.value.text,
      keyPassword: try keyPassword.map { (file) throws(SettingsError) in
        try secret(file, warnings: &warnings)
      },
      isInsecure: layer.isOn("mqtt.tls.insecure"),
    )
  }

  private func presence() throws(SettingsError) -> PresenceSettings? {
    guard let filter = layer.value("mqtt.presence.filter"), !filter.value.text.isEmpty else {
      return nil
    }
    try Self.checkFilter(filter)
    let levels = filter.value.text.split(separator: "/", omittingEmptySubsequences: false)
    let given = layer.value("mqtt.presence.level")
    guard
      let level = given.map({ _ in layer.integer("mqtt.presence.level") - 1 })
        ?? levels.firstIndex(of: "+")
    else {
      throw SettingsError(
        "which level is the generator? Put + there, or set mqtt.presence.level",
        at: filter.origin,
      )
    }
    if let given, level >= levels.count, levels.last != "#" {
      throw SettingsError(
        "\"\(filter.value.text)\" has only \(levels.count) levels",
        at: given.origin,
      )
    }
    return PresenceSettings(
      filter: filter.value.text,
      idLevel: level,
      aliveTexts: layer.texts("mqtt.presence.alive"),
      deadTexts: layer.texts("mqtt.presence.dead"),
      cleanTexts: layer.texts("mqtt.presence.clean"),
      jsonKey: layer.text("mqtt.presence.json"),
    )
  }
}
