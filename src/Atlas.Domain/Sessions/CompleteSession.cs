using System.Text.Json;

namespace Atlas.Domain.Sessions;

/// <summary>How a session ended.</summary>
/// <param name="Status">The final status; not running.</param>
/// <param name="FinalAnswer">The answer; null counts as empty.</param>
/// <param name="Reward">The reward; null if the caller has none.</param>
/// <param name="Review">The review of the session; null leaves it to the configuration.</param>
/// <param name="Metadata">Keys to merge into the session's metadata, a JSON object; null for none.</param>
/// <param name="StudentNote">What the student should remember of this session; not stored if <c>learning.session_note_enabled</c> is off.</param>
/// <param name="TeacherNote">The same for the teacher.</param>
[GenerateSerializer, Immutable, Alias("atlas.complete-session")]
public sealed record CompleteSession(
    [property: Id(0)] SessionStatus Status,
    [property: Id(1)] string? FinalAnswer = null,
    [property: Id(2)] SessionReward? Reward = null,
    [property: Id(3)] ReviewDecision? Review = null,
    [property: Id(4)] JsonElement? Metadata = null,
    [property: Id(5)] string? StudentNote = null,
    [property: Id(6)] string? TeacherNote = null);
