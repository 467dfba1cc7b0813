using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Doctor;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Up;
using Atlas.Queries;

namespace Atlas.Cli.Recovery;

/// <summary><c>atlas restore FILE</c></summary>
internal sealed class RestoreCommand : AtlasCommand
{
    private readonly Argument<string> _file = new("BACKUP") { Description = "A file written by atlas backup or pg_dump --format=custom." };

    private readonly Option<bool> _yes = new("--yes")
    {
        Description = "Replace the current contents of the database. Required unless it is empty.",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    public RestoreCommand(CommandContext context)
        : base(context, "restore", "Replace the contents of the database with a backup, completely or not at all, and verify the ledger afterwards.")
    {
        Add(_file);
        Add(_yes);
        Add(_json);
        Examples = ["atlas restore atlas-2026-05-31.dump", "atlas restore atlas-2026-05-31.dump --yes"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var file = Path.GetFullPath(arguments.GetRequiredValue(_file));
        if (!File.Exists(file))
        {
            throw new CommandFailedException(ExitCode.NotFound, $"There is no file {file}.");
        }

        var host = new DatabaseHost(Context);
        var record = host.Find() is { Private: false } named ? named : await host.EnsureAsync(null, cancellation);
        await DemandNobodyWorksAsync(record, arguments.GetValue(_yes), cancellation);
        await Progress.WaitAsync(Context.Terminal, "Restoring the backup", async () =>
        {
            await Archive.RunAsync(record, archive => archive.PutBackAsync(file, cancellation), cancellation);
            return true;
        });
        await ReadAsync(async source =>
        {
            await source.Recovery.SettleAsync(cancellation);
            return true;
        });
        var findings = await new LedgerCheck(Context).RunAsync(cancellation);
        return RecoveryReport.Conclude(Context, findings, arguments.GetValue(_json), file, $"{record.Address.DisplayName} now has the contents of {file}.");
    }

    private async Task DemandNobodyWorksAsync(DatabaseRecord record, bool yes, CancellationToken cancellation)
    {
        var here = record.Private ? new SiloRegister(Context.Home).Running().Select(silo => silo.Name) : [];
        var silos = here.Concat(await ReadAsync(source => source.Recovery.LiveSilosAsync(cancellation))).Distinct(StringComparer.Ordinal).ToList();
        if (silos.Count > 0)
        {
            throw new CommandFailedException(
                ExitCode.Refused, $"{string.Join(", ", silos)} on {record.Address.DisplayName} reported being alive within the last minute. Stop all silos first; here, `atlas down` does that.");
        }

        if (!yes && await ReadAsync(source => source.Recovery.IsUsedAsync(cancellation)))
        {
            throw new CommandFailedException(
                ExitCode.Refused, $"{record.Address.DisplayName} contains sessions and playbooks. Give --yes to replace them with the backup. To keep them, run `atlas backup` first.");
        }
    }

    private Task<T> ReadAsync<T>(Func<AtlasQueries, Task<T>> query) => new DatabaseAccess(Context).ReadAsync(query);
}
