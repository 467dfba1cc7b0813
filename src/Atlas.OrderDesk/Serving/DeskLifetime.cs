using Microsoft.Extensions.Hosting;

namespace Atlas.OrderDesk.Serving;

/// <summary>Leaves signals to the program that hosts the desk, which decides when the desk ends.</summary>
internal sealed class DeskLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
