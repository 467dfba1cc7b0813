using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Up;
using Atlas.Storage.Access;

namespace Atlas.Cli.Access;

/// <summary>Creates one-time addresses that sign in whoever opens them.</summary>
internal sealed class ConsoleAddress(CommandContext context)
{
    /// <param name="silo">The silo that serves the console.</param>
    /// <param name="author">The user to record in the audit and the history.</param>
    /// <param name="page">The page to open; null for the home page.</param>
    public async Task<Uri> NewAsync(SiloPorts silo, string author, string? page = null)
    {
        var secret = await new DatabaseAccess(context).ReadAsync(queries => queries.Console.NewAddressAsync(author));
        return new Uri(silo.HttpAddress, ConsoleCredentials.AddressPath + secret + (page is null ? "" : $"&next={Uri.EscapeDataString(page)}"));
    }
}
