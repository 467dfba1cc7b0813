using System.Collections.Immutable;
using System.Globalization;
using Atlas.Benchmarks.Cues;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Text;

namespace Atlas.Benchmarks.Histories;

/// <summary>A playbook of fifty entries, each as large as one that a language model wrote and the gates accepted.</summary>
internal static class SamplePlaybook
{
    private static readonly string[] Scores = ["actionability", "generality", "hookability", "concision"];

    private static readonly ImmutableSortedDictionary<string, double> Weights =
        Scores.ToImmutableSortedDictionary(score => score, _ => 0.25, StringComparer.Ordinal);

    /// <summary>Gets one entry per cue of <see cref="CueSamples"/>, all for the student.</summary>
    public static ImmutableArray<PlaybookEntry> Entries { get; } = [.. CueSamples.Cues.Select(Entry)];

    public static LearnedPlaybook Playbook { get; } = new()
    {
        StudentPreface = string.Join('\n', Entries.Select(entry => $"- When {entry.Cue.Description}: {entry.Action.Imperative}")),
        TeacherPreface = "Check that the student has read the order before it changes anything, and that amounts are quoted from the record.",
        Entries = Entries,
    };

    private static PlaybookEntry Entry(EntryCue cue, int index)
    {
        var number = index.ToString("00", CultureInfo.InvariantCulture);
        var rubric = new EntryRubric
        {
            Gates = ImmutableSortedDictionary<string, bool>.Empty.Add("actionability", true).Add("cue", true).Add("generality", true),
            Scores = Scores.ToImmutableSortedDictionary(score => score, _ => 0.875, StringComparer.Ordinal),
            WeightedTotal = 0.875,
            Weights = Weights,
        };
        return new PlaybookEntry
        {
            Id = $"entry-{number}",
            Audience = "student",
            Cue = cue with { Description = $"the request or a tool result shows sign {number} of a known problem" },
            Action = new EntryAction
            {
                Imperative = "Read the record with the tool before answering, and quote what it says.",
                RuntimeHandle = $"tool_{number}",
                ToolName = $"tool_{number}",
            },
            ExpectedEffect = "The answer rests on the record, so that no correction is needed afterwards.",
            Scope = new EntryScope
            {
                Category = "reinforcement",
                Constraints = "Only where the tool is at hand.",
                AppliesWhen = "Before any change is made for a customer.",
            },
            Rubric = rubric,
            Provenance = new EntryProvenance
            {
                CreatedAt = AtlasTime.Iso(SampleSessions.Epoch),
                UpdatedAt = AtlasTime.Iso(SampleSessions.Epoch),
                SourceSessionId = 1,
                TeacherGuidanceDigest = "9f86d081884c7d65",
                SourceTeacherInterventionHash = "9f86d081884c7d65",
                Status = new EntryStatus { Category = "reinforcement", Lifecycle = EntryLifecycle.Active },
                Rubric = rubric,
                Weights = Weights,
            },
        };
    }
}
