using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Text;

namespace Atlas.Learning.Synthesis;

/// <summary>Builds the provenance of an entry: its origin and its present state.</summary>
internal sealed class ProvenanceBuilder(SynthesisContext context, ImmutableSortedDictionary<string, double> weights)
{
    private readonly string _now = AtlasTime.Iso(context.Now);
    private readonly string? _guidance = context.GuidanceDigest();
    private readonly long? _sessionId = context.SessionIds.IsDefaultOrEmpty ? null : context.SessionIds[^1];

    /// <summary>Returns the provenance of an entry; origin and unknown keys come from the previous one.</summary>
    public EntryProvenance Build(PlaybookEntry entry, PlaybookEntry? before, string lifecycle)
    {
        var known = before?.Provenance ?? new EntryProvenance();
        var category = entry.Scope.Category;
        if (category.Length == 0)
        {
            category = before?.Scope.Category is { Length: > 0 } earlier ? earlier : context.Options.Schema.DefaultScopeCategory;
        }

        return known with
        {
            CreatedAt = known.CreatedAt ?? _now,
            UpdatedAt = _now,
            RewordedAt = context.Rules.TextsStandAsWritten || before is null || EntryWords.AreSame(before, entry) ? known.RewordedAt : _now,
            SourceSessionId = known.SourceSessionId ?? _sessionId,
            TeacherGuidanceDigest = _guidance ?? known.TeacherGuidanceDigest,
            SourceTeacherInterventionHash = _guidance ?? known.SourceTeacherInterventionHash,
            Status = new EntryStatus { Category = category, Lifecycle = lifecycle },
            Rubric = entry.Rubric,
            Weights = weights,
        };
    }
}
