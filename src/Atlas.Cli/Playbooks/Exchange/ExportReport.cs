namespace Atlas.Cli.Playbooks.Exchange;

/// <summary>What <c>atlas playbook export --output FILE --json</c> writes.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="Version">The version that was exported.</param>
/// <param name="File">Where it was written.</param>
/// <param name="Entries">How many entries it has.</param>
internal sealed record ExportReport(string LearningKey, int Version, string File, int Entries);
