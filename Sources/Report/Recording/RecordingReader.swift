public import Dashboard
import FoundationEssentials
import System

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
  public var description: String
}

/// Reads the events of a recording one by one.
///
/// A recording that was cut off ends at its last whole event.
public final class RecordingReader {
  /// What the state begins with.
  public let options: DashboardOptions
  private let lines: LineReader
  private let decoder = JSONDecoder()

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
    guard let line = (try? lines.next()) ?? nil else { return nil }
    return try? decoder.decode(Event.self, from: Data(line))
  }
}
