/// An address that a mosquitto of ours takes connections on, and who may connect.
public struct MosquittoListener: Equatable, Sendable, CustomStringConvertible {
  /// A name or an address; that of IPv6 without brackets.
  public var host: String
  public var port: Int
  /// Our certificate and its key, PEM; nil for connections in the clear.
  public var certificateFile: String?
  public var keyFile: String?
  /// The authority whose certificates clients have to show, PEM; nil if they need none.
  public var clientCAFile: String?
  /// Users and their passwords, as `mosquitto_passwd` writes them; nil if everybody may connect.
  public var passwordFile: String?
  /// An existing folder in which the broker keeps sessions and retained messages; nil if they end with it.
  public var dataDirectory: String?

  /// Whether whoever reaches the address may connect.
  public var admitsAnybody: Bool { passwordFile == nil && clientCAFile == nil }

  /// Its address as a URL.
  public var description: String {
    let scheme = certificateFile == nil ? "mqtt" : "mqtts"
    return host.contains(":") ? "\(scheme)://[\(host)]:\(port)" : "\(scheme)://\(host):\(port)"
  }

  /// Its lines of `mosquitto.conf(5)`, under `per_listener_settings`.
  ///
  /// - Parameter accessFile: What those who connect may publish and read.
  /// - Returns: The lines.
  func configuration(accessFile: String) -> String {
    var lines = ["listener \(port) \(host)", "acl_file \(accessFile)"]
    if let passwordFile {
      lines += ["allow_anonymous false", "password_file \(passwordFile)"]
    } else {
      lines.append("allow_anonymous true")
    }
    if let certificateFile, let keyFile {
      lines += ["certfile \(certificateFile)", "keyfile \(keyFile)", "tls_version tlsv1.2"]
    }
    if let clientCAFile { lines += ["cafile \(clientCAFile)", "require_certificate true"] }
    return lines.joined(separator: "\n")
  }

  /// The lines for what the broker keeps, whoever connects.
  var keeping: String {
    guard let dataDirectory else { return "" }
    // The shortest time that there is. By the number of changes, all that is kept would be written at each message.
    return """
      persistence true
      persistence_location \(dataDirectory)/
      autosave_interval 1
      """
  }
}

extension MosquittoListener {
  public init(host: String, port: Int) {
    self.host = host
    self.port = port
  }
}
