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

  /// Its address as a URL.
  public var description: String {
    let scheme = certificateFile == nil ? "mqtt" : "mqtts"
    return host.contains(":") ? "\(scheme)://[\(host)]:\(port)" : "\(scheme)://\(host):\(port)"
  }

  /// Its lines of `mosquitto.conf(5)`, under `per_listener_settings`.
  var configuration: String {
    var lines = ["listener \(port) \(host)"]
    if let passwordFile {
      lines += ["allow_anonymous false", "password_file \(passwordFile)"]
    } else {
      lines.append("allow_anonymous true")
    }
    if let certificateFile, let keyFile {
      lines += ["certfile \(certificateFile)", "keyfile \(keyFile)", "tls_version tlsv1.2"]
    }
    if let clientCAFile { lines += ["cafile \(clientCAFile)", "require_certificate true"] }
    if let dataDirectory {
      lines += ["persistence true", "persistence_location \(dataDirectory)/"]
      lines.append("autosave_interval 30")
    }
    return lines.joined(separator: "\n")
  }
}

extension MosquittoListener {
  public init(host: String, port: Int) {
    self.host = host
    self.port = port
  }
}
