namespace Atlas.Cli.Playbooks.Exchange;

/// <summary>The document of <c>atlas playbook export --output FILE --json</c>.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="Version">The version that was exported.</param>
/// <param name="File">The file it was written to.</param>
/// <param name="Entries">The number of entries.</param>
internal sealed record ExportReport(string LearningKey, int Version, string File, int Entries);
