import Glibc
import TestSupport
import Testing

@testable import System

struct ServiceManagerTests {
  @Test(arguments: [
    [:], ["NOTIFY_SOCKET": ""], ["NOTIFY_SOCKET": "relative"], ["NOTIFY_SOCKET": "@"],
    ["NOTIFY_SOCKET": "vsock:1:2"], ["NOTIFY_SOCKET": "/" + String(repeating: "x", count: 108)],
  ])
  func nobodyIsToldWhereThereIsNoSocket(variables: [String: String]) {
    #expect(ServiceManager(Environment(variables)) == nil)
  }

  @Test(arguments: [
    (nil, nil, nil), ("30000000", nil, 30_000_000_000), ("30000000", "1", nil),
    ("30000000", "\(getpid())", 30_000_000_000), ("0", nil, nil), ("-5", nil, nil),
    ("x", nil, nil), ("99999999999999999999", nil, nil), ("9223372036854775807", nil, nil),
  ])
  func theWatchdogIsOurs(microseconds: String?, process: String?, expected: Int64?) throws {
    var environment = Environment(["NOTIFY_SOCKET": "/run/x"])
    environment.values["WATCHDOG_USEC"] = microseconds
    environment.values["WATCHDOG_PID"] = process
    #expect(try #require(ServiceManager(environment)).watchdogNanoseconds == expected)
  }

  @Test func aSocketThatIsGoneDoesNoHarm() throws {
    let environment = Environment(["NOTIFY_SOCKET": "/nonexistent/socket"])
    try #require(ServiceManager(environment)).tell("READY=1")
  }

  @Test func aNameWithoutAFileIsReached() throws {
    let name = "egtop-test-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: [0] + Array(name.utf8)) }
    let size = socklen_t(2 + 1 + name.utf8.count)
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
    }
    try #require(code == 0)
    let manager = try #require(ServiceManager(Environment(["NOTIFY_SOCKET": "@" + name])))
    manager.tell("READY=1\nSTATUS=ok")
    var bytes = [UInt8](repeating: 0, count: 100)
    let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
    try #require(count > 0)
    #expect(String(decoding: bytes[..<count], as: UTF8.self) == "READY=1\nSTATUS=ok")
  }
}
