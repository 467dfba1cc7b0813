using Atlas.Cli.Workspace;

namespace Atlas.Cli.Up;

/// <summary>The silos that were started from this workspace, one file each.</summary>
internal sealed class SiloRegister(AtlasHome home)
{
    /// <summary>All silos on record, by name; also those that have died since.</summary>
    public IReadOnlyList<SiloRecord> All() => Directory.Exists(home.Silos)
        ? [.. Directory.EnumerateFiles(home.Silos, "*.json")
            .Order(StringComparer.Ordinal)
            .Select(JsonFile.Read<SiloRecord>)
            .OfType<SiloRecord>()]
        : [];

    /// <summary>Those that run.</summary>
    public IReadOnlyList<SiloRecord> Running() => [.. All().Where(silo => silo.Process.IsAlive)];

    public void Save(SiloRecord silo) => JsonFile.Write(FileOf(silo.Name), silo);

    public void Remove(SiloRecord silo) => File.Delete(FileOf(silo.Name));

    private string FileOf(string name) => Path.Combine(home.Silos, name + ".json");
}
