using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Playbooks.Versions;

namespace Atlas.Cli.Playbooks.Exchange;

/// <summary><c>atlas playbook export KEY</c></summary>
internal sealed class PlaybookExportCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly Option<int?> _version = CommonOptions.Number("--version", "The version to export. Default: the newest.", 0, int.MaxValue, null);
    private readonly Option<string?> _output = CommonOptions.Text("--output", "FILE", "The file to write. Default: standard output.", "the name of a file");
    private readonly Option<bool> _observations = new("--with-observations")
    {
        Description = "Add what changes with every session: impact, rubric, provenance and times.",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    public PlaybookExportCommand(CommandContext context)
        : base(context, "export", "Write a playbook as JSON that diffs well in a code review.")
    {
        Add(_key);
        Add(_version);
        Add(_output);
        Add(_observations);
        Add(_json);
        Examples = ["atlas playbook export tau/airline --output airline.json", "atlas playbook export tau/airline --version 3"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var exported = await new DatabaseAccess(Context).ReadAsync(
            source => new VersionReader(source).ReadAsync(key, arguments.GetValue(_version), cancellation));
        var text = PlaybookFile.Text(exported.Playbook, arguments.GetValue(_observations));
        if (arguments.GetValue(_output) is not { } file)
        {
            // The document is JSON already, with or without --json.
            Context.Terminal.DataWriter.Write(text);
            return ExitCode.Ok;
        }

        await PlaybookFile.WriteAsync(file, text, cancellation);
        var entries = exported.Playbook.Entries.IsDefault ? 0 : exported.Playbook.Entries.Length;
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(new ExportReport(key, exported.Number, file, entries));
        }
        else
        {
            Context.Terminal.Say($"Version {exported.Number} of {key} with {Wording.Count(entries, "entry", "entries")} is in {file}.");
        }

        return ExitCode.Ok;
    }
}
