using Atlas.Contracts.Playbooks;

namespace Atlas.Contracts.Sessions;

/// <summary>Opens sessions. Any silo does it; the grain's key is 0.</summary>
[Alias("atlas.session-starter")]
public interface ISessionStarterGrain : IGrainWithIntegerKey
{
    /// <summary>Stores a new session and resolves the playbook it is to use.</summary>
    /// <remarks>With an <see cref="StartSession.ExternalId"/> that was used before, the session of that time is returned.</remarks>
    [Alias("start")]
    Task<SessionStarted> Start(StartSession request);
}

/// <summary>A session to open.</summary>
/// <param name="Task">The raw task text; not blank.</param>
/// <param name="LearningKey">The learning key; null derives it from agent, task and metadata.</param>
/// <param name="Agent">Name of the agent, part of a derived key; null means <c>agent</c>.</param>
/// <param name="MetadataJson">The caller's metadata, a JSON object; null for none.</param>
/// <param name="ExternalId">The caller's own identity of this session; starting it again returns the same session.</param>
[GenerateSerializer, Immutable, Alias("atlas.start-session")]
public sealed record StartSession(
    [property: Id(0)] string Task,
    [property: Id(1)] string? LearningKey = null,
    [property: Id(2)] string? Agent = null,
    [property: Id(3)] string? MetadataJson = null,
    [property: Id(4)] string? ExternalId = null);

/// <summary>An opened session.</summary>
/// <param name="SessionId">Its number, which is also the key of its grain.</param>
/// <param name="LearningKey">The key it learns from and may teach.</param>
/// <param name="Status"><c>running</c>, or how the earlier session with this external id ended.</param>
/// <param name="Playbook">The playbook to inject.</param>
[GenerateSerializer, Immutable, Alias("atlas.session-started")]
public sealed record SessionStarted(
    [property: Id(0)] long SessionId,
    [property: Id(1)] string LearningKey,
    [property: Id(2)] string Status,
    [property: Id(3)] ResolvedPlaybook Playbook);
