using Atlas.Learning.Compatibility;
using Atlas.Models.Judges.Compatibility;

namespace Atlas.Conformance;

/// <summary>Where Atlas deliberately does something else than the original, and the defect that asks for it.</summary>
internal static class DeliberateDifferences
{
    /// <summary>All of them. Everything that is not listed here is the same.</summary>
    public static IReadOnlyList<DeliberateDifference> All { get; } =
    [
        new("L26", nameof(ReferenceRules.BlankTextErases), "A blank text in an answer changes nothing; the original erases the playbook's text.",
            settings => settings with { Rules = settings.Rules with { BlankTextErases = false } }, "synthesis"),
        new("L8, entries", nameof(ReferenceRules.TextsStandAsWritten), "Texts are rendered from the entries, and what an answer does not speak of stays; in the original texts and entries stand side by side, and an entry that is not repeated is given up.",
            settings => settings with { Rules = settings.Rules with { TextsStandAsWritten = false } }, "synthesis"),
        new("L9", nameof(ReferenceRules.PrunedLeavesNoTrace), "A pruned entry leaves a trace in pruned_entries; in the original it vanishes.",
            settings => settings with { Rules = settings.Rules with { PrunedLeavesNoTrace = false } }, "synthesis"),
        new("L12, L16", nameof(ReferenceRules.EverySessionIsEvidence), "Incidents, retries and failures count for entries that were hit; in the original for all.",
            settings => settings with { Rules = settings.Rules with { EverySessionIsEvidence = false } }, "usage_and_impact"),
        new("L18", nameof(ReferenceRules.EntriesServeBothRoles), "An entry is watched for its audience; in the original for student and teacher alike.",
            settings => settings with { Rules = settings.Rules with { EntriesServeBothRoles = false } }, "usage_and_impact"),
        new("§12, enforce_generality", nameof(ReferenceRules.UnenforcedGeneralityPasses), "The generality gate does what the documentation says: not enforced, it makes entries provisional; enforced, it rejects.",
            settings => settings with { Rules = settings.Rules with { UnenforcedGeneralityPasses = false } }, "entry_evaluation", "synthesis"),
        new("§12, allow_length_overflow_margin", nameof(ConformanceSettings.LengthMargin), "The margin is read: that many characters above the limit cost nothing. In the original it is a dead key.",
            settings => settings with { LengthMargin = ConformanceSettings.Atlas.LengthMargin }, "entry_evaluation", "synthesis"),
        new("S3", nameof(ReferenceRules.BaselineCountsEveryRow), "Rows without a score are no part of the baseline.",
            settings => settings with { Rules = settings.Rules with { BaselineCountsEveryRow = false } }, "drift"),
        new("S2", nameof(ConformanceSettings.ConstantHistoryFloor), "A score that leaves a constant history is an alert; in the original it never is.",
            settings => settings with { ConstantHistoryFloor = ConformanceSettings.Atlas.ConstantHistoryFloor }, "drift"),
        new("W7", nameof(ReferenceJudging.FirstTierForgotten), "When the arbiter decides, the spread of the first judgements is kept beside; in the original it is lost.",
            settings => settings with { Judging = settings.Judging with { FirstTierForgotten = false } }, "reward"),
    ];

    /// <summary>Rules that differ although no vector shows it; tests of Atlas.Learning do.</summary>
    public static IReadOnlyDictionary<string, string> NotInVectors { get; } = new Dictionary<string, string>
    {
        [nameof(ReferenceRules.TransferNeedsNoIncident)] = "L12: in every vector some entry has seen an incident.",
        [nameof(ReferenceRules.BaselinePrefersMean)] = "S4: no row of a vector has both score and score_mean.",
        [nameof(ReferenceRules.HandleSpellingKept)] = "L19: no vector spells a tool's name in two ways.",
        [nameof(ReferenceRules.PredicatesAreText)] = "§12, predicate = condition: no vector has the words of a condition in another order.",
        [nameof(ReferenceJudging.AnyNumberIsAScore)] = "W4: every number of a vector lies between 0 and 1.",
        [nameof(ReferenceJudging.OutageIsZero)] = "W6: in every vector somebody judged.",
        [nameof(ReferenceJudging.FencedAnswersUnusable)] = "reward.md §3: no answer of a vector stands in a code fence.",
    };
}

/// <summary>One deliberate difference.</summary>
/// <param name="Defect">Its number in the tables of defects, or the section and key where documentation and code disagree.</param>
/// <param name="Rule">The rule or setting that brings the original's behaviour back.</param>
/// <param name="What">What Atlas does, and what the original does.</param>
/// <param name="Own">Takes settings of the original and puts Atlas' own rule in.</param>
/// <param name="Files">The vector files that show it.</param>
internal sealed record DeliberateDifference(
    string Defect, string Rule, string What, Func<ConformanceSettings, ConformanceSettings> Own, params string[] Files);
