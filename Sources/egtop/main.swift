print("egtop")
