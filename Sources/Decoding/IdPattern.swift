/// Whether an id is one that a pattern stands for, in which each `*` stands for anything.
///
/// Both are bytes of UTF-8. Takes no longer than the product of their lengths.
public func isIdentifier(_ id: Span<UInt8>, of pattern: [UInt8]) -> Bool {
  var (place, position) = (0, 0)
  /// Behind the last `*`, and how much of the id it stands for so far ends there.
  var retry: (place: Int, position: Int)?
  while position < id.count {
    if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
      place += 1
      retry = (place, position)
    } else if place < pattern.count, pattern[place] == id[position] {
      place += 1
      position += 1
    } else if let last = retry {
      retry = (last.place, last.position + 1)
      (place, position) = (last.place, last.position + 1)
    } else {
      return false
    }
  }
  return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
}
