import System
import TestSupport
import Testing

struct DisposableDirectoryTests {
  private func isGone(_ path: String) -> Bool {
    let deadline = monotonicNanoseconds() + 10_000_000_000
    while fileExists(path) {
      if monotonicNanoseconds() > deadline { return false }
      sleepThread(nanoseconds: 5_000_000)
    }
    return true
  }

  @Test func goesWithAllThatIsInIt() throws {
    var folder: DisposableDirectory? = try DisposableDirectory(prefix: "egtop-test")
    let path = try #require(folder?.path)
    try writeFileAtomically("\(path)/file", [1, 2, 3])
    let inner = try makeTemporaryDirectory(prefix: "in", environment: Environment(["TMPDIR": path]))
    try writeFileAtomically("\(inner)/file", [1])
    #expect(fileExists("\(inner)/file"))
    folder = nil
    #expect(isGone(path))
  }

  @Test func isOfThisUserAlone() throws {
    let folder = try DisposableDirectory(prefix: "egtop-test")
    #expect(try !isOpenToOthers(folder.path))
  }
}
