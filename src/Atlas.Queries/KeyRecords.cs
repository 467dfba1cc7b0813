using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;

namespace Atlas.Queries;

/// <summary>An item in a list of learning keys, from the committed state of the key.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="Version">The newest version of the playbook; 0 while it has learned nothing.</param>
/// <param name="SessionsObserved">Finished sessions that were counted.</param>
/// <param name="SessionsApplied">Those that teach or have taught; null if the state does not say.</param>
/// <param name="Pending">Sessions that wait for the next synthesis; null if the state does not say.</param>
/// <param name="Queued">Sessions that wait to be counted.</param>
/// <param name="Entries">Entries of the playbook.</param>
/// <param name="UpdatedAt">When the state was last written.</param>
/// <param name="ServedVersion">The promoted or pinned version; null if sessions get the newest.</param>
/// <param name="PinnedVersion">The pinned version; null if there is none.</param>
/// <param name="Staged">Whether new versions wait to be promoted; null if it was not set for this key.</param>
/// <param name="Frozen">Whether the playbook is frozen.</param>
public sealed record KeySummary(
    string LearningKey, int Version, long SessionsObserved, long? SessionsApplied, long? Pending, long Queued, int Entries,
    DateTimeOffset UpdatedAt, int? ServedVersion = null, int? PinnedVersion = null, bool? Staged = null, bool Frozen = false);

/// <summary>The committed state of a learning key, as its grain wrote it.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="StorageVersion">How often it was written.</param>
/// <param name="State">The object <c>state</c> of the payload.</param>
/// <param name="ModifiedAt">When it was last written.</param>
public sealed record KeyStateDocument(string LearningKey, int StorageVersion, JsonElement State, DateTimeOffset ModifiedAt);

/// <summary>A row of the learning registry.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="StudentLearning">The student's text; empty if there is none.</param>
/// <param name="TeacherLearning">The teacher's text; null if there is none.</param>
/// <param name="Metadata">An object with <c>playbook_entries</c> and more; null if nothing was learned.</param>
/// <param name="UpdatedAt">When it last changed.</param>
public sealed record RegistryRow(
    string LearningKey, string StudentLearning, string? TeacherLearning, JsonElement? Metadata, DateTimeOffset UpdatedAt);

/// <summary>A version of a playbook in a list.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="Version">Its number, from 1.</param>
/// <param name="ParentVersion">The version it was made from.</param>
/// <param name="Cause">Its cause: a synthesis, a rollback, an import, …</param>
/// <param name="Author">Who or what made it.</param>
/// <param name="Reason">The reason, if one was given.</param>
/// <param name="SessionIds">The sessions it was learned from.</param>
/// <param name="StudentSha256">SHA-256 of the student's text.</param>
/// <param name="TeacherSha256">SHA-256 of the teacher's text.</param>
/// <param name="ContentSha256">SHA-256 of its whole content.</param>
/// <param name="Entries">The number of its entries.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record VersionSummary(
    string LearningKey, int Version, int? ParentVersion, string? Cause, string? Author, string? Reason,
    ImmutableArray<long> SessionIds, string? StudentSha256, string? TeacherSha256, string? ContentSha256, int Entries,
    DateTimeOffset CreatedAt)
{
    /// <summary>The synthesis that made it, if one did and it was requested; see <see cref="SynthesisQueries"/>.</summary>
    public SynthesisRecord? Synthesis { get; init; }
}

/// <summary>A version of a playbook with its content.</summary>
/// <param name="Summary">The version as in a list.</param>
/// <param name="StudentText">The student's text, with its entries rendered.</param>
/// <param name="TeacherText">The teacher's text.</param>
/// <param name="Entries">A JSON array of <c>playbook_entry.v1</c>.</param>
/// <param name="Metadata">A JSON object.</param>
public sealed record VersionDetail(
    VersionSummary Summary, string? StudentText, string? TeacherText, JsonElement Entries, JsonElement Metadata)
{
    /// <summary>How the texts are made; null if they are kept as written.</summary>
    public string? Form { get; init; }

    /// <summary>The student's text besides the entries; null if texts are kept as written.</summary>
    public string? StudentPreface { get; init; }

    /// <summary>The same for the teacher.</summary>
    public string? TeacherPreface { get; init; }

    /// <summary>Returns the content of the version.</summary>
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

/// <summary>An event of a learning key.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="Sequence">Its number.</param>
/// <param name="Type">The kind of event.</param>
/// <param name="SessionId">The session it concerns; null for none.</param>
/// <param name="Author">Who or what caused it.</param>
/// <param name="OccurredAt">The time.</param>
/// <param name="Event">The event as it was written.</param>
public sealed record JournalEvent(
    string LearningKey, long Sequence, string Type, long? SessionId, string? Author, DateTimeOffset OccurredAt, JsonElement Event);

/// <summary>The effect of an operation on a key.</summary>
/// <param name="Sequence">Number of its last event in the journal.</param>
/// <param name="VersionAfter">The version that it made; null for none.</param>
/// <param name="Experiment">The experiment that it started or ended; null for none.</param>
public sealed record OperationRecord(long Sequence, int? VersionAfter, int? Experiment = null);
