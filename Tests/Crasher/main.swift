internal import Glibc
internal import System

/// Makes a terminal raw as egtop does and crashes: `crasher TERMINAL trap|overflow|SIGNAL main|thread`, where the signal is
/// a number.
///
/// Its terminal is to have got "restored" and its modes back.
private func useUpTheStack(_ depth: Int) -> Int {
  depth < 0 ? 0 : 1 + useUpTheStack(depth + 1)
}

@Sendable private func crash(of cause: String) {
  if cause == "overflow" { writeText("\(useUpTheStack(0))\n") }
  if let number = Int32(cause) { raise(number) }
  let none: [Int] = []
  writeText("\(none[cause.count])\n")
}

private let words = CommandLine.arguments.dropFirst()
guard words.count == 3, let path = words.first, let place = words.last else { exit(2) }
private let cause = words.dropFirst().prefix(1).joined()
private var noCore = rlimit(rlim_cur: 0, rlim_max: 0)
_ = unsafe setrlimit(__rlimit_resource_t(4), &noCore)
private let terminal = try TerminalDescriptor(path: path)
try terminal.makeRaw(restoring: Array("restored".utf8))
if place == "main" { crash(of: cause) }
try startThread(name: "crasher") { crash(of: cause) }.join()
