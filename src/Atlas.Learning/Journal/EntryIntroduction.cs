using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Atlas.Learning.Evidence;

namespace Atlas.Learning.Journal;

/// <summary>An entry of a new version.</summary>
/// <param name="Entry">The entry's id.</param>
/// <param name="Sha">The first 16 hex digits of the SHA-256 of its words.</param>
/// <param name="Start">Its state while there is no finding.</param>
/// <param name="Admitted">Whether sessions get it.</param>
/// <param name="Support">For a candidate, the tasks whose sessions support it.</param>
/// <param name="Sessions">The sessions behind each of those tasks; see <see cref="CandidateSupport.Sessions"/>.</param>
/// <param name="Out">Those of them that are quarantined.</param>
/// <param name="Trial">The number of its trial if it is new to the key; see <see cref="EntryTrial.Number"/>.</param>
public sealed record EntryIntroduction(
    string Entry,
    string Sha,
    EntryTrialState Start,
    bool Admitted,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<string> Support = default,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<ImmutableArray<long>>? Sessions = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<long>? Out = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long Trial = 0)
{
    /// <summary>Returns the introduction of a candidate, with what supports it.</summary>
    public EntryIntroduction With(CandidateSupport support)
    {
        ArgumentNullException.ThrowIfNull(support);
        return this with { Support = support.Tasks, Sessions = support.Sessions, Out = support.Out };
    }

    /// <summary>Returns what supports a candidate; null if nothing is said about it.</summary>
    public CandidateSupport? SupportOf() => Support.IsDefaultOrEmpty ? null : new() { Tasks = Support, Sessions = Sessions, Out = Out };
}
