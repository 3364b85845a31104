internal import Glibc

/// What libmosquitto's TLS library tells of a connection.
///
/// Its functions are looked up in the running program: libmosquitto brings OpenSSL along, and its headers are not needed
/// for three calls. Where they are missing nothing is told.
enum OpenSSL {
  /// The version of TLS once the handshake is done, such as "TLSv1.3".
  ///
  /// Calls `SSL_is_init_finished` and `SSL_get_version`.
  static func version(of session: UnsafeMutableRawPointer) -> String? {
    typealias State = @convention(c) (UnsafeMutableRawPointer) -> Int32
    typealias Version = @convention(c) (UnsafeMutableRawPointer) -> UnsafePointer<CChar>?
    guard
      let isFinished = function("SSL_is_init_finished", as: State.self), isFinished(session) == 1,
      let version = function("SSL_get_version", as: Version.self)
    else { return nil }
    return version(session).map { String(cString: $0) }
  }

  /// What is wrong with the certificate of the other side; nil if nothing is, as far as it was looked at.
  ///
  /// Calls `SSL_get_verify_result`.
  static func problem(of session: UnsafeMutableRawPointer) -> CertificateProblem? {
    typealias Result = @convention(c) (UnsafeMutableRawPointer) -> Int
    guard let result = function("SSL_get_verify_result", as: Result.self) else { return nil }
    return CertificateProblem(verifyResult: result(session))
  }

  private static func function<Function>(_ name: String, as type: Function.Type) -> Function? {
    dlsym(nil, name).map { unsafeBitCast($0, to: type) }
  }
}

/// Why the certificate of a broker was not accepted.
///
/// The words follow "the certificate of the broker".
public enum CertificateProblem: String, Sendable, CustomStringConvertible {
  case expired = "has expired"
  case notYetValid = "is not valid yet"
  /// None of the authorities that we trust has signed it.
  case unknownAuthority = "is not signed by an authority that is trusted here"
  /// It is for another host than the one we called.
  case otherName = "is for another host name"
  /// Anything else, such as a certificate that is not for servers.
  case other = "is not acceptable"

  /// From the codes of `x509_vfy.h`; nil for 0, which is good.
  init?(verifyResult: Int) {
    switch verifyResult {
    case 0: return nil
    case 9: self = .notYetValid
    case 10: self = .expired
    // Issuer not found, self-signed, in either place of the chain, and a chain of the leaf alone.
    case 2, 18, 19, 20, 21: self = .unknownAuthority
    case 62, 64: self = .otherName
    default: self = .other
    }
  }

  public var description: String { rawValue }
}
