using System.Text.Json.Serialization;

namespace Atlas.Learning.Evidence;

/// <summary>A version that a share of the sessions is given, and its parent, which the others get.</summary>
public sealed record CanaryTrial
{
    /// <summary>The new version.</summary>
    public required CanaryVersion Version { get; init; }

    /// <summary>The version it is measured against.</summary>
    public required CanaryVersion Parent { get; init; }

    public TrialEvidence Evidence { get; init; } = TrialEvidence.None;

    /// <summary>The newest version that came meanwhile; it is tried next. A newer one takes its place, never that of the running one.</summary>
    public CanaryVersion? Waiting { get; init; }

    /// <summary>Sets the draws of this trial apart from those of every other.</summary>
    [JsonIgnore]
    public string Salt => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Parent.Number}-{Version.Number}");

    /// <summary>What a new version starts: nothing where one is served that says the same, a trial where none runs, else it waits.</summary>
    /// <param name="running">The trial that runs; null for none.</param>
    /// <param name="served">What sessions are given now: the parent of a trial that starts.</param>
    /// <param name="version">The new version.</param>
    public static CanaryTrial? Offer(CanaryTrial? running, CanaryVersion served, CanaryVersion version)
    {
        ArgumentNullException.ThrowIfNull(served);
        ArgumentNullException.ThrowIfNull(version);
        if (running is null)
        {
            return version.Sha == served.Sha ? null : new CanaryTrial { Version = version, Parent = served };
        }

        // What is tried already needs no second trial; an older offer that waits is out of date all the same.
        return running with { Waiting = version.Sha == running.Version.Sha ? null : version };
    }

    /// <summary>The trial after this one has ended; null for none.</summary>
    /// <param name="decision">How it ended.</param>
    public CanaryTrial? Next(CanaryDecision decision)
    {
        if (decision is CanaryDecision.GoOn)
        {
            return this;
        }

        return Waiting is null ? null : Offer(null, decision is CanaryDecision.Promote ? Version : Parent, Waiting);
    }
}

/// <summary>A version as a treatment.</summary>
/// <param name="Number">The version's number.</param>
/// <param name="Sha">SHA-256 of what is injected: two versions that render alike are one treatment.</param>
/// <param name="WasRead">Whether a person wrote or read it.</param>
public sealed record CanaryVersion(int Number, string Sha, bool WasRead);
