using Atlas.Contracts.Playbooks;
using Orleans.Concurrency;

namespace Atlas.Benchmarks.Reads;

/// <summary>The minimum that Orleans can do: a grain that returns a value it holds.</summary>
[Alias("atlas.benchmarks.bare")]
internal interface IBareGrain : IGrainWithStringKey
{
    [Alias("set")]
    Task Set(ResolvedPlaybook playbook);

    [AlwaysInterleave]
    [Alias("get")]
    ValueTask<ResolvedPlaybook> Get();
}
