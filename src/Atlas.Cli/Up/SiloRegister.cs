using Atlas.Cli.Workspace;

namespace Atlas.Cli.Up;

/// <summary>The silos that were started from this workspace, one file each.</summary>
internal sealed class SiloRegister(AtlasHome home)
{
    /// <summary>All silos on record, by name; also those that have died since.</summary>
    public IReadOnlyList<SiloRecord> All() => Directory.Exists(home.Silos)
        ? [.. Directory.EnumerateFiles(home.Silos, "*.json")
            .Select(JsonFile.Read<SiloRecord>)
            .OfType<SiloRecord>()
            .OrderBy(silo => silo.Name.Length)
            .ThenBy(silo => silo.Name, StringComparer.Ordinal)]
        : [];

    /// <summary>Those that run.</summary>
    public IReadOnlyList<SiloRecord> Running() => [.. All().Where(silo => silo.Process.IsAlive)];

    /// <exception cref="CommandFailedException">There is none of this name.</exception>
    public SiloRecord Require(string name)
    {
        var all = All();
        return all.FirstOrDefault(silo => silo.Name == name) ?? throw new CommandFailedException(
            ExitCode.NotFound,
            all.Count == 0
                ? $"There is no silo '{name}'; none runs here."
                : $"There is no silo '{name}' here; there are {string.Join(", ", all.Select(silo => silo.Name))}.");
    }

    public void Save(SiloRecord silo) => JsonFile.Write(FileOf(silo.Name), silo);

    public void Remove(SiloRecord silo) => File.Delete(FileOf(silo.Name));

    private string FileOf(string name) => Path.Combine(home.Silos, name + ".json");
}
