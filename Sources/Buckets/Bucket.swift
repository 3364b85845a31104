/// Points of time series: all that a stage asks of a place where they are kept.
///
/// Used by one thread. Several may be open on the same points, in one process or many. Each point has a sequence, which only grows: a point
/// that is changed gets a new one. What is asked for many points is one call, so that a backend is free in how it does it.
public protocol Bucket: AnyObject {
  var options: BucketOptions { get }

  // MARK: - Its place

  /// Where it is, for people: the path of its file.
  var location: String { get }

  /// Whether something else is at its place by now: its file was deleted or replaced, and whoever opens the bucket gets
  /// another one.
  var isReplaced: Bool { get }

  /// Opens what is at its place now, making it if there is nothing.
  ///
  /// Places of series stay; numbers of series and sequences that were read before mean nothing from here on.
  ///
  /// - Throws: `BucketError`; then the one that was open before still is.
  func reopen() throws(BucketError)

  // MARK: - Writing

  /// The series that points name by their places.
  var series: SeriesTable { get }

  /// Called in the middle of each writing of points, when a part of them is written.
  var whenHalfWritten: () -> Void { get set }

  /// Forgets the series that were met, to save memory; places that were given out mean nothing from here on.
  func forgetSeries()

  /// Adds points that came in records, all or none; nothing is lost to another point at its time.
  ///
  /// Another record's point of the same series and time stays, and the new one is put at the next free nanosecond. The
  /// same record's, which comes again after a crash, is found and nothing is changed; and so is another record's if it is
  /// the same by the point's mark. Of numbers that have many others between them the first may be forgotten.
  ///
  /// - Parameters:
  ///   - points: Those of one partition in the order of their offsets.
  ///   - topics: Their names, at the places that the origins of the points name.
  /// - Returns: What became of them.
  /// - Throws: `BucketError`; then none is there.
  func append(_ points: [Point], topics: [String]) throws(BucketError) -> PointCounts

  /// Writes points in place of those at their times, if they say something else, and leaves numbers with them; all or
  /// nothing.
  ///
  /// - Parameters:
  ///   - points: With no origin.
  ///   - states: As `setState` leaves them, by their keys.
  /// - Returns: What became of the points.
  /// - Throws: `BucketError`; then nothing is there.
  func put(_ points: [Point], states: [String: Int64]) throws(BucketError) -> PointCounts

  /// Keeps records that can be no points, all or none; one that is here already stays as it is.
  func keep(_ letters: [KeptLetter]) throws(BucketError)

  /// A number that a stage has left here, such as how far it is; nil if there is none.
  func state(_ key: String) throws(BucketError) -> Int64?

  /// Leaves a number here.
  func setState(_ key: String, _ number: Int64) throws(BucketError)

  /// Deletes points that are older than they are to be kept, a portion at each call.
  ///
  /// The newest point of the bucket stays, however old it is, for the next one's sequence is told by it.
  ///
  /// - Parameters:
  ///   - now: Nanoseconds since 1970 UTC.
  ///   - limit: How many points at most.
  /// - Returns: How many were deleted.
  /// - Throws: `BucketError`; then none is.
  func expire(now: Int64, limit: Int) throws(BucketError) -> Int

  // MARK: - Reading

  /// Runs `body`, which reads the bucket as it is now, whatever others write meanwhile.
  func snapshot<R>(_ body: () throws(BucketError) -> R) throws(BucketError) -> R

  /// The series whose numbers are above `id`, in their order, at most `limit`; a new series has a higher number than those
  /// before it.
  func series(after id: Int64, limit: Int) throws(BucketError) -> [(id: Int64, series: Series)]

  /// The highest sequence; 0 for an empty bucket.
  func lastSequence() throws(BucketError) -> Int64

  /// Hands out the points after a sequence in their order, at most `limit`.
  func points(after sequence: Int64, limit: Int, _ body: (StoredPoint) -> Void) throws(BucketError)

  /// Hands out the series and times of the points after a sequence, in their order, at most `limit`.
  ///
  /// - Returns: The sequence of the last; nil if there was none.
  func times(
    after sequence: Int64,
    limit: Int,
    _ body: (_ series: Int64, _ time: Int64) -> Void,
  ) throws(BucketError) -> Int64?

  /// The last point of a series in a range of times that says its fuel.
  func last(of series: Int64, in range: Range<Int64>) throws(BucketError) -> StoredPoint?

  /// The time of the first point of a series from a time on that says its fuel.
  func first(of series: Int64, from time: Int64) throws(BucketError) -> Int64?
}

extension Bucket {
  /// Writes points as the other `put` does, and leaves no number.
  public func put(_ points: [Point]) throws(BucketError) -> PointCounts {
    try put(points, states: [:])
  }

  /// Deletes a portion of what is old; see the other `expire`.
  public func expire(now: Int64) throws(BucketError) -> Int { try expire(now: now, limit: 2000) }
}
