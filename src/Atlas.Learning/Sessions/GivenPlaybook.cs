using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Atlas.Domain.Experiments;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Text;

namespace Atlas.Learning.Sessions;

/// <summary>What is stored about the playbook that a session got: which entries, but not their words, which are in the archive of versions.
/// Together they give the prompt again, byte for byte. On the wire: the column <c>sessions.given</c>.</summary>
public sealed record GivenPlaybook
{
    private const int ShortHash = 16;

    /// <summary>What the student got; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GivenRole? Student { get; init; }

    /// <summary>What the teacher got; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GivenRole? Teacher { get; init; }

    /// <summary>The first 16 hex digits of the SHA-256 of the words of each given entry, by entry id.</summary>
    public ImmutableSortedDictionary<string, string> Given { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The same for each entry that was withheld from this session; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<string, string>? Withheld { get; init; }

    /// <summary>Ids of entries that did not fit; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? LeftOut { get; init; }

    /// <summary>The session's arm in an experiment; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExperimentArm? Arm { get; init; }

    /// <summary>Ids of the version's entries that this session did not get, for any reason; null for none.</summary>
    [JsonIgnore]
    public ImmutableArray<string>? NotGiven =>
        Withheld is null && LeftOut is null ? null : [.. (Withheld?.Keys ?? []).Concat(LeftOut ?? []).Order(StringComparer.Ordinal)];

    /// <summary>Returns the hash of an entry's words in its stored form.</summary>
    /// <param name="sha256">The whole hash.</param>
    public static string Short(string sha256)
    {
        ArgumentNullException.ThrowIfNull(sha256);
        return sha256.Length <= ShortHash ? sha256 : sha256[..ShortHash];
    }

    /// <summary>Returns what a role got; null for nothing.</summary>
    public GivenRole? Of(string role) => role == "teacher" ? Teacher : Student;

    /// <summary>Renders a role's text again from the version that the session got; null if it got nothing.</summary>
    /// <param name="role"><c>student</c> or <c>teacher</c>.</param>
    /// <param name="version">The content of the version.</param>
    /// <remarks>Check <see cref="GivenRole.Sha256"/> against it: the archive could have been changed.</remarks>
    public RoleText? Text(string role, LearnedPlaybook version) => Of(role) is not { } told ? null
        : GivenText.Rebuilt(version, role, version.IsRendered ? Given.ContainsKey : id => Withheld?.ContainsKey(id) is not true, told.Cut);

    /// <summary>Whether the archive still contains what the session saw.</summary>
    /// <param name="role"><c>student</c> or <c>teacher</c>.</param>
    /// <param name="text">The rebuilt text.</param>
    public bool Proves(string role, string text) => Of(role)?.Sha256 == Sha256Text.Hex(text);
}

/// <summary>What a role got.</summary>
/// <param name="Sha256">SHA-256 of the injected text, 64 lower-case hex digits.</param>
/// <param name="Kept">How many UTF-16 units of a shortened preface were kept; null if it was not shortened.</param>
/// <param name="Mark">The mark after them; null for none.</param>
public sealed record GivenRole(
    string Sha256,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Kept = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Mark = null)
{
    /// <summary>How the preface was shortened; null if it was not.</summary>
    [JsonIgnore]
    public PrefaceCut? Cut => Kept is { } kept ? new PrefaceCut(kept, Mark ?? "") : null;
}
