using Atlas.Learning.Compatibility;
using Atlas.Models.Judges.Compatibility;

namespace Atlas.Conformance;

/// <summary>By whose rules the vectors are run.</summary>
internal sealed record ConformanceSettings
{
    /// <summary>The rules of the original: every vector must come out as it says.</summary>
    public static ConformanceSettings Original { get; } = new()
    {
        Rules = ReferenceRules.All with { MergeEntries = ReferenceEntryMerge.Merge },
        Judging = ReferenceJudging.All,
        LengthMargin = 0,
        ConstantHistoryFloor = null,
    };

    /// <summary>Atlas' own rules.</summary>
    public static ConformanceSettings Atlas { get; } = new()
    {
        Rules = ReferenceRules.None,
        Judging = ReferenceJudging.None,
        LengthMargin = 20,
        ConstantHistoryFloor = 0.05,
    };

    public required ReferenceRules Rules { get; init; }

    public required ReferenceJudging Judging { get; init; }

    /// <summary><c>learning.gates.allow_length_overflow_margin</c>, which the original never reads.</summary>
    public required int LengthMargin { get; init; }

    /// <summary><c>runtime_safety.drift.constant_history_floor</c>, which the original does not know.</summary>
    public required double? ConstantHistoryFloor { get; init; }
}
