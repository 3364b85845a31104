internal import Glibc

// Feeds changed messages of real fleets, and bytes of chance, to everything that reads what others have written:
//
//     fuzz CORPUS INPUTS SEED FILE [NAME]
//
// CORPUS is a folder of files with a message in each line; the same seed gives the same inputs. FILE holds the input that
// is being tried, its length in four bytes before it, for when it kills the program or takes longer than a second. NAME
// chooses one parser.
//
//     fuzz CORPUS --guided NAME FOLDER [OPTION ...]
//
// Lets libFuzzer make the inputs of one parser, and keep them in FOLDER.

let words = CommandLine.arguments
if words.count >= 5, words[2] == "--guided" {
  do {
    let target = try FuzzTarget.all(Corpus(folder: words[1])).first { $0.name == words[3] }
    guard let target else { throw FuzzFailure(description: "there is no parser \(words[3])") }
    try GuidedFuzz.run(target, folder: words[4], options: Array(words[5...]))
  } catch {
    print("fuzz: \(error)")
  }
  exit(1)
}
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
