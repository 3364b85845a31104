internal import CSystem

/// Lets this process open this many descriptors, as far as the hard limit allows, and returns how many it may now.
///
/// Never lowers the limit. Programs that are started afterwards inherit it.
///
/// - Throws: `SystemError` when the system refuses.
@discardableResult
public func raiseDescriptorLimit(to count: Int) throws(SystemError) -> Int {
  let limit = CSystem_raiseDescriptorLimit(Int64(count))
  guard limit >= 0 else { throw SystemError("setrlimit") }
  return Int(limit)
}
