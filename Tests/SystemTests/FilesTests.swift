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
    #expect(try !isOpenToOthers(path))
    #expect(chmod(path, 0o640) == 0)
    #expect(try isOpenToOthers(path))
    // Who can change a secret can put another in its place.
    #expect(chmod(path, 0o602) == 0)
    #expect(try isOpenToOthers(path))
  }

  @Test func aTemporaryFolderHasAWholePath() throws {
    let environment = Environment(["TMPDIR": "."])
    let folder = try makeTemporaryDirectory(prefix: "egtop-files", environment: environment)
    defer { removeFlatDirectory(folder) }
    #expect(folder.hasPrefix("/"))
    #expect(throws: SystemError.self) {
      try makeTemporaryDirectory(prefix: "x", environment: Environment(["TMPDIR": "/nowhere"]))
    }
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

  /// Whoever names a file may be somebody else than who reads the message.
  @Test func namesAFileWithoutWhatItsNameWouldDoToATerminal() throws {
    let name = "/nowhere/a\u{1B}[2J\nb\u{202E}"
    let error = #expect(throws: SystemError.self) { try readFile(name, limit: 1) }
    let words = "cannot open /nowhere/a\u{FFFD}[2J\u{FFFD}b\u{FFFD}: No such file or directory"
    #expect(error?.description == words)
  }

  @Test func looksAtFilesThatLibrariesAreToOpen() throws {
    let folder = try makeTemporaryDirectory(prefix: "egtop-files")
    defer { removeFlatDirectory(folder) }
    let (pipe, file) = ("\(folder)/pipe", "\(folder)/file")
    try #require(mkfifo(pipe, 0o600) == 0)
    try writeNewFile(file, [1])
    try checkReadable(file)
    try checkReadable(folder, acceptsFolder: true)
    for path in [pipe, folder, "/dev/zero", "\(folder)/none"] {
      let error = #expect(throws: SystemError.self) { try checkReadable(path) }
      #expect(error?.description.contains(path) == true)
    }
    #expect(throws: SystemError.self) { try checkReadable(pipe, acceptsFolder: true) }
  }

  /// To open a pipe that nobody writes to waits for ever, and to read a device may.
  @Test func refusesWhatIsNoPlainFileAtOnce() throws {
    let folder = try makeTemporaryDirectory(prefix: "egtop-files")
    defer { removeFlatDirectory(folder) }
    let pipe = "\(folder)/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    let kinds = [(pipe, "a pipe"), (folder, "a folder"), ("/dev/zero", "a device")]
    for (path, kind) in kinds {
      let expected = "cannot use \(path): it is \(kind), not a file"
      let read = #expect(throws: SystemError.self) { try readFile(path, limit: 9) }
      #expect(read?.description == expected)
      let lines = #expect(throws: SystemError.self) { try LineReader(path: path, limit: 9) }
      #expect(lines?.description == expected)
    }
    let log = #expect(throws: SystemError.self) { try Log(to: .file("/dev/zero")) }
    #expect(log?.description == "cannot use /dev/zero: it is a device, not a file")
    #expect(throws: SystemError.self) { try Log(to: .file(pipe)) }
    #expect(throws: Never.self) { try Log(to: .file("/dev/null")) }
  }

  @Test func readsASecretFromAPipe() throws {
    let folder = try makeTemporaryDirectory(prefix: "egtop-files")
    defer { removeFlatDirectory(folder) }
    let pipe = "\(folder)/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    let writer = try startThread(name: "writer") {
      let descriptor = open(pipe, O_WRONLY)
      write(descriptor, "s3", 2)
      write(descriptor, "cret\n", 5)
      close(descriptor)
    }
    #expect(try readFileOrPipe(pipe, limit: 100) == Array("s3cret\n".utf8))
    writer.join()
    #expect(throws: SystemError.self) { try readFileOrPipe(folder, limit: 100) }
  }

  @Test func doesNotWaitForASecretForEver() throws {
    let folder = try makeTemporaryDirectory(prefix: "egtop-files")
    defer { removeFlatDirectory(folder) }
    let pipe = "\(folder)/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    let error = #expect(throws: SystemError.self) { try readFileOrPipe(pipe, limit: 100) }
    #expect(error?.description.contains("did not come within 5 s") == true)
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
