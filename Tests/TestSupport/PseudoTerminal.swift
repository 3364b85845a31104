import Glibc
import System

/// A terminal without a window: what is written to it is read at `master`.
public final class PseudoTerminal {
  /// Non-blocking.
  public let master: Int32
  /// The path to open as a terminal.
  public let path: String
  /// Held open, so that the terminal's end does not look closed between two opens.
  private let slave: Int32
  private var isOpen = true

  /// `TIOCSPTLCK` and `TIOCGPTN`, which Swift does not import.
  private static let setLock: UInt = 0x4004_5431
  private static let getNumber: UInt = 0x8004_5430

  public init?(width: Int, height: Int) {
    let master = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
    guard master >= 0 else { return nil }
    var lock: Int32 = 0
    var number: Int32 = 0
    guard unsafe ioctl(master, Self.setLock, &lock) == 0,
      unsafe ioctl(master, Self.getNumber, &number) == 0
    else {
      close(master)
      return nil
    }
    self.master = master
    path = "/dev/pts/\(number)"
    slave = unsafe open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    resize(width: width, height: height)
  }

  deinit { hangUp() }

  public func resize(width: Int, height: Int) {
    var size = winsize(
      ws_row: UInt16(clamping: height),
      ws_col: UInt16(clamping: width),
      ws_xpixel: 0,
      ws_ypixel: 0
    )
    _ = unsafe ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// All bytes that are there now; empty if none.
  public func read() -> [UInt8] {
    var bytes: [UInt8] = []
    // The number may be another's by now.
    guard isOpen else { return bytes }
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe Glibc.read(master, $0.baseAddress, $0.count)
      }
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }

  /// Types `text`.
  public func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe write(master, $0.baseAddress, $0.count) }
  }

  /// All of its settings as the kernel keeps them, to be compared.
  public var settings: [UInt8] {
    var modes = termios()
    guard isOpen, unsafe tcgetattr(slave, &modes) == 0 else { return [] }
    return unsafe withUnsafeBytes(of: modes) { unsafe Array($0) }
  }

  /// Whether keys are echoed and lines are edited, as in a shell.
  public var isCooked: Bool {
    var modes = termios()
    _ = unsafe tcgetattr(slave, &modes)
    return modes.c_lflag & UInt32(ECHO | ICANON | ISIG) == UInt32(ECHO | ICANON | ISIG)
  }

  /// Closes both ends, as when a connection breaks.
  public func hangUp() {
    guard isOpen else { return }
    isOpen = false
    close(slave)
    close(master)
  }
}
