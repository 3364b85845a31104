internal import System

/// The usual figures of a process, by the names that all exporters have for them.
struct ProcessFigures: Sendable {
  /// Nanoseconds since 1970 UTC.
  private let start = wallNanoseconds()

  func add(to text: inout MetricsText) {
    let usage = ProcessUsage.current()
    let rows = [
      (
        FigureRow("resident memory", .gauge, .byte, "Memory of the process that is resident."),
        Double(usage.residentBytes)
      ),
      (
        FigureRow("cpu", .counter, .second, "Time of processors that the process has used."),
        usage.processorSeconds
      ),
      (
        FigureRow("open fds", .gauge, .descriptor, "Open descriptors."),
        Double(usage.openDescriptors)
      ),
      (
        FigureRow("start time", .gauge, .second, "When the process started, since 1970 UTC."),
        Double(start / 1000) / 1e6
      ),
    ]
    for (row, value) in rows { text.add(row, value, prefix: "process_") }
  }
}
