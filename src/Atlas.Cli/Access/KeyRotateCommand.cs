using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;

namespace Atlas.Cli.Access;

/// <summary><c>atlas key rotate NAME</c></summary>
internal sealed class KeyRotateCommand : AtlasCommand
{
    private readonly Argument<string> _name = KeyOptions.Name("The name of the key.");
    private readonly Option<string?> _tenant = KeyOptions.Tenant();
    private readonly Option<int?> _hours = CommonOptions.Number("--grace-hours", "Hours for which the old key stays valid, from 0 to 8760.", 0, 8760, 24);
    private readonly AuthorOption _by = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    public KeyRotateCommand(CommandContext context)
        : base(context, "rotate", "Replace an API key with a new one that lasts as long. Both are valid for a while.")
    {
        Add(_name);
        Add(_tenant);
        Add(_hours);
        _by.AddTo(this);
        Add(_json);
        Examples = ["atlas key rotate support-bot --grace-hours 2"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var grace = TimeSpan.FromHours(arguments.GetRequiredValue(_hours)!.Value);
        var (key, record, before, until) = await new KeyDesk(Context, _by.Read(arguments, Context.Caller)).RotateAsync(
            arguments.GetRequiredValue(_name), arguments.GetValue(_tenant) ?? "", grace, cancellation);
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(KeyReport.Of(record, Context.Clock, key));
            return ExitCode.Ok;
        }

        Context.Terminal.Say($"This is the new API key '{record.Name}'. It is shown only this once{(record.ExpiresAt is { } end ? $" and expires on {Wording.Time(end)}" : "")}; {before.Id} is valid until {Wording.Time(until)}.");
        Context.Terminal.Data(key);
        return ExitCode.Ok;
    }
}
