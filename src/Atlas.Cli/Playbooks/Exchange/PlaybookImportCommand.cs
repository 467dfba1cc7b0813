using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Cli.Playbooks.Changes;

namespace Atlas.Cli.Playbooks.Exchange;

/// <summary><c>atlas playbook import KEY FILE</c></summary>
internal sealed class PlaybookImportCommand : AtlasCommand
{
    private readonly Argument<string> _key = new("KEY") { Description = "The learning key; one that is new begins with this playbook." };
    private readonly Argument<string> _file = new("FILE") { Description = "A playbook as `atlas playbook export` writes it." };
    private readonly ChangeOptions _options = new();

    public PlaybookImportCommand(CommandContext context)
        : base(context, "import", "Make an exported playbook current, as a new version.")
    {
        Add(_key);
        Add(_file);
        _options.AddTo(this, reasonRequired: true);
        Examples = ["atlas playbook import tau/airline airline.json --reason \"reviewed by the airline team\""];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var file = arguments.GetRequiredValue(_file);
        var by = _options.Attribution(arguments, Context.Caller);
        var text = await PlaybookFile.ReadAsync(file, cancellation);
        var change = new PlaybookChange(Context, key, by);
        var outcome = await change.RunAsync(client => client.ImportAsync(key, text, by, cancellation), cancellation);
        change.Report(
            outcome,
            _options.AsJson(arguments),
            $"{key} says what {file} says; this is version {outcome.Version}.",
            $"{key} says what {file} says already; it stays at version {outcome.Version}.");
        return ExitCode.Ok;
    }
}
