internal import Glibc

/// The zone of this machine at a moment: seconds that its clocks are ahead of UTC, and its short name.
public func localZone(atWall wall: Int64) -> (offset: Int, name: String) {
  var seconds = time_t(wall / 1_000_000_000)
  var parts = tm()
  guard localtime_r(&seconds, &parts) != nil else { return (0, "UTC") }
  let name = parts.tm_zone.map { String(cString: $0) } ?? ""
  let isPlain = !name.isEmpty && name.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  return (Int(parts.tm_gmtoff), isPlain ? name : "local")
}

/// Writes `text` to standard output or standard error, all of it, as far as somebody reads it.
public func writeText(_ text: String, toError: Bool = false) {
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(toError ? 2 : 1, $0.baseAddress, $0.count) }
    if count < 0 {
      if errno == EINTR || errno == EAGAIN { continue }
      return
    }
    rest = rest.dropFirst(count)
  }
}
