internal import CSystem
internal import Glibc

/// The connection that an SSH session came by, as the kernel sees it.
///
/// The session's variable names its two ends, and the kernel tells anybody how much of what was sent by it has
/// not been confirmed, and how long the way there and back takes: no question is put to the terminal.
public final class SSHConnection {
  public struct Figures: Equatable, Sendable {
    /// Bytes that the other side has not confirmed yet.
    public var queuedBytes: Int
    /// The smoothed round trip, in nanoseconds; nil if it is not known.
    public var roundTrip: Int64?
  }

  private struct End: Equatable {
    var address: String
    var port: Int32
  }

  private let here: End
  private let there: End
  private let descriptor: Int32

  /// The connection of this session; nil where there is none, or none that the kernel knows.
  ///
  /// - Parameter environment: Looked at for `SSH_CONNECTION`. Within a multiplexer it may name a connection that is gone.
  public init?(_ environment: Environment) {
    let words = (environment["SSH_CONNECTION"] ?? "").split(separator: " ")
    guard words.count == 4, let there = Self.end(words[0], words[1]),
      let here = Self.end(words[2], words[3])
    else { return nil }
    (self.here, self.there) = (here, there)
    descriptor = CSystem_openSocketDiagnosis()
    guard descriptor >= 0, figures() != nil else { return nil }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  private static func end(_ address: Substring, _ port: Substring) -> End? {
    // The zone of a link-local address is not part of it.
    let plain = address.split(separator: "%").first ?? address
    guard plain.utf8.count < 64, let port = UInt16(port) else { return nil }
    return End(address: String(plain), port: Int32(port))
  }

  /// How it is now; nil when it is gone.
  public func figures() -> Figures? {
    var queued: Int64 = 0
    var roundTrip: Int64 = -1
    let result = CSystem_connectionFigures(
      descriptor,
      here.address,
      here.port,
      there.address,
      there.port,
      &queued,
      &roundTrip
    )
    guard result == 0 else { return nil }
    return Figures(
      queuedBytes: Int(queued),
      roundTrip: roundTrip < 0 ? nil : roundTrip * 1_000
    )
  }
}
