using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Atlas;

/// <summary>The silos of a cluster. All are configured alike; a setting also applies to silos added later.</summary>
/// <param name="add">Adds the resource of a silo with this name.</param>
internal sealed class AtlasSilos(Func<string, Silo> add)
{
    private readonly List<Silo> _silos = [];
    private readonly List<Action<Silo>> _settings = [];

    public IReadOnlyList<IResourceWithEndpoints> Resources => [.. _silos.Select(silo => silo.Resource)];

    /// <summary>Applies a setting to every silo.</summary>
    public void Set(Action<Silo> setting)
    {
        _settings.Add(setting);
        _silos.ForEach(setting);
    }

    /// <summary>Adds or removes silos until there are <paramref name="count"/>.</summary>
    /// <param name="resources">The application.</param>
    /// <param name="name">The name of the cluster.</param>
    /// <param name="count">The number of silos; at least 1.</param>
    public void Scale(IResourceCollection resources, string name, int count)
    {
        while (_silos.Count > count)
        {
            resources.Remove(_silos[^1].Resource);
            _silos.RemoveAt(_silos.Count - 1);
        }

        while (_silos.Count < count)
        {
            var silo = add($"{name}-silo-{_silos.Count + 1}");
            _silos.Add(silo);
            _settings.ForEach(setting => setting(silo));
        }
    }
}
