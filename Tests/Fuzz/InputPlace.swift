internal import Glibc
internal import System

/// A file in memory with the input that is being tried: it outlives the program.
struct InputPlace {
  private let memory: UnsafeMutableRawBufferPointer

  init(path: String) throws(SystemError) {
    let size = 128 << 10
    let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0, ftruncate(descriptor, size) == 0,
      let start = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
      start != MAP_FAILED
    else { throw SystemError(action: "keep inputs in \(path)", code: errno) }
    close(descriptor)
    memory = UnsafeMutableRawBufferPointer(start: start, count: size)
  }

  func keep(_ input: [UInt8]) {
    memory.storeBytes(of: UInt32(input.count).littleEndian, as: UInt32.self)
    UnsafeMutableRawBufferPointer(rebasing: memory.dropFirst(4)).copyBytes(from: input)
  }
}

/// Messages to begin with.
struct Corpus {
  private let files: [String: [[UInt8]]]

  init(folder: String) throws(SystemError) {
    var files: [String: [[UInt8]]] = [:]
    for name in Corpus.names {
      let bytes = try readFile("\(folder)/\(name)", limit: 8 << 20)
      files[name] = bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
    }
    self.files = files
  }

  private static let names = ["payloads", "records", "topics", "lines", "settings", "events"]

  subscript(name: String) -> [[UInt8]] { files[name] ?? [] }
}
