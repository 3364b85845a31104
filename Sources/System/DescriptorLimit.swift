internal import Glibc

/// Lets this process open this many descriptors, as far as the hard limit allows, and returns how many it may now.
///
/// Never lowers the limit. Programs that are started afterwards inherit it.
///
/// - Throws: `SystemError` when the system refuses.
@discardableResult
public func raiseDescriptorLimit(to count: Int) throws(SystemError) -> Int {
  var limit = rlimit()
  let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  guard getrlimit(files, &limit) == 0 else { throw SystemError("getrlimit") }
  let goal = min(rlim_t(max(0, count)), limit.rlim_max)
  if goal > limit.rlim_cur {
    limit.rlim_cur = goal
    guard setrlimit(files, &limit) == 0 else { throw SystemError("setrlimit") }
  }
  return Int(clamping: limit.rlim_cur)
}
