using System.Text.Json.Serialization;

namespace Atlas.Learning.Evidence;

/// <summary>A version that a share of the sessions gets, and its parent, which the others get.</summary>
public sealed record CanaryTrial
{
    /// <summary>The new version.</summary>
    public required CanaryVersion Version { get; init; }

    /// <summary>The version it is measured against.</summary>
    public required CanaryVersion Parent { get; init; }

    public TrialEvidence Evidence { get; init; } = TrialEvidence.None;

    /// <summary>Tells it from other trials of the same two versions; 0 in older trials.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Number { get; init; }

    /// <summary>The newest version that arrived meanwhile; it goes on trial next. A newer one replaces it, never the running one.</summary>
    public CanaryVersion? Waiting { get; init; }

    /// <summary>The two versions, with which the coin of a session is thrown.</summary>
    [JsonIgnore]
    public string Pair => FormattableString.Invariant($"{Parent.Number}-{Version.Number}");

    /// <summary>Separates the draws of this trial from those of all others.</summary>
    [JsonIgnore]
    public string Salt => Number == 0 ? Pair : FormattableString.Invariant($"{Pair}-{Number}");

    /// <summary>Returns the trial after a new version arrives: no trial if the served version says the same, a new trial if none is
    /// running, otherwise the running trial with the version waiting.</summary>
    /// <param name="running">The running trial; null for none.</param>
    /// <param name="served">The version that sessions get now: the parent of a trial that starts.</param>
    /// <param name="version">The new version.</param>
    /// <param name="number">The <see cref="Number"/> of a trial that starts.</param>
    public static CanaryTrial? Offer(CanaryTrial? running, CanaryVersion served, CanaryVersion version, long number = 0)
    {
        ArgumentNullException.ThrowIfNull(served);
        ArgumentNullException.ThrowIfNull(version);
        if (running is null)
        {
            return version.Sha == served.Sha ? null : new CanaryTrial { Version = version, Parent = served, Number = number };
        }

        // A version already on trial needs no second trial, but it still replaces an older version that waits.
        return running with { Waiting = version.Sha == running.Version.Sha ? null : version };
    }

    /// <summary>Returns the trial after this one has ended; null for none.</summary>
    /// <param name="decision">How it ended.</param>
    /// <param name="number">The <see cref="Number"/> of the next trial.</param>
    public CanaryTrial? Next(CanaryDecision decision, long number = 0)
    {
        if (decision is CanaryDecision.GoOn)
        {
            return this;
        }

        return Waiting is null ? null : Offer(null, decision is CanaryDecision.Promote ? Version : Parent, Waiting, number);
    }
}

/// <summary>A version as a treatment.</summary>
/// <param name="Number">The version's number.</param>
/// <param name="Sha">SHA-256 of the injected text: two versions with the same text are one treatment.</param>
/// <param name="WasRead">Whether a person wrote or read it.</param>
public sealed record CanaryVersion(int Number, string Sha, bool WasRead);
