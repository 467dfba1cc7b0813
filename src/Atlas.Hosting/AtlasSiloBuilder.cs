namespace Atlas.Hosting;

/// <summary>Configures a silo; see <see cref="AtlasSiloHostExtensions.AddAtlasSilo"/>.</summary>
public sealed class AtlasSiloBuilder
{
    internal AtlasSiloBuilder(IServiceCollection services, IConfiguration configuration)
    {
        Services = services;
        Configuration = configuration;
    }

    /// <summary>Gets the application's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Gets the application's configuration.</summary>
    public IConfiguration Configuration { get; }
}
