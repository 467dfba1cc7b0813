using Atlas.Learning.Playbooks;

namespace Atlas.Cli.Playbooks.Versions;

/// <summary>What a learning key said at one version.</summary>
/// <param name="Number">The version; 0 before the first.</param>
/// <param name="Playbook">What it said.</param>
internal sealed record PlaybookVersion(int Number, LearnedPlaybook Playbook);
