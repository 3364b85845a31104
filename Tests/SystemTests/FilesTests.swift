import Glibc
import System
import TestSupport
import Testing

struct FilesTests {
  @Test func replacesAFileInOneStep() throws {
    let folder = try makeTemporaryDirectory(prefix: "egtop-files")
    defer { removeFlatDirectory(folder) }
    let path = "\(folder)/state"
    try writeFileAtomically(path, Array("first".utf8), mode: 0o600)
    try writeFileAtomically(path, Array("second".utf8), mode: 0o600)
    #expect(try readFile(path, limit: 100) == Array("second".utf8))
    #expect(try !isReadableByOthers(path))
    #expect(chmod(path, 0o640) == 0)
    #expect(try isReadableByOthers(path))
  }

  @Test func refusesFilesThatAreTooLargeOrNotThere() throws {
    let folder = try makeTemporaryDirectory(prefix: "egtop-files")
    defer { removeFlatDirectory(folder) }
    try writeFileAtomically("\(folder)/large", [UInt8](repeating: 1, count: 100))
    #expect(try readFile("\(folder)/large", limit: 100).count == 100)
    #expect(throws: SystemError(action: "cannot read \(folder)/large", code: EFBIG)) {
      try readFile("\(folder)/large", limit: 99)
    }
    let missing = #expect(throws: SystemError.self) { try readFile("\(folder)/none", limit: 9) }
    #expect(missing?.description == "cannot open \(folder)/none: No such file or directory")
  }

  @Test func cleansUpATemporaryFolder() throws {
    let folder = try makeTemporaryDirectory(prefix: "egtop-files")
    try writeFileAtomically("\(folder)/one", [])
    removeFlatDirectory(folder)
    #expect(!fileExists(folder))
  }

  @Test func findsProgramsInThePath() {
    let environment = Environment(["PATH": "/nowhere:/bin", "EMPTY": ""])
    #expect(environment.executable("sh") == "/bin/sh")
    #expect(environment.executable("no-such-program") == nil)
    #expect(environment[("EMPTY")] == nil)
    #expect(Environment.current()["PATH"] != nil)
  }

  @Test func namesThisMachineAndUser() throws {
    #expect(!hostName().isEmpty)
    #expect(!userName().isEmpty)
    #expect(randomBytes(count: 16) != randomBytes(count: 16))
    #expect((1024...65_535).contains(try freeLoopbackPort()))
  }
}
