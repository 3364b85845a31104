public import Arguments

/// Where a broker is, from a URL: `mqtt://host:1883`, `mqtts://user@host`, `host`.
public struct MQTTAddress: Equatable, Sendable {
  /// A name or an address; that of IPv6 without brackets.
  public var host: String
  public var port: Int
  public var usesTLS: Bool
  /// From the URL.
  public var user: String?

  public init(host: String, port: Int? = nil, usesTLS: Bool = false, user: String? = nil) {
    self.host = host
    self.port = port ?? (usesTLS ? 8883 : 1883)
    self.usesTLS = usesTLS
    self.user = user
  }

  /// Reads a URL, which no message repeats: there may be a password in it.
  ///
  /// - Parameters:
  ///   - url: With or without its scheme.
  ///   - origin: The setting that holds it.
  /// - Throws: `SettingsError` at `origin`.
  public init(url: String, at origin: ValueOrigin) throws(SettingsError) {
    var rest = url[...]
    usesTLS = false
    if let end = url.firstRange(of: "://") {
      switch url[..<end.lowerBound].lowercased() {
      case "mqtt": break
      case "mqtts": usesTLS = true
      default: throw SettingsError("the URL has to begin with mqtt:// or mqtts://", at: origin)
      }
      rest = url[end.upperBound...]
    }
    if let at = rest.lastIndex(of: "@") {
      user = try Self.user(rest[..<at], at: origin)
      rest = rest[rest.index(after: at)...]
    }
    if rest.last == "/" { rest.removeLast() }
    guard !rest.contains(where: { "/?#".contains($0) }) else {
      throw SettingsError("the URL may only have a host and a port", at: origin)
    }
    let (host, port) = try Self.hostAndPort(rest, at: origin)
    self.host = host
    self.port = port ?? (usesTLS ? 8883 : 1883)
  }

  private static func user(
    _ text: Substring,
    at origin: ValueOrigin,
  ) throws(SettingsError) -> String? {
    guard !text.contains(":") else {
      throw SettingsError(
        "a password must not be in a URL; secrets come from a file (passwordFile) "
          + "or the environment (EGTOP_MQTT_PASSWORD)",
        at: origin,
      )
    }
    guard let name = decoded(text) else {
      throw SettingsError("the user name in the URL is not encoded correctly", at: origin)
    }
    return name.isEmpty ? nil : name
  }

  /// Splits `host:port`, `[::1]:port` and either without a port.
  static func hostAndPort(
    _ text: Substring,
    ports: ClosedRange<Int> = 1...65_535,
    at origin: ValueOrigin,
  ) throws(SettingsError) -> (host: String, port: Int?) {
    var (host, tail) = (text, ""[...])
    if text.first == "[", let end = text.firstIndex(of: "]") {
      host = text[text.index(after: text.startIndex)..<end]
      tail = text[text.index(after: end)...]
    } else if let colon = text.lastIndex(of: ":") {
      (host, tail) = (text[..<colon], text[colon...])
      guard !host.contains(":") else {
        throw SettingsError("an IPv6 address must be in brackets: [::1]:1883", at: origin)
      }
    }
    guard !host.isEmpty, host.allSatisfy(isHostCharacter) else {
      throw SettingsError("there is no host name", at: origin)
    }
    guard !tail.isEmpty else { return (String(host), nil) }
    guard tail.first == ":", let port = Int(tail.dropFirst()), ports.contains(port),
      tail.dropFirst().allSatisfy(\.isNumber)
    else {
      let bounds = "\(ports.lowerBound) to \(ports.upperBound)"
      throw SettingsError("the port has to be a number from \(bounds)", at: origin)
    }
    return (String(host), port)
  }

  private static func isHostCharacter(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "-._:%".contains(character)
  }

  /// Replaces `%41` by the byte it stands for; nil if it is broken or not UTF-8.
  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = Substring(text).utf8
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, let value = UInt8(String(Substring(digits)), radix: 16) else {
        return nil
      }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
