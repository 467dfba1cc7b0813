using System.Diagnostics;
using Atlas.Cli.Database;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Up;

/// <summary>Starts silo processes that outlive the command that started them.</summary>
internal sealed class SiloHost(AtlasHome home, Repository repository, TimeProvider clock)
{
    // A session of its own keeps Ctrl+C at the terminal away from the silo, and files instead of pipes let it write on
    // after this program has ended. `exec` makes the silo's process number the one that was started here.
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
                ExitCode.CannotStart, $"{repository.SiloAssembly} is missing: start atlas with its launcher, which builds it, or install the tool anew.");
        }

        var log = FreshLog(home.LogOf(name));
        var errorLog = FreshLog(home.ErrorLogOf(name));
        string[] program = ["dotnet", repository.SiloAssembly, .. SiloArguments.Of(home, name, ports, configurationFile)];
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", log, errorLog, .. program])
        {
            WorkingDirectory = Path.GetDirectoryName(repository.SiloAssembly)!,

            // Its password must not show in a list of processes.
            Environment = { ["ATLAS_DATABASE_URL"] = database.ConnectionString },
        };
        if (database.SecretFile is { } secret)
        {
            start.Environment["Atlas__SecretFile"] = secret;
        }

        var process = Process.Start(start)
            ?? throw new CommandFailedException(ExitCode.CannotStart, "The operating system started no process for the silo.");
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

    // The log of the run before is kept: it tells why that run ended.
    private string FreshLog(string path)
    {
        Directory.CreateDirectory(home.Logs);
        if (File.Exists(path))
        {
            File.Move(path, path + ".1", overwrite: true);
        }

        return path;
    }
}
