using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Import;
using Atlas.Cli.Invocation;
using Atlas.Cli.Playbooks;
using Atlas.Cli.Up;
using Atlas.Client;
using Atlas.Contracts.Review;
using Atlas.Import.TauBench;

namespace Atlas.Cli.Quickstart;

/// <summary><c>atlas quickstart</c></summary>
internal sealed class QuickstartCommand : AtlasCommand
{
    private const string Key = "samples/order-desk";
    private const int Concurrency = 8;

    private readonly PortOptions _ports = new();

    public QuickstartCommand(CommandContext context)
        : base(context, "quickstart", "Start everything, learn from the sample sessions, and show what the next session is told.")
    {
        _ports.AddTo(this);
        Examples = ["atlas quickstart"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var terminal = Context.Terminal;
        using var http = SiloHttp.Create();
        terminal.Data("1. Database and silo");
        var cluster = await new ClusterUp(Context, http).StartAsync(
            _ports.Read(arguments), Context.Caller.DatabaseUrl, cancellation);
        ClusterSummary.Write(cluster, terminal);

        terminal.Data();
        terminal.Data("2. Recorded sessions of an order desk, each with a reward");
        await using var client = await new ClusterAccess(Context).ConnectAsync(linksDiscovery: false, cancellation);
        var report = await ImportSamplesAsync(client, cancellation);
        ImportSummary.Write(report, terminal);

        terminal.Data();
        terminal.Data("3. The playbook that was learned from them");
        var playbook = await new DatabaseAccess(Context).ReadAsync(source => new PlaybookReader(source).FindAsync(Key, cancellation))
            ?? throw PlaybookArgument.Unknown(Key);
        PlaybookSheet.Write(playbook, terminal);

        terminal.Data();
        terminal.Data("4. The prompt of the next session");
        NextPrompt.Write(await client.ResolveAsync(Key, cancellation), terminal);
        WriteWhatNext();
        return report.Bad.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private async Task<ImportReport> ImportSamplesAsync(IAtlasClient client, CancellationToken cancellation)
    {
        var file = SourcePath.File(Context.Repository.SampleData);
        var name = Path.GetFileName(file);
        var settings = new ImportSettings(
            Key, Concurrency, null, new ReviewDecision("approved", Context.Caller.User, $"Sample sessions of {name}."));
        return await new ImportRun(Context, client, settings).RunAsync(
            TauBenchReader.ReadAsync(file, cancellation), name, cancellation);
    }

    private void WriteWhatNext()
    {
        Context.Terminal.Data();
        Context.Terminal.Data("What next");
        Context.Terminal.Data($"  ./atlas session list --key {Key}       the sessions it learned from");
        Context.Terminal.Data($"  ./atlas playbook history {Key}         every version, with its cause");
        Context.Terminal.Data("  ./atlas import tau-bench FILE --key KEY --approve   sessions of your own");
        Context.Terminal.Data("  ./atlas status                                      what runs where");
        Context.Terminal.Data("  ./atlas down                                        stop it; the data stays");
    }
}
