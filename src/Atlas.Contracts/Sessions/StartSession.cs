using System.Text.Json;
using Atlas.Contracts.Playbooks;

namespace Atlas.Contracts.Sessions;

/// <summary>A request to start a session.</summary>
/// <param name="Task">The raw task text; not blank.</param>
/// <param name="LearningKey">The learning key; null derives it from agent, task and metadata.</param>
/// <param name="Agent">The name of the agent, part of a derived key; null means <c>agent</c>.</param>
/// <param name="Metadata">The caller's metadata, a JSON object; null for none.</param>
/// <param name="ExternalId">The caller's id of this session. Starting it again returns the same session.</param>
/// <param name="LeaseSeconds">The seconds of inactivity after which the running session is closed as failed, from 1 to 604800; 0 means
/// never, null means <c>runtime_safety.session_lease_seconds</c>.</param>
[GenerateSerializer, Immutable, Alias("atlas.start-session")]
public sealed record StartSession(
    [property: Id(0)] string Task,
    [property: Id(1)] string? LearningKey = null,
    [property: Id(2)] string? Agent = null,
    [property: Id(3)] JsonElement? Metadata = null,
    [property: Id(4)] string? ExternalId = null,
    [property: Id(5)] int? LeaseSeconds = null)
{
    /// <summary>Gets the owner of the budget that pays for Atlas's own model calls about the session; null for nobody. In a cluster with a
    /// secret, the silo clears it unless the caller has <see cref="Access.AtlasPermissions.SpeakForOthers"/>.</summary>
    [Id(6)]
    public string? PaidBy { get; init; }

    /// <summary>Gets the playbook that the session already got while the cluster was unreachable: a version of its key, or none. Nothing is
    /// drawn at random for such a session. Null for a session that has not begun. In a cluster with a secret, the silo clears it unless the
    /// caller has <see cref="Access.AtlasPermissions.SpeakForOthers"/>.</summary>
    [Id(7)]
    public ResolvedPlaybook? Given { get; init; }

    /// <summary>Gets the name of the credential or API key that starts the session. In a cluster with a secret, the silo replaces it with
    /// the name of the caller, unless the caller has <see cref="Access.AtlasPermissions.SpeakForOthers"/>.</summary>
    [Id(8)]
    public string? StartedBy { get; init; }

    /// <summary>Gets the prefix that the learning key of an earlier session with this <see cref="ExternalId"/> must have; null for any. If
    /// its key is another one, the start is refused and the earlier session stays as it is.</summary>
    [Id(9)]
    public string? KeyPrefix { get; init; }

    /// <summary>Gets the prefix that the learning key of an earlier session with this <see cref="ExternalId"/> must not have; null for
    /// none.</summary>
    [Id(10)]
    public string? ExceptKeyPrefix { get; init; }

    /// <summary>Gets the id under which an earlier version of the caller may have started this session; null for none. If there is such a
    /// session, and the member <c>import</c> of its metadata is the same, it is returned. Not sent over HTTP.</summary>
    [Id(11)]
    public string? FormerExternalId { get; init; }
}
