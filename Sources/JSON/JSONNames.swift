internal import CSimdjson

/// What a field of some name holds; any other value but null is lost.
public enum JSONMeaning: Equatable, Sendable {
  /// A number, or a text that is one, read at a slot from 0 to 31.
  case number(Int)
  /// The same, but any other value is passed over as if the field had no name.
  case looseNumber(Int)
  /// A text, read at a slot from 0 to 7.
  case text(Int)
  /// The same, or a number as it is written; it may stand among the tags as well, where it counts before one outside.
  case tag(Int)
  /// A time; of several that with the highest rank counts.
  case time(rank: Int)
  /// An object of texts.
  case tags
  /// A list of objects with a `name` and a value at `float64`, `int64` or `string`.
  case values
  /// At the top, an object that holds the fields.
  case envelope
}

/// The names of fields that messages are read by; several may have one slot.
///
/// What they mean is for whoever makes the table: nothing here knows any of them.
public struct JSONNames: Sendable {
  /// A name, of at most 31 bytes, and what a field of it holds.
  public struct Entry: Sendable {
    public var name: String
    public var meaning: JSONMeaning

    public init(_ name: String, _ meaning: JSONMeaning) {
      self.name = name
      self.meaning = meaning
    }
  }

  public let entries: [Entry]

  public init(_ entries: [Entry] = []) { self.entries = entries }

  /// A parser of the library with these names; nil if there is no memory for it.
  func parser(largest: Int) -> OpaquePointer? {
    let bytes = entries.flatMap { Array($0.name.utf8) }
    return bytes.withUnsafeBufferPointer { bytes in
      var offset = 0
      let names = entries.map { entry in
        let (meaning, slot) = entry.meaning.parts
        let length = entry.name.utf8.count
        defer { offset += length }
        let start = bytes.baseAddress.map { $0 + offset }
        return CSimdjsonName(bytes: start, length: length, meaning: meaning, slot: slot)
      }
      let parser = names.withUnsafeBufferPointer {
        CSimdjson_create(max(0, largest), $0.baseAddress, $0.count)
      }
      precondition(parser != nil || names.allSatisfy { $0.length <= 31 }, "a name is too long")
      return parser
    }
  }
}

extension JSONMeaning {
  /// As the library has it.
  fileprivate var parts: (CSimdjsonMeaning, UInt8) {
    switch self {
    case .number(let slot): (.number, UInt8(clamping: slot))
    case .looseNumber(let slot): (.looseNumber, UInt8(clamping: slot))
    case .text(let slot): (.text, UInt8(clamping: slot))
    case .tag(let slot): (.tag, UInt8(clamping: slot))
    case .time(let rank): (.time, UInt8(clamping: rank))
    case .tags: (.tags, 0)
    case .values: (.values, 0)
    case .envelope: (.envelope, 0)
    }
  }
}
