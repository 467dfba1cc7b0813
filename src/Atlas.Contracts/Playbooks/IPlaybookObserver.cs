using Orleans.Concurrency;

namespace Atlas.Contracts.Playbooks;

/// <summary>Is told of every new playbook of a key that it is subscribed to.</summary>
[Alias("atlas.playbook-observer")]
public interface IPlaybookObserver : IGrainObserver
{
    /// <summary>A playbook became current.</summary>
    [OneWay]
    [Alias("changed")]
    Task Changed(ResolvedPlaybook playbook);
}
