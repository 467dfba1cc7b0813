namespace Atlas.Client.AgentFramework;

/// <summary>What an agent session remembers of Atlas; it is serialised with the session.</summary>
/// <param name="SessionId">The session; null if Atlas could not be reached.</param>
/// <param name="LearningKey">Its learning key.</param>
/// <param name="PlaybookVersion">Number of the playbook's version; 0 if there is no playbook.</param>
/// <param name="PlaybookSha256">SHA-256 of the playbook text as it is injected, 64 lower-case hex digits; null if there is none.</param>
public sealed record AtlasAgentState(long? SessionId, string LearningKey, int PlaybookVersion, string? PlaybookSha256);
