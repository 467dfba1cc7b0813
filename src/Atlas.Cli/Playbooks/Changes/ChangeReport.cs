namespace Atlas.Cli.Playbooks.Changes;

/// <summary>The document of a command that changes a playbook.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="Version">Its newest version after the change.</param>
/// <param name="Current">The version that sessions get; null if none reaches their prompts.</param>
/// <param name="Changed">False if everything was already as requested.</param>
/// <param name="Author">The author of the change.</param>
/// <param name="Reason">The reason; null if none was given.</param>
internal sealed record ChangeReport(string LearningKey, int Version, int? Current, bool Changed, string Author, string? Reason);
