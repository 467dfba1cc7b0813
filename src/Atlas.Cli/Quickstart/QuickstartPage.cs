using Atlas.Cli.Access;
using Atlas.Cli.Invocation;
using Atlas.Cli.Up;

namespace Atlas.Cli.Quickstart;

/// <summary>The page of the quickstart's key in the console.</summary>
/// <param name="context">The command.</param>
/// <param name="silo">The silo that serves it.</param>
/// <param name="learningKey">The key.</param>
/// <param name="isJson">Whether standard output is reserved for a document.</param>
internal sealed class QuickstartPage(CommandContext context, SiloPorts silo, string learningKey, bool isJson)
{
    private readonly string _path = $"/key?key={Uri.EscapeDataString(learningKey)}";

    /// <summary>Gets its address, for readers who are signed in or need no key.</summary>
    public Uri Address => new(silo.HttpAddress, _path);

    /// <summary>Prints an address that signs in whoever opens it, and stays until Ctrl+C.</summary>
    public async Task KeepAsync(CancellationToken cancellation)
    {
        var page = await new ConsoleAddress(context).NewAsync(silo, AuthorOption.Usual(context.Caller), _path);
        Write("");
        Write($"Its page is open: {page.AbsoluteUri}");
        context.Terminal.Say("Press Ctrl+C to stop.");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Clock, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The reader has seen enough.
        }
    }

    private void Write(string line)
    {
        if (isJson)
        {
            context.Terminal.Say(line);
        }
        else
        {
            context.Terminal.Data(line);
        }
    }
}
