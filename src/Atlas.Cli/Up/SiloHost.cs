using System.Diagnostics;
using Atlas.Cli.Database;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Up;

/// <summary>Starts silo processes that outlive the command that started them.</summary>
internal sealed class SiloHost(AtlasHome home, Repository repository, TimeProvider clock)
{
    // A separate session keeps Ctrl+C at the terminal away from the silo, and files instead of pipes let it keep writing after this program
    // has ended. `exec` makes the silo's process id the one that was started here.
    private const string Script =
        """
        out=$1; err=$2; shift 2
        if command -v setsid >/dev/null 2>&1; then set -- setsid "$@"; else set -- nohup "$@"; fi
        exec "$@" </dev/null >>"$out" 2>>"$err"
        """;

    public Process Start(string name, SiloPorts ports, DatabaseRecord database, string? configurationFile, out SiloRecord record)
    {
        if (!File.Exists(repository.SiloAssembly))
        {
            throw new CommandFailedException(
                ExitCode.CannotStart, $"{repository.SiloAssembly} is missing. Start atlas with its launcher, which builds it, or reinstall the tool.");
        }

        var log = FreshLog(home.LogOf(name));
        var errorLog = FreshLog(home.ErrorLogOf(name));
        string[] program = ["dotnet", repository.SiloAssembly, .. SiloArguments.Of(home, name, ports, configurationFile)];
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", log, errorLog, .. program])
        {
            WorkingDirectory = Path.GetDirectoryName(repository.SiloAssembly)!,

            // The password must not appear in a list of processes.
            Environment =
            {
                ["ATLAS_DATABASE_URL"] = database.ForSilos ?? database.ConnectionString,
                ["Atlas__Silo__LogFile"] = log,
                ["Atlas__Silo__ErrorLogFile"] = errorLog,
            },
        };
        if (database.SecretFile is { } secret)
        {
            start.Environment["Atlas__SecretFile"] = secret;
        }

        var process = Process.Start(start)
            ?? throw new CommandFailedException(ExitCode.CannotStart, "The operating system did not start a process for the silo.");
        record = new SiloRecord
        {
            Name = name,
            Process = ProcessIdentity.Of(process.Id) ?? new ProcessIdentity(process.Id, "ended"),
            Ports = ports,
            Configuration = configurationFile,
            StartedAt = clock.GetUtcNow(),
            Log = log,
            ErrorLog = errorLog,
        };
        return process;
    }

    // The log of the previous run is kept, because it shows why that run ended.
    private string FreshLog(string path)
    {
        Directory.CreateDirectory(home.Logs);
        if (File.Exists(path))
        {
            File.Move(path, path + ".1", overwrite: true);
        }

        // Created here, so that nobody else can read it from its first line on.
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var made = new FileStream(path, how);
        return path;
    }
}
