import HTTPServer
@testable import System
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct PageServerTests {
  private func serve(host: String = "127.0.0.1") throws -> (server: PageServer, port: Int) {
    let socket = try ListeningSocket(host: host, port: 0)
    let server = try PageServer(on: socket) { path in
      switch path {
      case "/good": Page("well\n")
      case "/bad": Page(status: 503, type: "text/x", "ü: ill\n")
      case "/long": Page(String(repeating: "long", count: 100_000))
      default: nil
      }
    }
    return (server, socket.port)
  }

  @Test(arguments: [
    ("GET /good HTTP/1.1", 200, "well\n"), ("GET /good?a=b HTTP/1.0", 200, "well\n"),
    ("GET /bad HTTP/1.1", 503, "ü: ill\n"), ("HEAD /good HTTP/1.1", 200, ""),
    ("GET / HTTP/1.1", 404, "there is no such page\n"),
    ("GET /good/../bad HTTP/1.1", 404, "there is no such page\n"),
    ("POST /good HTTP/1.1", 405, "only GET and HEAD\n"),
    ("DELETE /good HTTP/1.1", 405, "only GET and HEAD\n"),
    ("OPTIONS * HTTP/1.1", 405, "only GET and HEAD\n"),
    ("GET /good HTTP/1.1\r\nContent-Length: 1000000", 200, "well\n"),
    (
      "POST /good HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5", 405, "only GET and HEAD\n"
    ),
  ])
  func answersRequests(request: String, status: Int, body: String) throws {
    let (server, port) = try serve()
    let answer = try #require(
      try RawClient.answer(to: "\(request)\r\nHost: x\r\n\r\n", port: port)
    )
    #expect(answer.hasPrefix("HTTP/1."))
    #expect(answer.split(separator: " ").dropFirst().first == "\(status)", "\(answer)")
    #expect(answer.hasSuffix("\r\n\r\n" + body), "\(answer)")
    #expect(answer.contains("\r\nAllow: GET, HEAD\r\n") == (status == 405))
    server.stop()
    server.stop()
  }

  @Test func itsAnswersAreRead() throws {
    let (server, port) = try serve()
    func get(_ path: String, limit: Int = 1 << 20) throws(ReachError) -> HTTPAnswer {
      try getPage(host: "127.0.0.1", port: port, path: path, limit: limit)
    }
    #expect(try get("/bad") == HTTPAnswer(status: 503, body: Array("ü: ill\n".utf8)))
    #expect(try get("/long").body.count == 400_000)
    #expect(throws: ReachError.unreachable("the answer is too long")) {
      try get("/long", limit: 399_999)
    }
    server.stop()
    #expect(throws: ReachError.self) { try get("/good") }
  }

  @Test func servesOverIPv6() throws {
    guard let (server, port) = try? serve(host: "::1") else { return }
    let answer = try RawClient.answer(to: "GET /good HTTP/1.0\r\n\r\n", port: port, isIPv6: true)
    #expect(answer?.hasSuffix("well\n") == true)
    #expect(try getPage(host: "::1", port: port, path: "/good").status == 200)
    server.stop()
  }

  @Test func survivesWhatIsNoRequest() throws {
    let (server, port) = try serve()
    var random = SystemRandomNumberGenerator()
    let lines = [
      "", "\r\n\r\n", "GET", "GET /good", "GET /good HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}",
      "GET /\(String(repeating: "x", count: 100_000)) HTTP/1.1\r\n\r\n",
      "GET /good HTTP/1.1\r\n\(String(repeating: "A: b\r\n", count: 10_000))\r\n",
      "GET /good HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
      "GET /good HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
      "POST /good HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      "GET %00%ff%zz HTTP/1.1\r\n\r\n", "GET /good HTTP/1.1\r\nA\0: b\r\n\r\n",
    ]
    for line in lines { try RawClient(port: port).send(line) }
    for _ in 0..<500 {
      let count = Int.random(in: 0...300, using: &random)
      try RawClient(port: port).send((0..<count).map { _ in .random(in: 0 ... .max) })
    }
    #expect(
      try RawClient.answer(to: "GET /good HTTP/1.0\r\n\r\n", port: port)?.hasSuffix("well\n")
        == true
    )
    server.stop()
  }

  @Test func aThousandClientsThatSayNothingGoAgain() throws {
    let (server, port) = try serve()
    var silent: [RawClient] = []
    // What the server has not taken yet waits in the queue of its socket, which is short.
    for _ in 0..<150 { silent.append(try RawClient(port: port)) }
    for _ in 0..<20 { for client in silent.prefix(50) { client.send("G") } }
    silent.removeAll()
    for _ in 0..<1000 { _ = try RawClient(port: port) }
    #expect(
      try RawClient.answer(to: "GET /good HTTP/1.0\r\n\r\n", port: port)?.hasSuffix("well\n")
        == true
    )
    server.stop()
  }

  @Test func aClientThatIsTooSlowIsLeft() throws {
    let (server, port) = try serve()
    let slow = try RawClient(port: port)
    slow.send("GET /good HT")
    // The server closes the connection.
    #expect(slow.answer(within: 60) != nil)
    server.stop()
  }

  @Test func saysWhichAddressCannotBeHad() throws {
    let (server, port) = try serve()
    do {
      _ = try ListeningSocket(host: "127.0.0.1", port: port)
      Issue.record("listened twice")
    } catch {
      #expect("\(error)" == "cannot listen on 127.0.0.1:\(port): Address already in use")
    }
    #expect(throws: SystemError.self) { try ListeningSocket(host: "192.0.2.1", port: 0) }
    #expect(throws: SystemError.self) { try ListeningSocket(host: "no.such.invalid", port: 0) }
    server.stop()
    let socket = try ListeningSocket(host: "127.0.0.1", port: port)
    try PageServer(on: socket) { _ in nil }.stop()
  }
}
