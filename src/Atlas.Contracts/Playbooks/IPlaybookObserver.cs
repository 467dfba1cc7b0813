using Orleans.Concurrency;

namespace Atlas.Contracts.Playbooks;

/// <summary>Receives every new playbook of a key that it subscribes to.</summary>
[Alias("atlas.playbook-observer")]
public interface IPlaybookObserver : IGrainObserver
{
    /// <summary>Called when a playbook becomes current.</summary>
    [OneWay]
    [Alias("changed")]
    Task Changed(ResolvedPlaybook playbook);
}
