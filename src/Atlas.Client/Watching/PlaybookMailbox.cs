using System.Threading.Channels;
using Atlas.Contracts.Playbooks;

namespace Atlas.Client.Watching;

/// <summary>Receives pushed playbooks. Only the newest matters, so at most one waits.</summary>
internal sealed class PlaybookMailbox : IPlaybookObserver
{
    private readonly Channel<ResolvedPlaybook> _newest = Channel.CreateBounded<ResolvedPlaybook>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    public ChannelReader<ResolvedPlaybook> Reader => _newest.Reader;

    public Task Changed(ResolvedPlaybook playbook)
    {
        _newest.Writer.TryWrite(playbook);
        return Task.CompletedTask;
    }
}
