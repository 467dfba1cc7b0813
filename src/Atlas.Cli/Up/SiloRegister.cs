using System.Diagnostics;
using System.Globalization;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Up;

/// <summary>The silos that were started from this workspace: one file each, plus the processes that name it, because the files may have
/// been deleted.</summary>
internal sealed class SiloRegister(AtlasHome home)
{
    /// <summary>Returns all silos by name, including those on record that have died since.</summary>
    public IReadOnlyList<SiloRecord> All()
    {
        List<SiloRecord> recorded = Directory.Exists(home.Silos)
            ? [.. Directory.EnumerateFiles(home.Silos, "*.json").Select(JsonFile.Read<SiloRecord>).OfType<SiloRecord>()]
            : [];
        return
        [
            .. recorded.Concat(Lost(recorded))
                .OrderBy(silo => silo.Name.Length)
                .ThenBy(silo => silo.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Returns the running silos.</summary>
    public IReadOnlyList<SiloRecord> Running() => [.. All().Where(silo => silo.Process.IsAlive)];

    /// <exception cref="CommandFailedException">There is no silo of this name.</exception>
    public SiloRecord Require(string name)
    {
        var all = All();
        return all.FirstOrDefault(silo => silo.Name == name) ?? throw new CommandFailedException(
            ExitCode.NotFound,
            all.Count == 0
                ? $"There is no silo '{name}', because none is running here."
                : $"There is no silo '{name}' here. The silos are {string.Join(", ", all.Select(silo => silo.Name))}.");
    }

    public void Save(SiloRecord silo) => JsonFile.Write(FileOf(silo.Name), silo);

    public void Remove(SiloRecord silo)
    {
        if (File.Exists(FileOf(silo.Name)))
        {
            File.Delete(FileOf(silo.Name));
        }
    }

    private IEnumerable<SiloRecord> Lost(List<SiloRecord> recorded)
    {
        foreach (var (process, silo) in SiloProcesses.Running())
        {
            if (silo.Workspace != home.Path || recorded.Any(known => known.Process.Pid == process.Pid))
            {
                continue;
            }

            var isTaken = recorded.Any(known => known.Name == silo.Name && known.Process.IsAlive);
            yield return new SiloRecord
            {
                // Another silo may have been started under the same name.
                Name = isTaken ? string.Create(CultureInfo.InvariantCulture, $"{silo.Name}-{process.Pid}") : silo.Name,
                Process = process,
                Ports = silo.Ports,
                Configuration = silo.Configuration,
                StartedAt = StartOf(process),
                Log = home.LogOf(silo.Name),
                ErrorLog = home.ErrorLogOf(silo.Name),
                IsLost = true,
            };
        }
    }

    private static DateTimeOffset StartOf(ProcessIdentity identity)
    {
        try
        {
            using var process = Process.GetProcessById(identity.Pid);
            return new DateTimeOffset(process.StartTime.ToUniversalTime(), TimeSpan.Zero);
        }
        catch (Exception ended) when (ended is ArgumentException or InvalidOperationException)
        {
            return DateTimeOffset.UnixEpoch;
        }
    }

    private string FileOf(string name) => Path.Combine(home.Silos, name + ".json");
}
