/// Bytes of numbers, each in as few of them as it needs: seven bits a byte.
struct PackedNumbers: Sendable {
  private(set) var bytes: [UInt8] = []

  var count: Int { bytes.count }

  mutating func put(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Small numbers of either sign are short.
  mutating func put(signed number: Int64) { put(Self.folded(number)) }

  mutating func put(head: UInt16) {
    bytes.append(UInt8(truncatingIfNeeded: head))
    bytes.append(UInt8(truncatingIfNeeded: head >> 8))
  }

  /// Gives back the room that growing left unused.
  mutating func trim() {
    guard bytes.capacity > bytes.count + bytes.count / 8 else { return }
    var trimmed: [UInt8] = []
    trimmed.reserveCapacity(bytes.count)
    trimmed += bytes
    bytes = trimmed
  }

  /// The next number from `offset` on, which moves behind it; 0 behind the end.
  func number(_ offset: inout Int) -> UInt64 {
    var number: UInt64 = 0
    var shift: UInt64 = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { break }
      shift += 7
    }
    return number
  }

  func signed(_ offset: inout Int) -> Int64 { Self.unfolded(number(&offset)) }

  func head(_ offset: inout Int) -> UInt16 {
    guard offset + 1 < bytes.count else { return 0 }
    defer { offset += 2 }
    return UInt16(bytes[offset]) | UInt16(bytes[offset + 1]) << 8
  }

  /// The numbers 0, -1, 1, -2, … become 0, 1, 2, 3, ….
  static func folded(_ number: Int64) -> UInt64 {
    UInt64(bitPattern: (number << 1) ^ (number >> 63))
  }

  static func unfolded(_ number: UInt64) -> Int64 {
    Int64(bitPattern: (number >> 1) ^ (0 &- (number & 1)))
  }
}
