using Atlas.Domain;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;

namespace Atlas.Learning.Evidence;

/// <summary>Keeps the influence of one author's sessions below a share: of a quorum, of what a synthesizer is shown, and of the evidence
/// that decides which entries stay.</summary>
/// <remarks>In force once a key has seen more authors than fit in the share: with only a few authors, nobody can be limited in favor of the
/// others.</remarks>
public static class AuthorLimit
{
    private const int Least = 2;

    /// <summary>Whether the limit is in force.</summary>
    public static bool Holds(KeyTrials? trials, LearningOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.AuthorShare < 1 && trials?.Authors is { } authors && authors.Sessions.Count > 1 / options.AuthorShare;
    }

    /// <summary>Returns how many sessions of a number can come from one author.</summary>
    public static int Of(KeyTrials? trials, LearningOptions options, int all) =>
        Holds(trials, options) ? Math.Max(1, (int)(all * options.AuthorShare)) : int.MaxValue;

    /// <summary>Returns the session as it counts: without its draws, and therefore for no trial, if its author has reached the share. It
    /// was drawn like any other, and its result does not influence whether it counts, so the remaining sessions are still a valid
    /// experiment.</summary>
    public static SessionOutcome Limited(KeyTrials? trials, SessionOutcome outcome, LearningOptions options)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(options);
        return outcome.Assignment?.Author is { } author && Holds(trials, options)
            && trials!.Authors!.Sessions.GetValueOrDefault(author) >= Math.Max(Least, options.AuthorShare * (trials.Authors.Total + 1))
                ? outcome with { Assignment = null }
                : outcome;
    }
}
