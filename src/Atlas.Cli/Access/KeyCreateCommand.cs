using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Storage.Access;

namespace Atlas.Cli.Access;

/// <summary><c>atlas key create NAME</c></summary>
internal sealed class KeyCreateCommand : AtlasCommand
{
    private readonly Argument<string> _name = KeyOptions.Name("Who uses the key, for example a service or a person.");
    private readonly Option<string[]> _scopes = new("--scope")
    {
        Description = "What the key allows: read, record, review, govern or admin; repeatable. Default: read and record.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _tenant = KeyOptions.Tenant();
    private readonly Option<string?> _prefix = CommonOptions.Text(
        "--prefix", "TEXT", "The prefix of the learning keys it can reach. Default: all keys of its tenant.", "the beginning of learning keys");

    private readonly Option<string?> _key = CommonOptions.Text(
        "--learning-key", "KEY", "The learning key of proxy calls that name none. Default: none, and such calls teach nothing.", "a learning key");

    private readonly Option<int?> _days = CommonOptions.Number("--expires-in-days", "Days until the key expires. Default: never.", 1, 36_500, null);
    private readonly Option<int?> _rate = CommonOptions.Number("--requests-per-second", "Maximum number of requests per second. Default: as the silo is configured.", 1, 1_000_000, null);
    private readonly AuthorOption _by = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    public KeyCreateCommand(CommandContext context)
        : base(context, "create", "Create an API key. It is shown only once.")
    {
        _scopes.AcceptOnlyFromAmong(KeyOptions.AllScopes);
        Add(_name);
        Add(_scopes);
        Add(_tenant);
        Add(_prefix);
        Add(_key);
        Add(_days);
        Add(_rate);
        _by.AddTo(this);
        Add(_json);
        Examples = ["atlas key create support-bot", "atlas key create ops --scope read review govern --tenant acme"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var author = _by.Read(arguments, Context.Caller);
        var scopes = arguments.GetValue(_scopes) is { Length: > 0 } given ? given.Distinct().ToArray() : ["read", "record"];
        var (key, record) = await new KeyDesk(Context, author).CreateAsync(
            new ApiKeyRecord
            {
                Id = "",
                Name = arguments.GetRequiredValue(_name),
                Tenant = arguments.GetValue(_tenant) ?? "",
                Scopes = [.. scopes],
                KeyPrefix = arguments.GetValue(_prefix) ?? "",
                DefaultKey = arguments.GetValue(_key),
                RequestsPerSecond = arguments.GetValue(_rate),
                CreatedAt = default,
                CreatedBy = author,
                ExpiresAt = arguments.GetValue(_days) is { } days ? Context.Clock.GetUtcNow().AddDays(days) : null,
            },
            cancellation);
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(KeyReport.Of(record, Context.Clock, key));
            return ExitCode.Ok;
        }

        Context.Terminal.Say($"This is the API key '{record.Name}' ({string.Join(", ", record.Scopes)}). It is shown only this once; Atlas stores only its hash.");
        Context.Terminal.Data(key);
        return ExitCode.Ok;
    }
}
