namespace Atlas.Cli;

/// <summary>The exit code of a command. The numbers are stable.</summary>
internal enum ExitCode
{
    /// <summary>Everything was done, or was already done.</summary>
    Ok = 0,

    /// <summary>The command failed, or a part of it did: a bad record, a failed test, a failed check.</summary>
    Failed = 1,

    /// <summary>The command line was wrong: an unknown command, option or value.</summary>
    Usage = 2,

    /// <summary>What the command needs is not running: the silo or the database.</summary>
    NotRunning = 3,

    /// <summary>There is no such session, learning key, version, file or suite.</summary>
    NotFound = 4,

    /// <summary>The cluster understood the request and declined it; the message says why.</summary>
    Refused = 5,

    /// <summary>Something could not be started: a port in use, a wrong setting, a missing program.</summary>
    CannotStart = 6,

    /// <summary>A fault of the program itself.</summary>
    Internal = 70,

    /// <summary>Stopped by Ctrl+C or a signal.</summary>
    Interrupted = 130,
}
