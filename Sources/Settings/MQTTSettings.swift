public import MQTT

/// The broker of the raw samples and what to ask it for: what its section says, and what is put together of it.
@dynamicMemberLookup
public struct MQTTSettings: Equatable, Sendable {
  /// The versions of the protocol.
  public enum Version: String, CaseIterable, Sendable {
    case v3_1_1 = "3.1.1"
    case v5 = "5"
  }

  public var address: MQTTAddress
  public var user: String?
  public var password: SecretText?
  /// 5 to 65,535.
  public var keepAliveSeconds: Int
  /// Nil for a connection in the clear.
  public var tls: MQTTOptions.TLS?
  /// Which level of the topic of a presence is the generator, from 0; nil when none is told.
  public var presenceLevel: Int?
  let section: SectionValues<MQTTSection>

  public subscript<Content>(dynamicMember path: KeyPath<MQTTSection, Setting<Content>>) -> Content {
    section[dynamicMember: path]
  }

  /// How presence and last wills are told; nil when none is.
  public var presence: SectionValues<PresenceSection>? {
    presenceLevel == nil ? nil : section.presence
  }
}

extension MQTTOptions {
  /// A connection as the settings want it, in a session that ends with it.
  public init(_ settings: MQTTSettings) {
    self.init(host: settings.address.host, port: settings.address.port)
    tls = settings.tls
    userName = settings.user
    password = settings.password.map(Secret.init)
    version = settings.version == .v5 ? .v5 : .v3_1_1
    keepAliveSeconds = settings.keepAliveSeconds
  }

  /// A connection that notices within the keep-alive of the settings that the broker is silent, and takes packets of the
  /// size that they allow.
  ///
  /// The client gives a silent broker up after 1.5 keep-alives and two seconds: with half of what was asked for, that is
  /// within what was asked for.
  public init(watching settings: MQTTSettings) {
    self.init(settings)
    keepAliveSeconds = max(5, settings.keepAliveSeconds / 2)
    maximumPacketSize = settings.maximumPacketSize
  }
}

extension Secret {
  init(_ secret: SecretText) { self.init(Array(secret.text.utf8)) }
}
