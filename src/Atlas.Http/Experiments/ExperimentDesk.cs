using System.Collections.Immutable;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Experiments;
using Atlas.Http.Access;
using Atlas.Http.Keys;
using Atlas.Http.Problems;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Learning.Playbooks;
using Atlas.Queries;

namespace Atlas.Http.Experiments;

/// <summary>Reads the results of trials and experiments, and starts and ends experiments.</summary>
internal sealed class ExperimentDesk(Backend backend, KeyDesk keys)
{
    private readonly FindingsQueries _findings = new(backend.Database);

    /// <summary>Returns what the trials of a key have found.</summary>
    /// <exception cref="ProblemException">The key is unknown.</exception>
    public async Task<KeyFindings> EvidenceAsync(string stored, Caller caller, CancellationToken cancellation)
    {
        await keys.StateAsync(stored, caller, cancellation).ConfigureAwait(false);
        return await _findings.FindAsync(stored, cancellation).ConfigureAwait(false) ?? new KeyFindings { Summary = EffectWords.OfLearning(null, null) };
    }

    public async Task<ImmutableArray<ExperimentReport>> ListAsync(string stored, Caller caller, CancellationToken cancellation)
    {
        await keys.StateAsync(stored, caller, cancellation).ConfigureAwait(false);
        return await backend.Key(stored).Experiments().ConfigureAwait(false);
    }

    /// <summary>Returns an experiment.</summary>
    /// <exception cref="ProblemException">There is no such key or experiment.</exception>
    public async Task<ExperimentReport> DemandAsync(string stored, int number, Caller caller, CancellationToken cancellation)
    {
        var all = await ListAsync(stored, caller, cancellation).ConfigureAwait(false);
        return all.FirstOrDefault(experiment => experiment.Number == number) ?? throw Problem.ExperimentNotFound.With(all.IsEmpty
            ? $"There are no experiments with the learning key '{Door.Parameters.Short(caller.Show(stored))}'."
            : FormattableString.Invariant($"The learning key '{Door.Parameters.Short(caller.Show(stored))}' has no experiment {number}; it has {all[^1].Number} to {all[0].Number}."));
    }

    /// <summary>Returns how many sessions an experiment would take.</summary>
    /// <exception cref="ProblemException">The experiment could not be started.</exception>
    public async Task<ExperimentNeed> PlanAsync(string stored, Caller caller, ExperimentPlan plan, HttpContext context)
    {
        await LookAsync(stored, caller, plan, context.RequestAborted).ConfigureAwait(false);
        try
        {
            return await backend.Key(stored).PlanExperiment(plan).ConfigureAwait(false);
        }
        catch (AtlasRefusedException refused)
        {
            throw (await WhyAsync(stored).ConfigureAwait(false)).With(caller.Say(refused.Message));
        }
    }

    public async Task<(ExperimentNeed Needed, ExperimentReport Started)> StartAsync(
        string stored, Caller caller, ExperimentPlan plan, Attribution by, HttpContext context)
    {
        await LookAsync(stored, caller, plan, context.RequestAborted).ConfigureAwait(false);
        var started = await keys.OnceAsync(
            stored, caller, by, (key, signed) => key.StartExperiment(plan, signed), (key, made) => FoundAsync(key, made.Experiment),
            async _ => await WhyAsync(stored).ConfigureAwait(false), context).ConfigureAwait(false);
        var found = await _findings.FindAsync(stored, CancellationToken.None).ConfigureAwait(false);
        return (ExperimentWords.Needed(plan, found?.Variance ?? SessionsNeeded.LargestVariance, found?.Rules ?? new EvidenceOptions()), started);
    }

    public async Task<ExperimentReport> EndAsync(
        string stored, Caller caller, int number, Attribution by, Func<ILearningKeyGrain, Attribution, Task<ExperimentReport>> end, HttpContext context)
    {
        await DemandAsync(stored, number, caller, context.RequestAborted).ConfigureAwait(false);
        return await keys.OnceAsync(
            stored, caller, by, end, (key, _) => FoundAsync(key, number),
            async key => (await FoundAsync(key, number).ConfigureAwait(false)) switch
            {
                { EndedAt: not null } => Problem.ExperimentOver,
                { Decision: ExperimentDecision.GoOn } => Problem.ExperimentUndecided,
                _ => null,
            },
            context).ConfigureAwait(false);
    }

    /// <summary>Sets the status of an entry.</summary>
    /// <exception cref="ProblemException">There is no such key or entry.</exception>
    public async Task<KeyChange> SetAsync(
        string stored, Caller caller, string entry, Attribution by, Func<ILearningKeyGrain, Attribution, Task<KeyChange>> change, HttpContext context)
    {
        await keys.StateAsync(stored, caller, context.RequestAborted).ConfigureAwait(false);
        await DemandEntryAsync(stored, caller, entry, context.RequestAborted).ConfigureAwait(false);
        return await keys.ChangeAsync(stored, caller, null, by, change, context).ConfigureAwait(false);
    }

    /// <summary>Checks that what a plan compares exists, so that a mistyped name is reported as such.</summary>
    private async Task LookAsync(string stored, Caller caller, ExperimentPlan plan, CancellationToken cancellation)
    {
        await keys.StateAsync(stored, caller, cancellation).ConfigureAwait(false);
        foreach (var version in (int?[])[plan.FirstVersion, plan.NewVersion])
        {
            if (version is { } number)
            {
                await keys.PlaybookAsync(stored, number, caller, cancellation).ConfigureAwait(false);
            }
        }

        if (plan.Entry is { } entry)
        {
            await DemandEntryAsync(stored, caller, entry, cancellation).ConfigureAwait(false);
        }
    }

    private async Task DemandEntryAsync(string stored, Caller caller, string entry, CancellationToken cancellation)
    {
        var state = await _findings.FindStateAsync(stored, cancellation).ConfigureAwait(false);
        if (state is null || !EvidenceDecisions.Known(state).Any(known => EntryIds.Of(known) == entry))
        {
            throw Problem.EntryNotFound.With(
                $"No version in use of the playbook of '{Door.Parameters.Short(caller.Show(stored))}' has an entry '{Door.Parameters.Short(entry)}'. GET …/entries lists the entries.");
        }
    }

    private async Task<Problem> WhyAsync(string stored)
    {
        var key = backend.Key(stored);
        var standing = await key.Describe().ConfigureAwait(false);
        return standing.Frozen ? Problem.KeyFrozen
            : (await key.Experiments().ConfigureAwait(false)).Any(experiment => experiment.EndedAt is null) ? Problem.ExperimentRunning
            : standing.PinnedVersion is not null ? Problem.KeyPinned
            : Problem.Refused;
    }

    private static async Task<ExperimentReport> FoundAsync(ILearningKeyGrain key, int? number)
    {
        var all = await key.Experiments().ConfigureAwait(false);
        return all.FirstOrDefault(experiment => experiment.Number == number) ?? all[0];
    }
}
