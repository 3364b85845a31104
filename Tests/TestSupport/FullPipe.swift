import Glibc
import System
import Testing

/// Makes a pipe that takes nothing any more: who writes to it blocks.
///
/// - Parameters:
///   - folder: Where it is made.
///   - body: Gets its path.
/// - Throws: What `body` throws, or when there can be no pipe.
public func withFullPipe(in folder: String, _ body: (String) throws -> Void) throws {
  let pipe = "\(folder)/pipe"
  let isMade = unsafe mkfifo(pipe, 0o600) == 0
  try #require(isMade)
  let reader = unsafe open(pipe, O_RDWR | O_NONBLOCK | O_CLOEXEC)
  try #require(reader >= 0)
  defer { close(reader) }
  let bytes = [UInt8](repeating: 0x61, count: 4096)
  while unsafe write(reader, bytes, bytes.count) > 0 {}
  try body(pipe)
}
