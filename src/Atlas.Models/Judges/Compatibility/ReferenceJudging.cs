namespace Atlas.Models.Judges.Compatibility;

/// <summary>Rules of judging of the Python implementation that Atlas deliberately does not follow, one switch each.</summary>
/// <remarks>All are off outside the conformance suite, which shows with them that everything else is the same.</remarks>
internal sealed record ReferenceJudging
{
    /// <summary>Atlas' own rules.</summary>
    public static ReferenceJudging None { get; } = new();

    /// <summary>All rules of the Python implementation.</summary>
    public static ReferenceJudging All { get; } = new()
    {
        AnyNumberIsAScore = true,
        OutageIsZero = true,
        FirstTierForgotten = true,
        FencedAnswersUnusable = true,
    };

    /// <summary>Scores and uncertainties need not lie between 0 and 1, and truth values count as 1 and 0.</summary>
    public bool AnyNumberIsAScore { get; init; }

    /// <summary>A session that nobody could judge gets the reward 0.</summary>
    public bool OutageIsZero { get; init; }

    /// <summary>The spread of the first judgements is not kept when the arbiter decides.</summary>
    public bool FirstTierForgotten { get; init; }

    /// <summary>An answer in a code fence is no answer.</summary>
    public bool FencedAnswersUnusable { get; init; }
}
