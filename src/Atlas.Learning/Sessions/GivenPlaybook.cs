using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Atlas.Domain.Experiments;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Text;

namespace Atlas.Learning.Sessions;

/// <summary>What is stored of the playbook that a session was given: which entries, not their words, which are in the archive of
/// versions. Both together give the prompt again, byte for byte. On the wire: the column <c>sessions.given</c>.</summary>
public sealed record GivenPlaybook
{
    private const int ShortHash = 16;

    /// <summary>What the student was told; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GivenRole? Student { get; init; }

    /// <summary>What the teacher was told; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GivenRole? Teacher { get; init; }

    /// <summary>By id of each entry that was given: the first 16 hex digits of its words' SHA-256.</summary>
    public ImmutableSortedDictionary<string, string> Given { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The same of each entry that was withheld from this session; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<string, string>? Withheld { get; init; }

    /// <summary>Ids of entries for which there was no room; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? LeftOut { get; init; }

    /// <summary>The arm of an experiment that the session is in; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExperimentArm? Arm { get; init; }

    /// <summary>Ids of the version's entries that this session was not given, for whichever reason; null for none.</summary>
    [JsonIgnore]
    public ImmutableArray<string>? NotGiven =>
        Withheld is null && LeftOut is null ? null : [.. (Withheld?.Keys ?? []).Concat(LeftOut ?? []).Order(StringComparer.Ordinal)];

    /// <summary>The hash of an entry's words as it is stored.</summary>
    /// <param name="sha256">The whole hash.</param>
    public static string Short(string sha256)
    {
        ArgumentNullException.ThrowIfNull(sha256);
        return sha256.Length <= ShortHash ? sha256 : sha256[..ShortHash];
    }

    /// <summary>What was told to a role; null if nothing was.</summary>
    public GivenRole? Of(string role) => role == "teacher" ? Teacher : Student;

    /// <summary>A role's text, rendered again from the version that the session was given; null if it was told nothing.</summary>
    /// <param name="role"><c>student</c> or <c>teacher</c>.</param>
    /// <param name="version">What the version said.</param>
    /// <remarks>Check <see cref="GivenRole.Sha256"/> against it: the archive may have been changed.</remarks>
    public RoleText? Text(string role, LearnedPlaybook version) => Of(role) is not { } told ? null
        : GivenText.Rebuilt(version, role, version.IsRendered ? Given.ContainsKey : id => Withheld?.ContainsKey(id) is not true, told.Cut);

    /// <summary>Whether the archive still says what the session saw.</summary>
    /// <param name="role"><c>student</c> or <c>teacher</c>.</param>
    /// <param name="text">The rebuilt text.</param>
    public bool Proves(string role, string text) => Of(role)?.Sha256 == Sha256Text.Hex(text);
}

/// <summary>What a role was told.</summary>
/// <param name="Sha256">SHA-256 of the injected text, 64 lower-case hex digits.</param>
/// <param name="Kept">Of a preface that was too long: how many UTF-16 units were kept; null if it was not.</param>
/// <param name="Mark">What stood behind it; null for nothing.</param>
public sealed record GivenRole(
    string Sha256,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Kept = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Mark = null)
{
    /// <summary>How the preface was shortened; null if it was not.</summary>
    [JsonIgnore]
    public PrefaceCut? Cut => Kept is { } kept ? new PrefaceCut(kept, Mark ?? "") : null;
}
