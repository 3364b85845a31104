internal import Glibc

/// What this process uses of the machine.
public struct ProcessUsage: Sendable {
  public let residentBytes: Int
  /// Of all processors, for itself and in the kernel.
  public let processorSeconds: Double
  public let openDescriptors: Int

  /// As it is now; 0 for what the system does not tell.
  public static func current() -> ProcessUsage {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let times = [usage.ru_utime, usage.ru_stime]
    return ProcessUsage(
      residentBytes: residentPages() * sysconf(Int32(_SC_PAGESIZE)),
      processorSeconds: times.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 },
      openDescriptors: countDescriptors()
    )
  }

  /// The second number of `statm`; see proc(5).
  private static func residentPages() -> Int {
    guard let bytes = try? readFile("/proc/self/statm", limit: 4096) else { return 0 }
    let words = String(decoding: bytes, as: UTF8.self).split(separator: " ")
    return words.count > 1 ? Int(words[1]) ?? 0 : 0
  }

  private static func countDescriptors() -> Int {
    guard let folder = opendir("/proc/self/fd") else { return 0 }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    // Without "." and "..", and the descriptor that reads the folder.
    return max(0, count - 3)
  }
}
