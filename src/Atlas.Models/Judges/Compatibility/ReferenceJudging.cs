namespace Atlas.Models.Judges.Compatibility;

/// <summary>Rules of the Python implementation's judging that Atlas deliberately does not follow, with one switch each.</summary>
/// <remarks>All are off except in the conformance suite, which uses them to show that everything else is the same.</remarks>
internal sealed record ReferenceJudging
{
    /// <summary>Gets the rules of Atlas.</summary>
    public static ReferenceJudging None { get; } = new();

    /// <summary>Gets all rules of the Python implementation.</summary>
    public static ReferenceJudging All { get; } = new()
    {
        AnyNumberIsAScore = true,
        OutageIsZero = true,
        FirstTierForgotten = true,
        FencedAnswersUnusable = true,
    };

    /// <summary>Gets a value indicating whether scores and uncertainties outside 0 to 1 are accepted, and booleans count as 1 and 0.</summary>
    public bool AnyNumberIsAScore { get; init; }

    /// <summary>Gets a value indicating whether a session that nobody could judge gets the reward 0.</summary>
    public bool OutageIsZero { get; init; }

    /// <summary>Gets a value indicating whether the spread of the first judgements is dropped when the arbiter decides.</summary>
    public bool FirstTierForgotten { get; init; }

    /// <summary>Gets a value indicating whether an answer in a code fence is unusable.</summary>
    public bool FencedAnswersUnusable { get; init; }
}
