public import Arguments
internal import Wording

/// Where metrics are served: `127.0.0.1:9464`, `[::1]:9464`, `host`.
public struct HTTPAddress: Equatable, Sendable, CustomStringConvertible {
  /// A name or an address; that of IPv6 without brackets.
  public let host: String
  public let port: Int

  /// The port that is meant where none is named.
  public static let standardPort = 9464

  public init(host: String = "127.0.0.1", port: Int = standardPort) {
    (self.host, self.port) = (host, port)
  }

  /// Reads a host and perhaps a port.
  ///
  /// - Parameters:
  ///   - text: As it is typed.
  ///   - lowestPort: 0 where a free port may be asked for.
  ///   - origin: What holds it.
  /// - Throws: `SettingsError` at `origin`.
  public init(
    _ text: String,
    lowestPort: Int = 1,
    at origin: ValueOrigin
  ) throws(SettingsError) {
    let (host, port) = try MQTTAddress.hostAndPort(
      text[...],
      ports: lowestPort...65_535,
      at: origin
    )
    self.init(host: host, port: port ?? Self.standardPort)
  }

  public var description: String { Phrases.place(host, port) }
}
