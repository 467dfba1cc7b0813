namespace Atlas.Cli.Doctor;

/// <summary>The document of <c>atlas doctor --json</c>.</summary>
/// <param name="Healthy">Whether no check found a problem.</param>
/// <param name="Checks">All findings, in the order of the checks.</param>
internal sealed record DoctorReport(bool Healthy, IReadOnlyList<Finding> Checks);
