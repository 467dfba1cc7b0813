using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;

namespace Atlas.Cli.Access;

/// <summary><c>atlas audit</c></summary>
internal sealed class AuditCommand : AtlasCommand
{
    private readonly Option<int?> _limit = CommonOptions.Number("--limit", "Maximum number of changes, newest first.", 1, 100_000, 50);
    private readonly Option<string?> _tenant = KeyOptions.Tenant();
    private readonly Option<string?> _subject = CommonOptions.Text(
        "--subject", "TEXT", "Only changes of this learning key, session or API key.", "a learning key, the number of a session or the id of an API key");

    private readonly Option<string?> _actor = CommonOptions.Text("--actor", "NAME", "Only changes by this API key or person.", "the name of an API key or a person");
    private readonly Option<bool> _json = CommonOptions.Json();

    public AuditCommand(CommandContext context)
        : base(context, "audit", "Show who changed what, when, from where and through which interface.")
    {
        Add(_limit);
        Add(_tenant);
        Add(_subject);
        Add(_actor);
        Add(_json);
        Examples = ["atlas audit", "atlas audit --subject support/refunds --json"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var entries = await new DatabaseAccess(Context).ReadAsync(queries => queries.Audit.ListAsync(
            arguments.GetValue(_tenant), arguments.GetValue(_subject), arguments.GetValue(_actor), null, arguments.GetRequiredValue(_limit)!.Value, cancellation));
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(entries);
        }
        else if (entries.IsEmpty)
        {
            Context.Terminal.Say("Nothing has been changed yet, neither through the API nor by a command.");
        }
        else
        {
            Context.Terminal.Table(
                [new("when"), new("who"), new("door"), new("from"), new("what"), new("on"), new("status", IsNumber: true), new("before"), new("after")],
                entries.Select(entry => (IReadOnlyList<string>)
                [
                    Wording.Time(entry.At), entry.Actor, entry.Door, entry.Address ?? "-", entry.Action, entry.Subject ?? "-", Wording.Number(entry.Status),
                    entry.Before?.GetRawText() ?? "-", entry.After?.GetRawText() ?? "-",
                ]));
        }

        return ExitCode.Ok;
    }
}
