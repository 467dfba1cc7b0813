using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Doctor;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Up;
using Atlas.Queries;

namespace Atlas.Cli.Recovery;

/// <summary><c>atlas restore FILE</c> and <c>atlas restore --recovered</c></summary>
internal sealed class RestoreCommand : AtlasCommand
{
    private readonly Argument<string?> _file = new("BACKUP")
    {
        Description = "A file written by atlas backup or pg_dump --format=custom.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _recovered = new("--recovered")
    {
        Description = "PostgreSQL itself took the database back, for example to a point in time. Do only what follows a restore: apply newer scripts, skip session numbers, and verify the ledger.",
    };

    private readonly Option<bool> _yes = new("--yes")
    {
        Description = "Replace the current contents of the database. Required unless it is empty.",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    public RestoreCommand(CommandContext context)
        : base(context, "restore", "Replace the contents of the database with a backup, completely or not at all, and verify the ledger afterwards.")
    {
        Add(_file);
        Add(_recovered);
        Add(_yes);
        Add(_json);
        Validators.Add(result =>
        {
            if (result.GetValue(_recovered) == (result.GetResult(_file) is { Tokens.Count: > 0 }))
            {
                result.AddError("Name the backup to restore, or give --recovered if PostgreSQL itself took the database back.");
            }
        });
        Examples = ["atlas restore atlas-2026-05-31.dump", "atlas restore atlas-2026-05-31.dump --yes", "atlas restore --recovered"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var file = arguments.GetValue(_file) is { } given ? Path.GetFullPath(given) : null;
        if (file is not null && !File.Exists(file))
        {
            throw new CommandFailedException(ExitCode.NotFound, $"There is no file {file}.");
        }

        var host = new DatabaseHost(Context);
        var record = host.Find() is { Private: false } named ? named : await host.EnsureAsync(null, cancellation);
        await DemandNobodyWorksAsync(record, cancellation);
        if (file is null)
        {
            await DemandRecoveredAsync(record, cancellation);
        }
        else
        {
            await DemandLeaveAsync(record, arguments.GetValue(_yes), cancellation);
            await PutBackAsync(record, file, cancellation);
        }

        await ReadAsync(async source =>
        {
            await source.Recovery.SettleAsync(cancellation);
            return true;
        });
        var findings = await new LedgerCheck(Context).RunAsync(cancellation);
        return RecoveryReport.Conclude(
            Context,
            findings,
            arguments.GetValue(_json),
            file,
            file is null ? $"{record.Address.DisplayName} is ready for its silos." : $"{record.Address.DisplayName} now has the contents of {file}.");
    }

    private Task PutBackAsync(DatabaseRecord record, string file, CancellationToken cancellation) =>
        Progress.WaitAsync(Context.Terminal, "Restoring the backup", async () =>
        {
            await Archive.RunAsync(record, archive => archive.PutBackAsync(file, cancellation), cancellation);
            return true;
        });

    private async Task DemandRecoveredAsync(DatabaseRecord record, CancellationToken cancellation)
    {
        if (await ReadAsync(source => source.Recovery.IsRecoveringAsync(cancellation)))
        {
            throw new CommandFailedException(
                ExitCode.Refused, $"The server of {record.Address.DisplayName} is still recovering. Wait until it has, or end a pause with `SELECT pg_wal_replay_resume()`.");
        }
    }

    private async Task DemandNobodyWorksAsync(DatabaseRecord record, CancellationToken cancellation)
    {
        var here = record.Private ? new SiloRegister(Context.Home).Running().Select(silo => silo.Name) : [];
        var silos = here.Concat(await ReadAsync(source => source.Recovery.LiveSilosAsync(cancellation))).Distinct(StringComparer.Ordinal).ToList();
        if (silos.Count > 0)
        {
            throw new CommandFailedException(
                ExitCode.Refused, $"{string.Join(", ", silos)} on {record.Address.DisplayName} reported being alive within the last minute. Stop all silos first; here, `atlas down` does that. If they died, try again in a minute.");
        }
    }

    private async Task DemandLeaveAsync(DatabaseRecord record, bool yes, CancellationToken cancellation)
    {
        if (!yes && await ReadAsync(source => source.Recovery.IsUsedAsync(cancellation)))
        {
            throw new CommandFailedException(
                ExitCode.Refused, $"{record.Address.DisplayName} contains sessions and playbooks. Give --yes to replace them with the backup. To keep them, run `atlas backup` first.");
        }
    }

    private Task<T> ReadAsync<T>(Func<AtlasQueries, Task<T>> query) => new DatabaseAccess(Context).ReadAsync(query);
}
