using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Doctor;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;

namespace Atlas.Cli.Recovery;

/// <summary><c>atlas backup FILE</c></summary>
internal sealed class BackupCommand : AtlasCommand
{
    private readonly Argument<string> _file = new("BACKUP") { Description = "The file that is written; it must not be there yet." };
    private readonly Option<bool> _json = CommonOptions.Json();

    public BackupCommand(CommandContext context)
        : base(context, "backup", "Write the database into a file, as it is at one moment and beside silos that run. Its books are proved first.")
    {
        Add(_file);
        Add(_json);
        Examples = ["atlas backup atlas-2026-05-31.dump"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var record = new DatabaseHost(Context).Require();
        var file = Path.GetFullPath(arguments.GetRequiredValue(_file));
        if (File.Exists(file))
        {
            throw new CommandFailedException(ExitCode.Refused, $"{file} is there already; give the backup another name.");
        }

        var findings = await new LedgerCheck(Context).RunAsync(cancellation);
        var part = file + ".part";
        try
        {
            await Progress.WaitAsync(Context.Terminal, "Writing the backup", async () =>
            {
                await Archive.RunAsync(record, archive => archive.WriteAsync(part, cancellation), cancellation);
                return true;
            });
            if (!OperatingSystem.IsWindows())
            {
                // It holds all that sessions said.
                File.SetUnixFileMode(part, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            File.Move(part, file);
        }
        finally
        {
            File.Delete(part);
        }

        return RecoveryReport.Conclude(Context, findings, arguments.GetValue(_json), file, $"{file}: {new FileInfo(file).Length} bytes.");
    }
}
