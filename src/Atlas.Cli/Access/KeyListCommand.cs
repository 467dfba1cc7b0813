using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;

namespace Atlas.Cli.Access;

/// <summary><c>atlas key list</c></summary>
internal sealed class KeyListCommand : AtlasCommand
{
    private readonly Option<bool> _json = CommonOptions.Json();

    public KeyListCommand(CommandContext context)
        : base(context, "list", "List the API keys, what they allow, and when they were last used.")
    {
        Add(_json);
        Examples = ["atlas key list"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var keys = await new DatabaseAccess(Context).ReadAsync(queries => queries.ApiKeys.ListAsync(cancellation));
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(keys.Select(key => KeyReport.Of(key, Context.Clock)));
        }
        else if (keys.IsEmpty)
        {
            Context.Terminal.Say("There are no API keys, so only this machine can use the API. Create a key with `atlas key create NAME`.");
        }
        else
        {
            Context.Terminal.Table(
                [new("name"), new("id"), new("tenant"), new("scopes"), new("prefix"), new("state"), new("expires"), new("last used")],
                keys.Select(key => (IReadOnlyList<string>)
                [
                    key.Name, key.Id, key.Tenant.Length == 0 ? "-" : key.Tenant, string.Join(",", key.Scopes), key.KeyPrefix.Length == 0 ? "-" : key.KeyPrefix,
                    KeyReport.StateOf(key, Context.Clock), key.ExpiresAt is { } expires ? Wording.Time(expires) : "-", key.LastUsedAt is { } used ? Wording.Time(used) : "-",
                ]));
        }

        return ExitCode.Ok;
    }
}
