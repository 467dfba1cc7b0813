using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;

namespace Atlas.Queries;

/// <summary>One line of a list of learning keys, from the committed state of the key.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="Version">The newest version of the playbook; 0 while it has learned nothing.</param>
/// <param name="SessionsObserved">Finished sessions that were counted.</param>
/// <param name="SessionsApplied">Those that teach or have taught, as the state says; null if it does not say.</param>
/// <param name="Pending">Sessions that wait for the next synthesis; null if the state does not say.</param>
/// <param name="Queued">Sessions that wait to be counted.</param>
/// <param name="Entries">Entries of the playbook.</param>
/// <param name="UpdatedAt">When the state was written last.</param>
/// <param name="ServedVersion">The version that was promoted or pinned; null if sessions are given the newest.</param>
/// <param name="PinnedVersion">The version it is pinned to; null if it is not.</param>
/// <param name="Staged">Whether new versions wait to be promoted; null if nothing was said of this key.</param>
/// <param name="Frozen">Whether changes of the playbook are stopped.</param>
public sealed record KeySummary(
    string LearningKey, int Version, long SessionsObserved, long? SessionsApplied, long? Pending, long Queued, int Entries,
    DateTimeOffset UpdatedAt, int? ServedVersion = null, int? PinnedVersion = null, bool? Staged = null, bool Frozen = false);

/// <summary>The committed state of a learning key, as its grain wrote it.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="StorageVersion">How often it was written.</param>
/// <param name="State">The object <c>state</c> of the payload.</param>
/// <param name="ModifiedAt">When it was written last.</param>
public sealed record KeyStateDocument(string LearningKey, int StorageVersion, JsonElement State, DateTimeOffset ModifiedAt);

/// <summary>A row of the learning registry.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="StudentLearning">The student's text; empty if there is none.</param>
/// <param name="TeacherLearning">The teacher's text; null if there is none.</param>
/// <param name="Metadata">An object with <c>playbook_entries</c> and more; null if nothing was learned.</param>
/// <param name="UpdatedAt">When it changed last.</param>
public sealed record RegistryRow(
    string LearningKey, string StudentLearning, string? TeacherLearning, JsonElement? Metadata, DateTimeOffset UpdatedAt);

/// <summary>One version of a playbook in a list.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="Version">Its number, from 1.</param>
/// <param name="ParentVersion">The version it was made from.</param>
/// <param name="Cause">What made it: a synthesis, a rollback, an import, …</param>
/// <param name="Author">Who or what made it.</param>
/// <param name="Reason">Why, if somebody said.</param>
/// <param name="SessionIds">The sessions it came from.</param>
/// <param name="StudentSha256">SHA-256 of the student's text.</param>
/// <param name="TeacherSha256">SHA-256 of the teacher's text.</param>
/// <param name="ContentSha256">SHA-256 over everything that it contains.</param>
/// <param name="Entries">How many entries it has.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record VersionSummary(
    string LearningKey, int Version, int? ParentVersion, string? Cause, string? Author, string? Reason,
    ImmutableArray<long> SessionIds, string? StudentSha256, string? TeacherSha256, string? ContentSha256, int Entries,
    DateTimeOffset CreatedAt)
{
    /// <summary>The synthesis that made it, if one did and it was asked for; see <see cref="SynthesisQueries"/>.</summary>
    public SynthesisRecord? Synthesis { get; init; }
}

/// <summary>One version of a playbook with its content.</summary>
/// <param name="Summary">What a list says of it.</param>
/// <param name="StudentText">The student's text, as its entries are rendered.</param>
/// <param name="TeacherText">The teacher's text.</param>
/// <param name="Entries">A JSON array of <c>playbook_entry.v1</c>.</param>
/// <param name="Metadata">A JSON object.</param>
public sealed record VersionDetail(
    VersionSummary Summary, string? StudentText, string? TeacherText, JsonElement Entries, JsonElement Metadata)
{
    /// <summary>How the texts come about; null if they stand as somebody wrote them.</summary>
    public string? Form { get; init; }

    /// <summary>What the student is told beside the entries; null where texts stand as written.</summary>
    public string? StudentPreface { get; init; }

    /// <summary>The same for the teacher.</summary>
    public string? TeacherPreface { get; init; }

    /// <summary>What the version says.</summary>
    public LearnedPlaybook Playbook() => new()
    {
        Form = Form,
        StudentPreface = (Form is null ? StudentText : StudentPreface) ?? "",
        TeacherPreface = Form is null ? TeacherText : TeacherPreface,
        Entries = LearningStateJson.ReadEntries(Entries),
        Metadata = Metadata.ValueKind == JsonValueKind.Object
            ? Metadata.Deserialize<ImmutableSortedDictionary<string, JsonElement>>(AtlasJson.Options)!
            : LearnedPlaybook.Empty.Metadata,
    };
}

/// <summary>One event of a learning key.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="Sequence">Its number.</param>
/// <param name="Type">What happened.</param>
/// <param name="SessionId">The session it is about; null if it is about none.</param>
/// <param name="Author">Who or what caused it.</param>
/// <param name="OccurredAt">When.</param>
/// <param name="Event">As it was written.</param>
public sealed record JournalEvent(
    string LearningKey, long Sequence, string Type, long? SessionId, string? Author, DateTimeOffset OccurredAt, JsonElement Event);

/// <summary>What an operation did to a key.</summary>
/// <param name="Sequence">Number of its last event in the journal.</param>
/// <param name="VersionAfter">The version that it made; null if it made none.</param>
public sealed record OperationRecord(long Sequence, int? VersionAfter);
