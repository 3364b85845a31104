import Glibc
import System
import Terminal
import TestSupport
import Testing
import Themes

@testable import Curses

/// A screen on a pseudo terminal, and the small terminal that reads it.
final class Bench {
  let pty: PseudoTerminal
  let screen: CursesScreen
  var terminal: VirtualTerminal

  init(
    width: Int = 80,
    height: Int = 24,
    theme: String = "iron",
    term: String = "xterm-256color",
    color: ScreenOptions.Color = .auto,
    glyphs: ScreenOptions.GlyphSet = .auto,
    alert: ScreenOptions.Alert = .auto,
    inlineRows: Int? = nil,
    before: String = "",
    variables: [String: String] = ["LANG": "C.UTF-8"],
  ) throws {
    pty = try #require(PseudoTerminal(width: width, height: height))
    let options = ScreenOptions(
      theme: try #require(Theme.named(theme)),
      terminal: term,
      device: pty.path,
      color: color,
      glyphs: glyphs,
      alert: alert,
      inlineRows: inlineRows,
      environment: Environment(variables),
    )
    screen = try CursesScreen(options)
    terminal = VirtualTerminal(width: width, height: height)
    terminal.feed(Array(before.utf8))
  }

  var canvas: Canvas { Canvas(width: screen.size.width, height: screen.size.height) }

  /// What the screen sent since the last call.
  @discardableResult
  func receive() -> [UInt8] {
    let bytes = pty.read()
    terminal.feed(bytes)
    return bytes
  }
}

/// Tests that open a screen: one at a time, since ncurses is global.
@Suite(.serialized) enum ScreenTests {}
