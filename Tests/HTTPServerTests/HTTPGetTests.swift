import Glibc
@testable import System
import TestSupport
import Testing

/// What `getPage` makes of servers that are none, or have nothing to say.
@Suite(.timeLimit(.minutes(20)))
struct HTTPGetTests {
  /// Answers the first connection with some bytes and closes it.
  private func answer(_ text: String, to body: (Int) throws -> Void) throws {
    let socket = try ListeningSocket(host: "127.0.0.1", port: 0)
    defer { close(socket.descriptor) }
    let thread = try startThread(name: "answer") {
      var entry = pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0)
      poll(&entry, 1, 30_000)
      let connection = accept(socket.descriptor, nil, nil)
      guard connection >= 0 else { return }
      var request = [UInt8](repeating: 0, count: 4096)
      _ = recv(connection, &request, request.count, 0)
      _ = send(connection, text, text.utf8.count, Int32(MSG_NOSIGNAL))
      close(connection)
    }
    try body(socket.port)
    thread.join()
  }

  @Test(arguments: [
    "", "hello", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 x\r\n\r\n", "HTTP/2 200\r\n\r\n", "\r\n\r\n",
  ])
  func refusesWhatIsNoAnswer(text: String) throws {
    try answer(text) { port in
      #expect(throws: ReachError.unreachable("the answer is no HTTP")) {
        try getPage(host: "127.0.0.1", port: port, path: "/")
      }
    }
  }

  @Test func takesAnAnswerAsItIs() throws {
    try answer("HTTP/1.0 299\r\nA: b\r\n\r\n\r\n\r\nx") { port in
      let page = try getPage(host: "127.0.0.1", port: port, path: "/")
      #expect(page == HTTPAnswer(status: 299, body: Array("\r\n\r\nx".utf8)))
    }
  }

  @Test func doesNotWaitForEver() throws {
    let socket = try ListeningSocket(host: "127.0.0.1", port: 0)
    #expect(throws: ReachError.timedOut) {
      try getPage(
        host: "127.0.0.1",
        port: socket.port,
        path: "/",
        timeoutNanoseconds: 100_000_000
      )
    }
    close(socket.descriptor)
  }
}
