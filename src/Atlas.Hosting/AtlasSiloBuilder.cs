namespace Atlas.Hosting;

/// <summary>A silo that is being put together; see <see cref="AtlasSiloHostExtensions.AddAtlasSilo"/>.</summary>
public sealed class AtlasSiloBuilder
{
    internal AtlasSiloBuilder(IServiceCollection services, IConfiguration configuration)
    {
        Services = services;
        Configuration = configuration;
    }

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The application's configuration.</summary>
    public IConfiguration Configuration { get; }
}
