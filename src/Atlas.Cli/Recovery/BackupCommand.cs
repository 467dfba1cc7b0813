using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Doctor;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;

namespace Atlas.Cli.Recovery;

/// <summary><c>atlas backup FILE</c></summary>
internal sealed class BackupCommand : AtlasCommand
{
    private readonly Argument<string> _file = new("BACKUP") { Description = "The file to write. It must not exist yet." };
    private readonly Option<bool> _json = CommonOptions.Json();

    public BackupCommand(CommandContext context)
        : base(context, "backup", "Write a consistent copy of the database to a file, even while silos are running, and verify the ledger as it is in the file.")
    {
        Add(_file);
        Add(_json);
        Examples = ["atlas backup atlas-2026-05-31.dump"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var file = Path.GetFullPath(arguments.GetRequiredValue(_file));
        if (File.Exists(file))
        {
            throw new CommandFailedException(ExitCode.Refused, $"{file} already exists. Give the backup another name.");
        }

        if (Directory.Exists(file))
        {
            throw new CommandFailedException(ExitCode.Usage, $"{file} is a folder. Name the file to write.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(file)))
        {
            throw new CommandFailedException(ExitCode.NotFound, $"There is no folder {Path.GetDirectoryName(file)} to write the backup to.");
        }

        var record = new DatabaseHost(Context).Require();
        var part = file + ".part";
        CreatePrivate(part);
        IReadOnlyList<Finding> findings;
        try
        {
            // The ledger is checked as it is in the file: both use the same snapshot of the database.
            findings = LedgerCheck.Findings(await new DatabaseAccess(Context).ReadAsync(source => source.Ledger.ProveAsync(
                moment => Progress.WaitAsync(Context.Terminal, "Writing the backup", async () =>
                {
                    await Archive.RunAsync(record, archive => archive.WriteAsync(part, moment, cancellation), cancellation);
                    return true;
                }),
                cancellation)));
            File.Move(part, file);
        }
        finally
        {
            File.Delete(part);
        }

        return RecoveryReport.Conclude(Context, findings, arguments.GetValue(_json), file, $"{file}: {new FileInfo(file).Length} bytes.");
    }

    /// <summary>Creates the empty file that pg_dump writes to, readable by its owner only from the beginning: it contains everything that
    /// sessions said.</summary>
    internal static void CreatePrivate(string file)
    {
        // A file that an interrupted backup left would keep its permissions.
        File.Delete(file);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(file, options).Dispose();
    }
}
