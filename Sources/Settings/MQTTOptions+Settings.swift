public import MQTT

extension MQTTOptions {
  /// A connection as the settings want it, in a session that ends with it.
  public init(_ settings: MQTTSettings) {
    self.init(
      host: settings.address.host,
      port: settings.address.port,
      tls: settings.tls.map { tls in
        TLS(
          caFile: tls.caFile,
          caDirectory: tls.caDirectory,
          certificateFile: tls.certificateFile,
          keyFile: tls.keyFile,
          keyPassphrase: tls.keyPassword.map { Secret(Array($0.text.utf8)) },
          isInsecure: tls.isInsecure,
        )
      },
      userName: settings.user ?? settings.address.user,
      password: settings.password.map { Secret(Array($0.text.utf8)) },
      version: settings.version == .v5 ? .v5 : .v3_1_1,
      keepAliveSeconds: settings.keepAliveSeconds,
    )
  }

  /// A connection that notices within the keep-alive of the settings that the broker is silent.
  ///
  /// The client gives a silent broker up after 1.5 keep-alives and two seconds: with half of what was asked for, that is
  /// within what was asked for.
  public init(watching settings: MQTTSettings) {
    self.init(settings)
    keepAliveSeconds = max(5, settings.keepAliveSeconds / 2)
  }
}
