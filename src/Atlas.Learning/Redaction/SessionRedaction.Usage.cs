using System.Collections.Immutable;
using Atlas.Domain.Usage;

namespace Atlas.Learning.Redaction;

/// <remarks>What sessions observed of entries.</remarks>
public sealed partial class SessionRedaction
{
    private const string OfUsage = "usage";

    /// <summary>Redacts a usage snapshot.</summary>
    public UsageSnapshot Usage(UsageSnapshot usage, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(usage);
        var session = usage.Session;
        return !Looks ? usage : usage with
        {
            Roles = Named(usage.Roles, entries => Named(entries, counters => Counters(counters, findings), findings), findings),
            Detectors = Named(
                usage.Detectors, hits => hits.IsDefault ? [] : [.. hits.Select(hit => hit with
                {
                    EntryId = Text(hit.EntryId, OfUsage, findings), Type = Text(hit.Type, OfUsage, findings), Pattern = Text(hit.Pattern, OfUsage, findings),
                })],
                findings),
            Session = session with
            {
                IncidentId = Text(session.IncidentId, OfUsage, findings),
                TaskIdentifier = Text(session.TaskIdentifier, OfUsage, findings),
                TokenUsage = Named(session.TokenUsage, tokens => tokens, findings),
                IncidentTags = session.IncidentTags.IsDefault ? [] : [.. session.IncidentTags.Select(tag => Text(tag, OfUsage, findings))],
                FailureEvents = session.FailureEvents.IsDefault
                    ? []
                    : [.. session.FailureEvents.Select(failure => failure with { Status = Text(failure.Status, OfUsage, findings) })],
            },
        };
    }

    private EntryCounters Counters(EntryCounters counters, Findings findings) => counters with
    {
        RuntimeHandle = Text(counters.RuntimeHandle, OfUsage, findings),
        Category = Text(counters.Category, OfUsage, findings),
        Metadata = counters.Metadata is not { } entry ? null : new EntrySummary(
            entry.Cue with
            {
                Type = Text(entry.Cue.Type, OfUsage, findings),
                Pattern = Text(entry.Cue.Pattern, OfUsage, findings),
                Description = Text(entry.Cue.Description, OfUsage, findings),
                Extra = Extra(entry.Cue.Extra, OfUsage, findings),
            },
            entry.Scope with
            {
                Category = Text(entry.Scope.Category, OfUsage, findings),
                Constraints = Text(entry.Scope.Constraints, OfUsage, findings),
                AppliesWhen = Text(entry.Scope.AppliesWhen, OfUsage, findings),
                Extra = Extra(entry.Scope.Extra, OfUsage, findings),
            },
            Text(entry.ExpectedEffect, OfUsage, findings)),
        CueExamples = counters.CueExamples is { IsDefault: false } cues ? [.. cues.Select(example => Text(example, OfUsage, findings))] : null,
        AdoptionExamples = counters.AdoptionExamples is { IsDefault: false } uses ? [.. uses.Select(example => Json(example, OfUsage, findings))] : null,
    };

    // If two names become equal, the last one stays, as in any JSON.
    private ImmutableSortedDictionary<string, T> Named<T>(ImmutableSortedDictionary<string, T> members, Func<T, T> redacted, Findings findings)
    {
        var left = members.ToBuilder();
        left.Clear();
        foreach (var (name, value) in members)
        {
            left[Text(name, OfUsage, findings)] = redacted(value);
        }

        return left.ToImmutable();
    }
}
