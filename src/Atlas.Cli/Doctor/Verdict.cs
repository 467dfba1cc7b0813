namespace Atlas.Cli.Doctor;

/// <summary>How a check came out. On the wire <c>ok</c>, <c>warning</c> or <c>problem</c>.</summary>
internal enum Verdict
{
    Ok,

    /// <summary>Works, or is simply not in use yet.</summary>
    Warning,

    /// <summary>Atlas does not work like this.</summary>
    Problem,
}
