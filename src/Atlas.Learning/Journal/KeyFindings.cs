using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Atlas.Domain.Experiments;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Evidence;
using Atlas.Learning.Injection;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>What a key's trials have found, as it is reported.</summary>
public sealed record KeyFindings
{
    /// <summary>In plain words: whether learning helps the key, by how much and how surely, or how many sessions are missing.</summary>
    public required string Summary { get; init; }

    /// <summary>Whether learning helps: sessions with a playbook against sessions without; null where nothing was ever withheld.</summary>
    public EffectSummary? Learning { get; init; }

    /// <summary>The version on trial; null for none.</summary>
    public VersionFinding? Canary { get; init; }

    /// <summary>The entries of all versions in use, those that help first, and those that were tried before and were found to be harmful or of no use.</summary>
    public ImmutableArray<EntryFinding> Entries { get; init; } = [];

    /// <summary>Whether rewards have become lower than they were; nobody knows why. By chance alone it is so once in about
    /// <see cref="EvidenceOptions.AlarmLimit"/> sessions.</summary>
    public bool Alarm { get; init; }

    /// <summary>The experiments that people started, the newest first; of those that are over, the last ones.</summary>
    public ImmutableArray<ExperimentReport> Experiments { get; init; } = [];

    /// <summary>The bounds in force.</summary>
    [JsonIgnore]
    public EvidenceOptions Rules { get; init; } = new();

    /// <summary>How far rewards lie from what is expected of their tasks, squared; see <see cref="TrialEvidence.Variance"/>.</summary>
    [JsonIgnore]
    public double Variance { get; init; }

    /// <summary>What is known of an entry; null if nothing is.</summary>
    public EntryFinding? Of(PlaybookEntry entry)
    {
        var (id, sha) = (EntryIds.Of(entry), EvidenceDecisions.Sha(entry));
        return Entries.FirstOrDefault(found => found.Id == id && found.Sha == sha);
    }

    /// <summary>The findings with what other keys know of the same words: each was drawn independently, so that the evidence multiplies.</summary>
    /// <param name="others">The trials of other keys.</param>
    public KeyFindings With(IReadOnlyCollection<EntryTrial> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        var elsewhere = others.Where(trial => trial.WasTried).ToLookup(trial => trial.Sha, trial => trial.Evidence, StringComparer.Ordinal);
        return this with { Entries = [.. Entries.Select(found => elsewhere[found.Sha].ToList() is { Count: > 0 } known ? found with { Pooled = Pool(found, known) } : found)] };
    }

    private PooledFinding Pool(EntryFinding found, List<TrialEvidence> elsewhere) => new(
        elsewhere.Count + (found.Sessions > 0 ? 1 : 0),
        EffectSummary.Of(TrialEvidence.Pool([found.Evidence, .. elsewhere]), found.State.WithheldShare(Rules) ?? Rules.ProvisionalShare, Rules));

    /// <summary>The findings of a key; null for one that has tried nothing.</summary>
    public static KeyFindings? Of(LearningKeyState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Trials is not { } trials)
        {
            return null;
        }

        var (evidence, rules) = (trials.Evidence, trials.Rules);
        var learning = evidence.Learning.Sessions == 0 ? null : EffectSummary.Of(evidence.Learning, Share(rules.HoldoutShare), rules);
        var known = EvidenceDecisions.Known(state).ToDictionary(entry => (EntryIds.Of(entry), EvidenceDecisions.Sha(entry)));
        var listed = evidence.Entries.Where(trial => known.ContainsKey((trial.Entry, trial.Sha)) || trial.State.IsFinal).ToImmutableArray();

        // Every claim that was ever tried counts, or those that are left would look better than they are.
        var tried = evidence.Entries.Where(trial => trial.WasTried).ToList();
        double[] logs = [.. tried.Select(trial => trial.Evidence.LogHelp()), .. Enumerable.Repeat(double.NegativeInfinity, (int)Math.Min(trials.RestingTried, 100_000))];
        var claimed = FalseDiscoveries.Controlled(logs).Select(index => (tried[index].Entry, tried[index].Sha)).ToHashSet();
        return new KeyFindings
        {
            Summary = EffectWords.OfLearning(learning, rules),
            Learning = learning,
            Rules = rules,
            Variance = evidence.Learning.Variance,
            Alarm = evidence.Watch.IsRaised,
            Experiments = ExperimentConclusions.Reports(trials),
            Canary = evidence.Canary is { } canary
                ? new(canary.Version.Number, canary.Parent.Number, EffectSummary.Of(canary.Evidence, rules.CanaryShare, rules), canary.Waiting?.Number)
                : null,
            Entries =
            [
                .. listed.Select(trial => Finding(trial, known.GetValueOrDefault((trial.Entry, trial.Sha)), trials, claimed.Contains((trial.Entry, trial.Sha))))
                    .OrderByDescending(found => found.Effect.Effect ?? double.NegativeInfinity).ThenBy(found => found.Id, StringComparer.Ordinal),
            ],
        };
    }

    private static EntryFinding Finding(EntryTrial trial, PlaybookEntry? entry, KeyTrials trials, bool claimed) => new()
    {
        Id = trial.Entry,
        Sha = trial.Sha,
        Role = entry?.Role ?? "",
        Words = entry is not null ? EntryWords.Of(entry) : trials.Condemned.FirstOrDefault(known => known.Entry == trial.Entry && known.Sha == trial.Sha)?.Words ?? "",
        State = trial.State,
        Sessions = trial.Evidence.Sessions,
        Evidence = trial.Evidence,
        Effect = EffectSummary.Of(trial.Evidence, trial.State.WithheldShare(trials.Rules) ?? trials.Rules.ProvisionalShare, trials.Rules),
        IsClaimed = claimed,
        SupportingTasks = trial.State is EntryTrialState.Candidate ? trial.Support?.Tasks.Length ?? 0 : null,
    };

    private static double Share(double share) => Math.Clamp(share, 0.01, 0.99);
}

/// <summary>What is known of an entry's words.</summary>
public sealed record EntryFinding
{
    /// <summary>The entry's id.</summary>
    public required string Id { get; init; }

    /// <summary>The first 16 hex digits of the SHA-256 of its words.</summary>
    public required string Sha { get; init; }

    /// <summary>Whom it is about; empty if no version in use has it.</summary>
    public required string Role { get; init; }

    /// <summary>The words as they are rendered; empty if they are not known any more.</summary>
    public required string Words { get; init; }

    /// <summary>Where it stands.</summary>
    public required EntryTrialState State { get; init; }

    /// <summary>Sessions that were drawn for it and counted.</summary>
    public required long Sessions { get; init; }

    /// <summary>What the sessions say, for adding up over keys.</summary>
    [JsonIgnore]
    public TrialEvidence Evidence { get; init; } = TrialEvidence.None;

    /// <summary>Estimate, bounds and verdict.</summary>
    public required EffectSummary Effect { get; init; }

    /// <summary>Whether it may be claimed to help together with all others that may, with at most one in twenty of such claims wrong.</summary>
    public required bool IsClaimed { get; init; }

    /// <summary>What all keys together know of these words; null where no other key has tried them, or where nobody asked the others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PooledFinding? Pooled { get; init; }

    /// <summary>Of a candidate: the tasks that support it; null else.</summary>
    public int? SupportingTasks { get; init; }
}

/// <summary>What several keys together know of an entry's words.</summary>
/// <param name="Keys">Keys that have tried them.</param>
/// <param name="Effect">Estimate, bounds and verdict over all their sessions.</param>
public sealed record PooledFinding(int Keys, EffectSummary Effect);

/// <summary>What is known of the version on trial.</summary>
/// <param name="Version">The version.</param>
/// <param name="Parent">What it is held against.</param>
/// <param name="Effect">Estimate, bounds and verdict.</param>
/// <param name="Waiting">The version that is tried next; null for none.</param>
public sealed record VersionFinding(int Version, int Parent, EffectSummary Effect, int? Waiting);
