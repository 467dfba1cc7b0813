using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;

namespace Atlas.Cli.Access;

/// <summary><c>atlas key revoke NAME</c></summary>
internal sealed class KeyRevokeCommand : AtlasCommand
{
    private readonly Argument<string> _name = KeyOptions.Name("The id of a key, or a name for all keys of that name.");
    private readonly Option<string?> _tenant = KeyOptions.Tenant();
    private readonly AuthorOption _by = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    public KeyRevokeCommand(CommandContext context)
        : base(context, "revoke", "Revoke an API key. Every silo refuses it within a second.")
    {
        Add(_name);
        Add(_tenant);
        _by.AddTo(this);
        Add(_json);
        Examples = ["atlas key revoke support-bot"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var name = arguments.GetRequiredValue(_name);
        var gone = await new KeyDesk(Context, _by.Read(arguments, Context.Caller)).RevokeAsync(name, arguments.GetValue(_tenant) ?? "", cancellation);
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(gone.Select(key => KeyReport.Of(key, Context.Clock) with { State = "revoked" }));
        }
        else
        {
            Context.Terminal.Data(gone.IsEmpty
                ? $"'{name}' was already revoked."
                : $"{Wording.Count(gone.Length, "key", "keys")} of '{name}' will be refused within a second: {string.Join(", ", gone.Select(key => key.Id))}.");
        }

        return ExitCode.Ok;
    }
}
