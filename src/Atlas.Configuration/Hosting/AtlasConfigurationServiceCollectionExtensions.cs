using Atlas.Configuration;
using Atlas.Configuration.AdaptiveTeaching;
using Atlas.Configuration.Checking;
using Atlas.Configuration.Hosting;
using Atlas.Learning.Options;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts the Atlas configuration into a host.</summary>
public static class AtlasConfigurationServiceCollectionExtensions
{
    /// <summary>
    /// Reads the configuration and registers it as <see cref="ConfigurationCheck"/>, as <see cref="AtlasConfiguration"/>, and by
    /// block as <see cref="IOptions{TOptions}"/> of <see cref="LearningOptions"/>, <see cref="RuntimeSafetyOptions"/> and
    /// <see cref="AdaptiveTeachingOptions"/>. A host whose configuration is wrong fails at its start with every error, one
    /// sentence each. Blocks that can be missing are asked of <see cref="AtlasConfiguration"/>.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="request">What to load; for a silo, with <see cref="ConfigurationProfile.Cluster"/>.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddAtlasConfiguration(this IServiceCollection services, ConfigurationRequest request)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(request);
        services.TryAddSingleton(_ => ConfigurationLoader.Check(request));
        services.TryAddSingleton(provider =>
        {
            var check = provider.GetRequiredService<ConfigurationCheck>();
            return check.Configuration ?? throw new AtlasConfigurationException(check);
        });

        // One check stands behind all blocks: validating one at the start tells every error, and tells it once.
        services.AddOptions<LearningOptions>().ValidateOnStart();
        return services
            .AddBlock(configuration => configuration.Learning)
            .AddBlock(configuration => configuration.RuntimeSafety)
            .AddBlock(configuration => configuration.AdaptiveTeaching);
    }

    private static IServiceCollection AddBlock<TOptions>(this IServiceCollection services, Func<AtlasConfiguration, TOptions> block)
        where TOptions : class
    {
        services.AddOptions<TOptions>();
        services.Replace(ServiceDescriptor.Transient<IOptionsFactory<TOptions>>(provider =>
            new BlockOptionsFactory<TOptions>(provider.GetRequiredService<ConfigurationCheck>(), block)));
        return services;
    }
}
