using Atlas.Contracts.Playbooks;

namespace Atlas.Grains.LearningKeys;

/// <summary>Who is to be told of a key's new playbooks. Lives inside the key's activation; the watchers see to it that they are
/// known to the next one.</summary>
internal sealed class PlaybookWatchers(TimeProvider time)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(ILearningKeyGrain.SubscriptionSeconds);

    private Dictionary<IPlaybookObserver, long>? _heard;

    public void Add(IPlaybookObserver observer) => (_heard ??= [])[observer] = time.GetTimestamp();

    public void Remove(IPlaybookObserver observer) => _heard?.Remove(observer);

    /// <summary>Tells all of them, without waiting; drops those who were not heard of for long.</summary>
    public void Tell(ResolvedPlaybook playbook)
    {
        foreach (var (observer, heard) in _heard?.ToArray() ?? [])
        {
            if (time.GetElapsedTime(heard) > Lasts)
            {
                _heard!.Remove(observer);
            }
            else
            {
                _ = observer.Changed(playbook);
            }
        }
    }
}
