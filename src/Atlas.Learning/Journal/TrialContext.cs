using Atlas.Learning.Evidence;
using Atlas.Learning.Meaning;
using Atlas.Learning.Synthesis;

namespace Atlas.Learning.Journal;

/// <summary>What a key's trials say about an answer.</summary>
public static class TrialContext
{
    /// <summary>Returns the context with what the trials say now: words that must not return, entries that must stay, and whether the answer
    /// can write the text before them.</summary>
    public static SynthesisContext With(this SynthesisContext context, KeyTrials? trials)
    {
        ArgumentNullException.ThrowIfNull(context);
        var isLimited = AuthorLimit.Holds(trials, context.Options);
        return context with
        {
            Condemned = trials is null ? [] : [.. trials.Condemned.Select(entry => new CondemnedRule(entry.Entry, entry.Sha, entry.Words))],
            Standing = isLimited ? trials!.Standing : [],
            MayWritePreface = !isLimited,
        };
    }
}
