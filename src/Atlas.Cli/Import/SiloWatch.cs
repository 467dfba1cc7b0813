using Atlas.Cli.Invocation;
using Atlas.Cli.Up;

namespace Atlas.Cli.Import;

/// <summary>Notices that the silos of this workspace have died long before calls to them time out.</summary>
internal sealed class SiloWatch : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(300);
    private readonly CancellationTokenSource _gone;
    private readonly ITimer? _timer;
    private readonly IReadOnlyList<SiloRecord> _silos;

    public SiloWatch(CommandContext context, CancellationToken cancellation)
    {
        _gone = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _silos = new SiloRegister(context.Home).Running();
        if (_silos.Count > 0)
        {
            // Silos that run elsewhere cannot be watched; the timeouts of the calls have to do.
            _timer = context.Clock.CreateTimer(_ => Look(), null, Period, Period);
        }
    }

    /// <summary>Gets a token that is cancelled when the last silo has died, or when the caller stops.</summary>
    public CancellationToken Gone => _gone.Token;

    public bool SiloHasGone { get; private set; }

    public void Dispose()
    {
        _timer?.Dispose();
        _gone.Dispose();
    }

    private void Look()
    {
        if (_silos.Any(silo => silo.Process.IsAlive) || SiloHasGone)
        {
            return;
        }

        SiloHasGone = true;
        try
        {
            _gone.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The import just ended; nobody is listening any more.
        }
    }
}
