namespace Atlas.Cli.Playbooks.Exchange;

/// <summary>The JSON of a dry run of <c>atlas playbook import</c> with rules of another tool.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="File">The file or folder with the rules.</param>
/// <param name="Candidates">The number of rules that would wait as candidates.</param>
internal sealed record CandidatePreview(string LearningKey, string File, int Candidates);
