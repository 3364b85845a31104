public import Dashboard
import FoundationEssentials
public import Model
import System
import Wording

/// The first line of a recording.
public struct RecordingHeader: Codable, Sendable {
  /// The version of the format; a reader refuses any other.
  public var egtop = 1
  public var options: DashboardOptions
  /// The metrics that the user had named; nil for none, and in old recordings.
  public var metrics: [NamedMetric]?

  public init(options: DashboardOptions) {
    self.options = options
    metrics = NamedMetric.inUse.isEmpty ? nil : NamedMetric.inUse
  }
}

/// Why a recording cannot be read.
public struct RecordingError: Error, Equatable, CustomStringConvertible {
  public let description: String

  init(description: String) { self.description = description.printable }
}

/// Reads the events of a recording one by one.
///
/// A recording that was cut off ends at its last whole event; a line before that which is damaged is passed over.
public final class RecordingReader {
  /// What the state begins with.
  public let options: DashboardOptions
  private let lines: LineReader
  private let decoder = JSONDecoder()
  /// The number of the line that was read last.
  private var number = 1
  /// The lines that were damaged, since that was last told.
  private var damaged: [Int] = []

  /// Opens a recording.
  public init(path: String) throws(RecordingError) {
    do {
      lines = try LineReader(path: path, limit: 256 << 20)
      guard let first = try lines.next() else { throw RecordingError(description: "it is empty") }
      options = try Self.options(first, decoder)
    } catch let error as RecordingError {
      throw RecordingError(description: "\(path): \(error)")
    } catch let error as SystemError {
      throw RecordingError(description: "\(error)")
    } catch {
      throw RecordingError(description: "\(path): not a recording of egtop")
    }
  }

  /// What the first line of a recording says.
  ///
  /// - Throws: `RecordingError` for another version and for numbers out of their bounds, and what the decoder throws.
  static func options(_ line: [UInt8], _ decoder: JSONDecoder) throws -> DashboardOptions {
    let header = try decoder.decode(RecordingHeader.self, from: Data(line))
    guard header.egtop == 1 else {
      throw RecordingError(description: "it is of version \(header.egtop), not 1")
    }
    if let name = header.options.oddNumber {
      throw RecordingError(description: "its first line is damaged: \(name) is out of bounds")
    }
    return header.options
  }

  /// The metrics that the user had named when a recording was made; nil for none, and where it cannot be read.
  public static func namedMetrics(_ path: String) -> [NamedMetric]? {
    guard let lines = try? LineReader(path: path, limit: 256 << 20),
      let first = (try? lines.next()) ?? nil
    else { return nil }
    return (try? JSONDecoder().decode(RecordingHeader.self, from: Data(first)))?.metrics
  }

  /// The next event; nil behind the last one.
  public func next() -> Event? {
    var passed: [Int] = []
    while let line = (try? lines.next()) ?? nil {
      number += 1
      if let event = Self.event(line, decoder) {
        damaged += passed
        return event
      }
      passed.append(number)
    }
    // The last line of one that was cut off is no damage.
    damaged += passed.dropLast()
    return nil
  }

  /// The event of a line; nil if it is damaged.
  static func event(_ line: [UInt8], _ decoder: JSONDecoder) -> Event? {
    hasHugeNumber(line) ? nil : try? decoder.decode(Event.self, from: Data(line))
  }

  /// Which lines were damaged since this was last asked, in words; nil if none was.
  public func takeDamage() -> String? {
    guard let first = damaged.first else { return nil }
    defer { damaged = [] }
    return damaged.count == 1
      ? "line \(first) of the recording is damaged and passed over"
      : "\(damaged.count) lines of the recording are damaged and passed over, from line \(first)"
  }
}

/// Whether JSON has a number, outside of strings, that is beyond all times and counts that egtop writes and yet can be read
/// as one of 64 bits.
///
/// They are added up, and three of them are to have room in 64 bits. Nanoseconds since 1970 get there in 2061. `29e17` is read
/// as a whole number as well.
private func hasHugeNumber(_ line: [UInt8]) -> Bool {
  var rest = line[...]
  while let byte = rest.popFirst() {
    switch byte {
    case UInt8(ascii: "\""):
      while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
        if byte == UInt8(ascii: "\\") { rest = rest.dropFirst() }
      }
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      let tail = rest.prefix(while: isPartOfNumber)
      rest = rest[tail.endIndex...]
      // Most numbers are shorter, and have no exponent.
      guard tail.count >= 18 || tail.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) else {
        continue
      }
      let number = Double(String(decoding: [byte] + tail, as: UTF8.self)) ?? 0
      if (2.9e18..<0x1p64).contains(number) { return true }
    default: break
    }
  }
  return false
}

private func isPartOfNumber(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"),
    UInt8(ascii: "-"),
    UInt8(ascii: "e"), UInt8(ascii: "E"):
    true
  default: false
  }
}
