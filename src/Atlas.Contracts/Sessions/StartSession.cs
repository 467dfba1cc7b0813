using System.Text.Json;

namespace Atlas.Contracts.Sessions;

/// <summary>A session to open.</summary>
/// <param name="Task">The raw task text; not blank.</param>
/// <param name="LearningKey">The learning key; null derives it from agent, task and metadata.</param>
/// <param name="Agent">Name of the agent, part of a derived key; null means <c>agent</c>.</param>
/// <param name="Metadata">The caller's metadata, a JSON object; null for none.</param>
/// <param name="ExternalId">The caller's own identity of this session; starting it again returns the same session.</param>
/// <param name="LeaseSeconds">Seconds without a sign of life after which the running session is closed as failed, 1 to 604800;
/// 0 means never, null means <c>runtime_safety.session_lease_seconds</c>.</param>
[GenerateSerializer, Immutable, Alias("atlas.start-session")]
public sealed record StartSession(
    [property: Id(0)] string Task,
    [property: Id(1)] string? LearningKey = null,
    [property: Id(2)] string? Agent = null,
    [property: Id(3)] JsonElement? Metadata = null,
    [property: Id(4)] string? ExternalId = null,
    [property: Id(5)] int? LeaseSeconds = null)
{
    /// <summary>The owner of a budget who pays for what Atlas itself asks models about the session; null for nobody. In a cluster with a secret
    /// only doors that let others in can say it.</summary>
    [Id(6)]
    public string? PaidBy { get; init; }
}
