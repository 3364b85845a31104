internal import Glibc

// Feeds changed messages of real fleets, and bytes of chance, to everything that reads what others have written:
//
//     fuzz CORPUS INPUTS SEED FILE [NAME]
//
// CORPUS is a folder of files with a message in each line; the same seed gives the same inputs. FILE holds the input that
// is being tried, its length in four bytes before it, for when it kills the program or takes longer than a second. NAME
// chooses one parser.

let words = CommandLine.arguments
guard (5...6).contains(words.count), let count = Int(words[2]), let seed = UInt64(words[3]) else {
  print("fuzz CORPUS INPUTS SEED FILE [NAME]")
  exit(2)
}
do {
  let targets = try FuzzTarget.all(Corpus(folder: words[1])).filter {
    words.count < 6 || $0.name == words[5]
  }
  let shares = targets.reduce(0) { $0 + $1.share }
  let place = try InputPlace(path: words[4])
  for (number, target) in targets.enumerated() {
    var mutator = Mutator(
      seed: seed &+ UInt64(number) << 32,
      target.corpus,
      changesNumbers: target.changesNumbers
    )
    try target.run(max(1, count * target.share / shares), &mutator, place)
  }
} catch {
  print("fuzz: \(error)")
  exit(1)
}
