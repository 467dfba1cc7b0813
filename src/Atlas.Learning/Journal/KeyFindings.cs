using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Atlas.Domain.Experiments;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Evidence;
using Atlas.Learning.Injection;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>What a key's trials have found, for reports.</summary>
public sealed record KeyFindings
{
    /// <summary>A sentence that says whether learning helps the key, by how much and with what certainty, or how many more sessions are
    /// needed.</summary>
    public required string Summary { get; init; }

    /// <summary>Whether learning helps: sessions with a playbook against sessions without; null if nothing was ever withheld.</summary>
    public EffectSummary? Learning { get; init; }

    /// <summary>The version on trial; null for none.</summary>
    public VersionFinding? Canary { get; init; }

    /// <summary>The entries of all versions in use, helpful ones first, and earlier entries that were found harmful or of no use.</summary>
    public ImmutableArray<EntryFinding> Entries { get; init; } = [];

    /// <summary>Whether rewards have declined for an unknown reason. By chance alone, this happens about once in
    /// <see cref="EvidenceOptions.AlarmLimit"/> sessions.</summary>
    public bool Alarm { get; init; }

    /// <summary>The alarm in plain words, and how often such an alarm is false; null if none is raised.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Decline { get; init; }

    /// <summary>The experiments that people started, newest first; of finished ones, the latest.</summary>
    public ImmutableArray<ExperimentReport> Experiments { get; init; } = [];

    /// <summary>The bounds in force.</summary>
    [JsonIgnore]
    public EvidenceOptions Rules { get; init; } = new();

    /// <summary>The mean squared distance of rewards from those expected of their tasks; see
    /// <see cref="TrialEvidence.Variance"/>.</summary>
    [JsonIgnore]
    public double Variance { get; init; }

    /// <summary>Returns what is known about an entry; null if nothing is.</summary>
    public EntryFinding? Of(PlaybookEntry entry)
    {
        var (id, sha) = (EntryIds.Of(entry), EvidenceDecisions.Sha(entry));
        return Entries.FirstOrDefault(found => found.Id == id && found.Sha == sha);
    }

    /// <summary>Adds what other keys know about the same words: each key draws independently, so the evidence multiplies.</summary>
    /// <param name="others">The trials of other keys.</param>
    public KeyFindings With(IReadOnlyCollection<EntryTrial> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        var elsewhere = others.Where(trial => trial.WasTried && !trial.Evidence.Counts.IsImpossible).ToLookup(trial => trial.Sha, trial => trial.Evidence, StringComparer.Ordinal);
        return this with { Entries = [.. Entries.Select(found => elsewhere[found.Sha].ToList() is { Count: > 0 } known ? found with { Pooled = Pool(found, known) } : found)] };
    }

    private PooledFinding Pool(EntryFinding found, List<TrialEvidence> elsewhere) => new(
        elsewhere.Count + (found.Sessions > 0 ? 1 : 0),
        EffectSummary.Of(TrialEvidence.Pool([found.Evidence, .. elsewhere]), found.State.WithheldShare(Rules) ?? Rules.ProvisionalShare, Rules));

    /// <summary>Returns the findings of a key; null for one without trials.</summary>
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

        // Every claim that was ever tried counts, otherwise the remaining ones would look better than they are.
        var tried = evidence.Entries.Where(trial => trial.WasTried).ToList();
        double[] logs = [.. tried.Select(trial => trial.Evidence.Counts.IsImpossible ? double.NegativeInfinity : trial.Evidence.LogHelp()), .. Enumerable.Repeat(double.NegativeInfinity, (int)Math.Min(trials.RestingTried, 100_000))];
        var claimed = FalseDiscoveries.Controlled(logs).Select(index => (tried[index].Entry, tried[index].Sha)).ToHashSet();
        return new KeyFindings
        {
            Summary = EffectWords.OfLearning(learning, rules),
            Learning = learning,
            Rules = rules,
            Variance = evidence.Learning.Variance,
            Alarm = evidence.Watch.IsRaised,
            Decline = evidence.Watch.IsRaised ? EffectWords.OfDecline(rules.AlarmLimit, evidence.Canary?.Version.Number, evidence.Canary?.Parent.Number) : null,
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
        SupportingTasks = trial.State is EntryTrialState.Candidate ? trial.Support?.Counted.Length ?? 0 : null,
    };

    private static double Share(double share) => Math.Clamp(share, 0.01, 0.99);
}

/// <summary>What is known about an entry's words.</summary>
public sealed record EntryFinding
{
    /// <summary>The entry's id.</summary>
    public required string Id { get; init; }

    /// <summary>The first 16 hex digits of the SHA-256 of its words.</summary>
    public required string Sha { get; init; }

    /// <summary>The role it is for; empty if no version in use has it.</summary>
    public required string Role { get; init; }

    /// <summary>The words as they are rendered; empty if they are no longer known.</summary>
    public required string Words { get; init; }

    /// <summary>Its state.</summary>
    public required EntryTrialState State { get; init; }

    /// <summary>Number of sessions that were drawn for it and counted.</summary>
    public required long Sessions { get; init; }

    /// <summary>The evidence, for combining keys.</summary>
    [JsonIgnore]
    public TrialEvidence Evidence { get; init; } = TrialEvidence.None;

    /// <summary>Estimate, bounds and verdict.</summary>
    public required EffectSummary Effect { get; init; }

    /// <summary>Whether it can be claimed to help, together with all others that can, with at most one in twenty of these claims
    /// wrong.</summary>
    public required bool IsClaimed { get; init; }

    /// <summary>What all keys together know about these words; null if no other key has tried them, or the others were not asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PooledFinding? Pooled { get; init; }

    /// <summary>The number of tasks that support a candidate; null for other states.</summary>
    public int? SupportingTasks { get; init; }
}

/// <summary>What several keys together know about an entry's words.</summary>
/// <param name="Keys">Keys that have tried them.</param>
/// <param name="Effect">Estimate, bounds and verdict over all their sessions.</param>
public sealed record PooledFinding(int Keys, EffectSummary Effect);

/// <summary>What is known about the version on trial.</summary>
/// <param name="Version">The version.</param>
/// <param name="Parent">The version it is compared with.</param>
/// <param name="Effect">Estimate, bounds and verdict.</param>
/// <param name="Waiting">The version that goes on trial next; null for none.</param>
public sealed record VersionFinding(int Version, int Parent, EffectSummary Effect, int? Waiting);
