public import Dashboard
import FoundationEssentials
import System
import Wording

/// The first line of a recording.
public struct RecordingHeader: Codable, Sendable {
  /// The version of the format; a reader refuses any other.
  public var egtop = 1
  public var options: DashboardOptions

  public init(options: DashboardOptions) {
    self.options = options
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
      let header = try decoder.decode(RecordingHeader.self, from: Data(first))
      guard header.egtop == 1 else {
        throw RecordingError(description: "it is of version \(header.egtop), not 1")
      }
      options = header.options
    } catch let error as RecordingError {
      throw RecordingError(description: "\(path): \(error)")
    } catch let error as SystemError {
      throw RecordingError(description: "\(error)")
    } catch {
      throw RecordingError(description: "\(path): not a recording of egtop")
    }
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
    hasHugeInteger(line) ? nil : try? decoder.decode(Event.self, from: Data(line))
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

/// Whether a whole number in JSON, outside of strings, is beyond all that egtop writes.
///
/// Times and counts are added up, and three of them are to have room in 64 bits. Nanoseconds since 1970 get there in 2061.
private func hasHugeInteger(_ line: [UInt8]) -> Bool {
  var (isInString, isEscaped, isFraction) = (false, false, false)
  var number: UInt64 = 0
  for byte in line {
    if isInString {
      isInString = isEscaped || byte != UInt8(ascii: "\"")
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      continue
    }
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9") where !isFraction:
      guard number < 290_000_000_000_000_000 else { return true }
      number = number * 10 + UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "0")...UInt8(ascii: "9"): break
    default:
      isInString = byte == UInt8(ascii: "\"")
      isFraction = byte == UInt8(ascii: ".")
      number = 0
    }
  }
  return false
}
