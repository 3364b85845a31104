/// The broker of the raw samples and what to ask it for: what its section says, and what is put together of it.
@dynamicMemberLookup
public struct MQTTSettings: Equatable, Sendable {
  /// The versions of the protocol.
  public enum Version: String, CaseIterable, Sendable {
    case v3_1_1 = "3.1.1"
    case v5 = "5"
  }

  /// How the connection is secured.
  public struct TLS: Equatable, Sendable {
    /// A file of authorities; with neither this nor `caDirectory`, those of the system.
    public var caFile: String?
    public var caDirectory: String?
    public var certificateFile: String?
    public var keyFile: String?
    public var keyPassword: SecretText?
    /// Whether the broker's certificate and name go unchecked.
    public var isInsecure: Bool
  }

  public var address: MQTTAddress
  public var user: String?
  public var password: SecretText?
  /// 5 to 65,535.
  public var keepAliveSeconds: Int
  /// Nil for a connection in the clear.
  public var tls: TLS?
  /// Nil when no presence is told.
  public var presence: PresenceSettings?
  let section: SectionValues<MQTTSection>

  public subscript<Content>(dynamicMember path: KeyPath<MQTTSection, Setting<Content>>) -> Content {
    section[dynamicMember: path]
  }
}

/// How presence and last wills are told.
@dynamicMemberLookup
public struct PresenceSettings: Equatable, Sendable {
  /// Which level of the topic is the generator, from 0.
  public var idLevel: Int
  let section: SectionValues<PresenceSection>

  public subscript<Content>(dynamicMember path: KeyPath<PresenceSection, Setting<Content>>)
    -> Content
  {
    section[dynamicMember: path]
  }
}
