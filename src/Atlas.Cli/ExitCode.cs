namespace Atlas.Cli;

/// <summary>How a command ended, as scripts see it. The numbers are stable.</summary>
internal enum ExitCode
{
    /// <summary>Everything was done, or was so already.</summary>
    Ok = 0,

    /// <summary>It failed, or a part of it did: a bad record, a failed test, a failed check.</summary>
    Failed = 1,

    /// <summary>The command line was wrong: an unknown command, option or value.</summary>
    Usage = 2,

    /// <summary>What the command needs does not run: the silo or the database.</summary>
    NotRunning = 3,

    /// <summary>There is no such session, learning key, version, file or suite.</summary>
    NotFound = 4,

    /// <summary>The cluster understood the request and declined it; the sentence says why.</summary>
    Refused = 5,

    /// <summary>Something could not be started: a port in use, a wrong setting, a missing program.</summary>
    CannotStart = 6,

    /// <summary>A fault of the program itself.</summary>
    Internal = 70,

    /// <summary>Stopped by Ctrl+C or a signal.</summary>
    Interrupted = 130,
}
