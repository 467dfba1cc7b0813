namespace Atlas.Learning.Pruning;

/// <summary>Why an entry was removed.</summary>
public static class PruneReason
{
    /// <summary>Its cue hardly ever matches.</summary>
    public const string TooSpecific = "too_specific";

    /// <summary>Sessions in which it was hit got lower rewards than the others.</summary>
    public const string Harmful = "harmful";

    /// <summary>It is used often and changes nothing.</summary>
    public const string Neutral = "neutral";

    /// <summary>It never helped in a second incident.</summary>
    public const string NoTransfer = "no_transfer";

    /// <summary>A synthesizer proposed to retire it.</summary>
    public const string Retired = "retired";

    /// <summary>It was withheld at random, and sessions without it did as well or better.</summary>
    public const string FailedTrial = "failed_trial";

    /// <summary>It contained an answer that no playbook may contain.</summary>
    public const string HeldAnswer = "held_answer";
}
