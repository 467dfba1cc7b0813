using Atlas.Contracts.Playbooks;
using Orleans.Concurrency;

namespace Atlas.Benchmarks.Reads;

/// <summary>The least that Orleans can do: a grain that hands out a value it holds.</summary>
[Alias("atlas.benchmarks.bare")]
internal interface IBareGrain : IGrainWithStringKey
{
    [Alias("set")]
    Task Set(ResolvedPlaybook playbook);

    [AlwaysInterleave]
    [Alias("get")]
    ValueTask<ResolvedPlaybook> Get();
}
