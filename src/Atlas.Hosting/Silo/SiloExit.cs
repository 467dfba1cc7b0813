namespace Atlas.Hosting.Silo;

/// <summary>The exit codes of the process. The numbers follow BSD's sysexits.</summary>
internal enum SiloExit
{
    Stopped = 0,
    NoDatabase = 69,
    PortInUse = 71,
    Stuck = 75,
    WrongSettings = 78,
}
