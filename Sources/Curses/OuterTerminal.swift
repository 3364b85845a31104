import FoundationEssentials
import System

/// What is meant for the terminal that the operator sits at, through a multiplexer if there is one between.
struct OuterTerminal {
  enum Multiplexer: Equatable {
    case none, tmux, screen
  }

  let multiplexer: Multiplexer
  /// Whether it is of a kind that understands OSC sequences or at least passes over them.
  let takesCommands: Bool
  private let alert: ScreenOptions.Alert

  /// - Parameters:
  ///   - name: The terminal's type.
  ///   - alert: How it is to ask for attention.
  ///   - environment: Looked at for what multiplexers and terminals say of themselves.
  init(name: String, alert: ScreenOptions.Alert, environment: Environment) {
    let lower = name.lowercased()
    if environment["TMUX"] != nil || lower.hasPrefix("tmux") {
      multiplexer = .tmux
    } else if environment["STY"] != nil || lower.hasPrefix("screen") {
      multiplexer = .screen
    } else {
      multiplexer = .none
    }
    takesCommands = multiplexer != .none || TerminalKind.hasTitle(name)
    self.alert = alert == .auto ? Self.alert(of: lower, takesCommands, environment) : alert
  }

  /// Whether anything is ever sent to ask for attention.
  var alerts: Bool { alert != .off }

  /// The kind of notification that the terminal is known for.
  ///
  /// OSC 777 is understood by most: VTE, Konsole, foot, urxvt, WezTerm, ghostty. Only one is sent, since some
  /// terminals would show each.
  private static func alert(
    of name: String,
    _ takesCommands: Bool,
    _ environment: Environment,
  ) -> ScreenOptions.Alert {
    guard takesCommands else { return .off }
    if name.contains("kitty") || environment["KITTY_WINDOW_ID"] != nil { return .osc99 }
    let program = (environment["LC_TERMINAL"] ?? environment["TERM_PROGRAM"] ?? "").lowercased()
    return program.hasPrefix("iterm") || environment["WT_SESSION"] != nil ? .osc9 : .osc777
  }

  /// The bytes that ring, and unless the operator is looking, show `text` outside of the window.
  ///
  /// The bell is always there: multiplexers may keep the rest to themselves.
  func attention(_ text: String, isSeen: Bool) -> [UInt8] {
    guard alerts else { return [] }
    let words = Self.harmless(text)
    let command: String? =
      switch alert {
      case .off, .bell, .auto: nil
      case .osc9: "9;\(words)"
      case .osc777: "777;notify;egtop;\(words)"
      case .osc99: "99;;egtop: \(words)"
      }
    guard let command, !isSeen else { return [0x07] }
    return wrapped(Array("\u{1B}]\(command)\u{1B}\\".utf8)) + [0x07]
  }

  /// The bytes that put `text` into the clipboard (OSC 52); nil if it is too long or there is none.
  func copy(_ text: String) -> [UInt8]? {
    let encoded = Data(text.utf8).base64EncodedData()
    guard takesCommands, encoded.count <= 74_994 else { return nil }
    let command = Array("\u{1B}]52;c;".utf8) + encoded + [0x07]
    // tmux may take it for its own buffer and pass it on, or pass on what is wrapped: after its settings.
    return multiplexer == .tmux ? command + wrapped(command) : wrapped(command)
  }

  private func wrapped(_ command: [UInt8]) -> [UInt8] {
    switch multiplexer {
    case .none: return command
    case .tmux:
      let doubled = command.flatMap { $0 == 0x1B ? [0x1B, 0x1B] : [$0] }
      return Array("\u{1B}Ptmux;".utf8) + doubled + Array("\u{1B}\\".utf8)
    case .screen:
      // It takes at most 768 bytes at once, and an escape with a backslash would be the end.
      let ended = command.suffix(2) == [0x1B, 0x5C] ? command.dropLast(2) + [0x07] : command
      let parts = stride(from: 0, to: ended.count, by: 700).map { start in
        Array(ended[start..<min(start + 700, ended.count)])
      }
      return parts.flatMap { Array("\u{1B}P".utf8) + $0 + Array("\u{1B}\\".utf8) }
    }
  }

  /// At most 200 characters, none of which can end or start a sequence.
  private static func harmless(_ text: String) -> String {
    let scalars = text.unicodeScalars.filter {
      $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
    }
    return String(String.UnicodeScalarView(scalars.prefix(200)))
  }
}
