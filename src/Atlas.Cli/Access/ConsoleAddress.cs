using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Up;
using Atlas.Storage.Access;

namespace Atlas.Cli.Access;

/// <summary>Makes addresses of the console that let whoever opens them in, once.</summary>
internal sealed class ConsoleAddress(CommandContext context)
{
    /// <param name="silo">The silo that serves it.</param>
    /// <param name="author">Who opens it, for the audit and the history.</param>
    /// <param name="page">The page that it leads to; null for the first.</param>
    public async Task<Uri> NewAsync(SiloPorts silo, string author, string? page = null)
    {
        var secret = await new DatabaseAccess(context).ReadAsync(queries => queries.Console.NewAddressAsync(author));
        return new Uri(silo.HttpAddress, ConsoleCredentials.AddressPath + secret + (page is null ? "" : $"&next={Uri.EscapeDataString(page)}"));
    }
}
