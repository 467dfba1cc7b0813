namespace Atlas.Client.AgentFramework;

/// <summary>The Atlas state of an agent session, which is serialized with that session.</summary>
/// <param name="SessionId">The number of the Atlas session; null if Atlas was unreachable.</param>
/// <param name="LearningKey">The learning key of the session.</param>
/// <param name="PlaybookVersion">The number of the playbook's version; 0 if there is no playbook.</param>
/// <param name="PlaybookSha256">The SHA-256 of the injected playbook text, 64 lower-case hex digits; null if there is none.</param>
public sealed record AtlasAgentState(long? SessionId, string LearningKey, int PlaybookVersion, string? PlaybookSha256);
