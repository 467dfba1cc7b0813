using Atlas.Contracts.Playbooks;

namespace Atlas.Grains.LearningKeys;

/// <summary>The observers of a key's new playbooks. Lives inside the key's activation; the observers subscribe again with the next
/// one.</summary>
internal sealed class PlaybookWatchers(TimeProvider time)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(ILearningKeyGrain.SubscriptionSeconds);

    private Dictionary<IPlaybookObserver, long>? _heard;

    public void Add(IPlaybookObserver observer) => (_heard ??= [])[observer] = time.GetTimestamp();

    public void Remove(IPlaybookObserver observer) => _heard?.Remove(observer);

    /// <summary>Notifies all observers without waiting; drops those that have not renewed for a long time.</summary>
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
