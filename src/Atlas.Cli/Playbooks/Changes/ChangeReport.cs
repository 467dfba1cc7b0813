namespace Atlas.Cli.Playbooks.Changes;

/// <summary>What a command that changes a playbook writes with <c>--json</c>.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="Version">Its newest version now.</param>
/// <param name="Current">The version that sessions are given; null if none reaches their prompts.</param>
/// <param name="Changed">False if everything was as asked already.</param>
/// <param name="Author">Who did it.</param>
/// <param name="Reason">Why; null if no reason was given.</param>
internal sealed record ChangeReport(string LearningKey, int Version, int? Current, bool Changed, string Author, string? Reason);
