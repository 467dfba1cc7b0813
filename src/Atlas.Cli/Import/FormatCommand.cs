using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Import;

namespace Atlas.Cli.Import;

/// <summary><c>atlas import FORMAT SOURCE</c>, for each supported format.</summary>
internal sealed class FormatCommand : AtlasCommand
{
    private readonly IRunFormat _format;
    private readonly Argument<string> _source;
    private readonly ImportOptions _options = new();

    public FormatCommand(CommandContext context, IRunFormat format)
        : base(context, format.Name, format.Summary)
    {
        _format = format;
        _source = new Argument<string>(format.Sources switch
        {
            SourceKinds.File => "FILE",
            SourceKinds.Folder => "DIR",
            _ => "PATH",
        })
        {
            Description = format.Sources switch
            {
                SourceKinds.File => $"A file of {format.Title}.",
                SourceKinds.Folder => $"A folder of {format.Title}.",
                _ => $"A file of {format.Title}, or a folder of such files.",
            },
        };
        Arguments.Add(_source);
        _options.AddTo(this);
        Examples = [$"atlas import {format.Name} {format.Example}"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var source = SourcePath.Demand(arguments.GetRequiredValue(_source), _format.Sources);
        var sourceName = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(source)));
        await new SourceCheck(_format, source, sourceName).DemandAsync(cancellation);
        var settings = _options.Read(arguments, Context.Caller.User, sourceName);
        await using var client = await new ClusterAccess(Context).ConnectAsync(linksDiscovery: false, cancellation);
        var (report, stopped) = await new ImportRun(Context, client, settings).RunAsync(_format.ReadAsync(source, cancellation), sourceName, cancellation);
        if (report is { Imported: 0, AlreadyThere: 0, Bad.Count: 0 })
        {
            stopped?.Throw();
        }

        ImportSummary.Write(report, _options.AsJson(arguments), Context.Terminal);
        await using var audit = new CommandAudit(Context);
        await audit.NoteAsync(
            "ImportSessions", settings.LearningKey, null, Context.Caller.User, 200, new { format = Name, source = sourceName },
            after: new { report.Imported, report.AlreadyThere, bad = report.Bad.Count, report.Stopped });
        stopped?.Throw();
        return report.Bad.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
    }
}
