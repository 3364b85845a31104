internal import System

writeText("egpipe\n")
