internal import CMicroHTTPD
public import System
internal import Synchronization

/// What a page says.
public struct Page: Equatable, Sendable {
  /// As HTTP numbers it: 200, 503.
  public let status: Int
  /// As HTTP names it: `text/plain`.
  public let type: String
  public let text: String

  public init(status: Int = 200, type: String = "text/plain; charset=utf-8", _ text: String) {
    (self.status, self.type, self.text) = (status, type, text)
  }
}

/// Serves a few small pages over HTTP, on a thread of its own.
///
/// It takes GET and HEAD alone. At most 100 connections are open, each with 16 KiB and closed after its answer or after two
/// seconds without a byte, also where the other side has left in the middle of a request; who comes then waits for one to
/// end.
public final class PageServer: @unchecked Sendable {  // The library locks.
  private let daemon: OpaquePointer
  private let isStopped = Atomic(false)
  private let pages: Pages

  /// Serves on a socket, which is the server's from then on.
  ///
  /// Calls `MHD_start_daemon`.
  ///
  /// - Parameters:
  ///   - socket: Listens.
  ///   - page: Gives the page of a path, on the server's thread; nil for none. It must not block.
  /// - Throws: `SystemError` for lack of threads or descriptors.
  public init(
    on socket: ListeningSocket,
    _ page: @escaping @Sendable (_ path: String) -> Page?
  ) throws(SystemError) {
    pages = Pages(page: page)
    // The server keeps it, and has no thread any more when it goes.
    let context = Unmanaged.passUnretained(pages).toOpaque()
    let started = CMicroHTTPD_start(socket.descriptor, answer, context, 100, 16 << 10, 2)
    guard let started else {
      throw SystemError(action: "cannot serve HTTP", code: 0, words: "no thread or descriptor left")
    }
    daemon = started
  }

  deinit { stop() }

  /// Closes all connections and the socket; a second call does nothing.
  ///
  /// Calls `MHD_stop_daemon`.
  public func stop() {
    guard !isStopped.exchange(true, ordering: .relaxed) else { return }
    MHD_stop_daemon(daemon)
  }
}

/// What a server asks for its pages.
private final class Pages: Sendable {
  let page: @Sendable (String) -> Page?

  init(page: @escaping @Sendable (String) -> Page?) {
    self.page = page
  }
}

/// Answers a request as soon as its head has come; of a body nothing is read.
private func answer(
  _ context: UnsafeMutableRawPointer?,
  _ connection: OpaquePointer?,
  _ path: UnsafePointer<CChar>?,
  _ method: UnsafePointer<CChar>?,
  _ version: UnsafePointer<CChar>?,
  _ body: UnsafePointer<CChar>?,
  _ size: UnsafeMutablePointer<Int>?,
  _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let context, let connection, let path, let method else { return CMicroHTTPD_refuse }
  let pages = Unmanaged<Pages>.fromOpaque(context).takeUnretainedValue()
  let page =
    ["GET", "HEAD"].contains(String(cString: method))
    ? pages.page(String(cString: path)) ?? Page(status: 404, "there is no such page\n")
    : Page(status: 405, "only GET and HEAD\n")
  let text = Array(page.text.utf8)
  return text.withUnsafeBytes {
    CMicroHTTPD_answer(connection, UInt32(page.status), page.type, $0.baseAddress, $0.count)
  }
}
