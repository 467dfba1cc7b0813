using Atlas.Models.Judges;
using Microsoft.Extensions.DependencyInjection;

namespace Atlas.Grains.Judging;

/// <summary>Registers judges of one's own in a silo.</summary>
public static class AtlasJudges
{
    /// <summary>Registers a judge under a name, which <c>adaptive_teaching.reward</c> then chooses with <c>type: python</c> and
    /// <c>import_path: NAME</c>.</summary>
    /// <param name="services">The silo's services.</param>
    /// <param name="name">The name; not blank.</param>
    /// <param name="create">Makes the judge, once per silo.</param>
    public static IServiceCollection AddAtlasJudge(this IServiceCollection services, string name, Func<IServiceProvider, IJudge> create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(create);
        return services.AddKeyedSingleton(name, (provider, _) => create(provider));
    }

    /// <summary>The judge of that name, with a time limit; null if nobody registered one.</summary>
    /// <param name="provider">The silo's services.</param>
    /// <param name="name">The name.</param>
    /// <param name="timeoutSeconds">Seconds a judging may take; 0 or null means no limit.</param>
    internal static IJudge? FindAtlasJudge(this IServiceProvider provider, string name, double? timeoutSeconds)
    {
        var judge = provider.GetKeyedService<IJudge>(name);
        return judge is not null && timeoutSeconds is > 0 and var seconds
            ? new TimedJudge(judge, TimeSpan.FromSeconds(Math.Min(seconds, 86_400)), provider.GetRequiredService<TimeProvider>())
            : judge;
    }
}
