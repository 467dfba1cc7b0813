namespace Atlas.Cli.Doctor;

/// <summary>The result of a check. Serialized as <c>ok</c>, <c>warning</c> or <c>problem</c>.</summary>
internal enum Verdict
{
    Ok,

    /// <summary>It works, or is simply not in use yet.</summary>
    Warning,

    /// <summary>Atlas does not work this way.</summary>
    Problem,
}
