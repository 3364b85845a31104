import Settings

func runCheck(_ settings: Settings) -> Int32 { fail("check") }
