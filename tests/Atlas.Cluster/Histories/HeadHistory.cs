using System.Collections.Concurrent;
using System.Diagnostics;
using Atlas.Client;
using Atlas.Cluster.Linearizability;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Orleans.Runtime;

namespace Atlas.Cluster.Histories;

/// <summary>Makes calls on the head of one key, and records what was asked and answered when.</summary>
internal sealed class HeadHistory(string key)
{
    private static readonly Attribution By = new("load", null);

    private readonly ConcurrentQueue<Interval<HeadOperation>> _seen = new();
    private int _newest;

    public string Key => key;

    /// <summary>The newest version that anybody was told of.</summary>
    public int Newest => Volatile.Read(ref _newest);

    public IReadOnlyList<Interval<HeadOperation>> Seen => [.. _seen];

    public Task ResolveAsync(IAtlasClient client) => ResolveAsync(() => client.ResolveAsync(key));

    public Task ImportAsync(IAtlasClient client, string text) => RecordAsync(
        new HeadOperation(HeadCall.Import, text), () => client.ImportAsync(key, Playbook(text), By));

    public Task RollbackAsync(IAtlasClient client, int version) => RecordAsync(
        new HeadOperation(HeadCall.Rollback, Target: version), () => client.RollbackAsync(key, version, By));

    /// <summary>The same past the client, through one gateway.</summary>
    public Task ResolveAsync(IGrainFactory gateway) =>
        ResolveAsync(() => gateway.GetGrain<ILearningKeyGrain>(key).Resolve().AsTask());

    /// <inheritdoc cref="ResolveAsync(IGrainFactory)"/>
    public Task ImportAsync(IGrainFactory gateway, string text) => RecordAsync(
        new HeadOperation(HeadCall.Import, text), () => gateway.GetGrain<ILearningKeyGrain>(key).Import(Playbook(text), PlaybookCause.Import, By));

    private Task ResolveAsync(Func<Task<ResolvedPlaybook>> call) => RecordAsync(new HeadOperation(HeadCall.Resolve), async asked =>
    {
        var playbook = await call();
        return asked with { Version = playbook.Version, Answer = playbook.Student?.Text ?? "" };
    });

    private Task RecordAsync(HeadOperation asked, Func<Task<KeyChange>> change) =>
        RecordAsync(asked, async asked => asked with { Version = (await change()).Version });

    private async Task RecordAsync(HeadOperation asked, Func<HeadOperation, Task<HeadOperation>> call)
    {
        var invoked = Stopwatch.GetTimestamp();
        HeadOperation answered;
        try
        {
            answered = await call(asked);
        }
        catch (Exception failure) when (failure is AtlasUnavailableException or OrleansException or TimeoutException)
        {
            // Whether a change took effect is not known; a read without an answer says nothing.
            if (asked.Kind is not HeadCall.Resolve)
            {
                _seen.Enqueue(new Interval<HeadOperation>(asked, invoked, null));
            }

            throw;
        }

        _seen.Enqueue(new Interval<HeadOperation>(answered, invoked, Stopwatch.GetTimestamp()));
        Raise(answered.Version ?? 0);
    }

    private void Raise(int version)
    {
        int newest;
        do
        {
            newest = Volatile.Read(ref _newest);
        }
        while (version > newest && Interlocked.CompareExchange(ref _newest, version, newest) != newest);
    }

    private static LearnedPlaybook Playbook(string text) => new() { StudentPreface = text };
}
