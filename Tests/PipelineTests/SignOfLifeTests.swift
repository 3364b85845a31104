import Glibc
import System
import TestSupport
import Testing

@testable import Pipeline
@testable import egpipe

/// What a service manager hears, on a socket as it has one.
struct SignOfLifeTests {
  private func manager(_ socket: NotifySocket, watchdog: String? = nil) throws -> ServiceManager {
    var environment = Environment(["NOTIFY_SOCKET": socket.name])
    environment.values["WATCHDOG_USEC"] = watchdog
    return try #require(ServiceManager(environment))
  }

  @Test func tellsOfBeginningAndEndAndHowItIs() throws {
    try withFolder { folder in
      let socket = try NotifySocket("\(folder)/notify")
      let runner = try StageRunner(IdleStage("sink"), IdleStage("task"))
      var sign = SignOfLife(
        try manager(socket),
        Monitor(runner.supervisor, version: "1", standstill: .max)
      )
      sign.tellReady()
      sign.tell(now: 100_000_000_000)
      // Too soon for the next.
      sign.tell(now: 109_000_000_000)
      sign.tell(now: 110_000_000_000)
      sign.tellStopping()
      #expect(
        socket.heard == [
          "READY=1", "STATUS=sink, task: ok", "STATUS=sink, task: ok",
          "STOPPING=1\nSTATUS=finishing what is begun",
        ]
      )
      runner.stop()
    }
  }

  @Test func aStageThatStandsStillEndsTheSignsOfLife() throws {
    try withFolder { folder in
      let socket = try NotifySocket("\(folder)/notify")
      let manager = try manager(socket, watchdog: "20000000")
      let runner = try StageRunner(IdleStage())
      let well = Monitor(runner.supervisor, version: "1", standstill: .max)
      let still = Monitor(runner.supervisor, version: "1", standstill: .min)
      var sign = SignOfLife(manager, well)
      let start: Int64 = 100_000_000_000
      sign.tell(now: start)
      sign.tell(now: start + 9_000_000_000)
      sign.tell(now: start + 10_000_000_000)
      #expect(socket.heard.filter { $0 == "WATCHDOG=1" }.count == 2)
      sign = SignOfLife(manager, still)
      for second in 0..<60 { sign.tell(now: start + Int64(second) * 1_000_000_000) }
      let heard = socket.heard
      #expect(!heard.contains("WATCHDOG=1"))
      #expect(heard.count == 6)
      #expect(heard.allSatisfy { $0.hasPrefix("STATUS=sink: stands still, for ") })
      runner.stop()
    }
  }

  @Test func theProgramTellsIt() throws {
    try withFolder { folder in
      let socket = try NotifySocket("\(folder)/notify")
      var environment = Environment.current()
      environment.values["NOTIFY_SOCKET"] = socket.name
      environment.values["WATCHDOG_USEC"] = "400000"
      let child = try ChildProcess.start(
        BuiltPrograms.egpipe,
        ["task", "--store", folder],
        environment: environment,
        output: "\(folder)/output"
      )
      var heard: [String] = []
      #expect(
        holds {
          heard += socket.heard
          return heard.filter { $0 == "WATCHDOG=1" }.count >= 3
            && heard.contains("STATUS=task: ok")
        }
      )
      #expect(heard.first == "READY=1")
      #expect(child.terminate(withinNanoseconds: 15_000_000_000) == .code(0))
      #expect(socket.heard.last?.hasPrefix("STOPPING=1\n") == true)
    }
  }
}

/// A socket that datagrams come to.
final class NotifySocket {
  let name: String
  private let descriptor: Int32

  init(_ path: String) throws {
    name = path
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(code == 0)
  }

  deinit {
    close(descriptor)
    unlink(name)
  }

  /// What has come since this was last read.
  var heard: [String] {
    var messages: [String] = []
    var bytes = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
      guard count >= 0 else { return messages }
      messages.append(String(decoding: bytes[..<count], as: UTF8.self))
    }
  }
}
