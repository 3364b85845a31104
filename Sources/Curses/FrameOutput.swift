import System

/// The bytes on their way to the terminal: one `write(2)` for each frame, and the rest when it takes more.
struct FrameOutput {
  /// What the terminal has not taken yet.
  private(set) var unsent: ArraySlice<UInt8> = []
  private(set) var figures = ScreenFigures()
  private(set) var isHungUp = false

  var isClear: Bool { unsent.isEmpty }

  /// Sends what makes up one frame.
  ///
  /// The terminal must have taken all of the last one.
  mutating func send(frame: [UInt8], to terminal: TerminalDescriptor) {
    figures.frames += 1
    figures.lastFrameBytes = frame.count
    send(frame, to: terminal)
  }

  /// Sends what is not part of a frame, behind what waits.
  mutating func send(_ bytes: [UInt8], to terminal: TerminalDescriptor) {
    if unsent.isEmpty { unsent = bytes[...] } else { unsent += bytes }
    flush(to: terminal)
  }

  /// Sends more of what waits; never blocks.
  mutating func flush(to terminal: TerminalDescriptor) {
    while !unsent.isEmpty, !isHungUp {
      switch terminal.write(unsent) {
      case .bytes(let count):
        figures.writes += 1
        figures.totalBytes += count
        unsent = unsent.dropFirst(count)
      case .wouldBlock:
        figures.pendingBytes = unsent.count
        return
      case .hangup:
        isHungUp = true
        unsent = []
      }
    }
    figures.pendingBytes = 0
  }

  mutating func countSkipped() { figures.skippedFrames += 1 }

  mutating func setHungUp() { isHungUp = true }

  /// Forgets what waits; the terminal is then anywhere within a sequence.
  mutating func drop() {
    unsent = []
    figures.pendingBytes = 0
  }
}
