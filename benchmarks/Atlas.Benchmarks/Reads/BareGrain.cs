using Atlas.Contracts.Playbooks;

namespace Atlas.Benchmarks.Reads;

internal sealed class BareGrain : Grain, IBareGrain
{
    private ResolvedPlaybook _playbook = null!;

    public Task Set(ResolvedPlaybook playbook)
    {
        _playbook = playbook;
        return Task.CompletedTask;
    }

    public ValueTask<ResolvedPlaybook> Get() => new(_playbook);
}
