using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Options;
using Microsoft.Extensions.DependencyInjection;

namespace Atlas.Benchmarks.Silo;

/// <summary>A silo as in production, within this process, that reports its errors.</summary>
internal static class BenchmarkSilo
{
    /// <summary>Gets services for measurements that no synthesis must disturb: sessions are counted, and wait for an approval that never comes
    /// before they teach.</summary>
    public static Action<IServiceCollection> WithoutTeaching { get; } = services => services.AddSingleton(new LearningRules(
        new LearningOptions(),
        new RuntimeSafetyOptions { Drift = new DriftOptions { Enabled = false }, Review = new ReviewOptions { RequireApproval = true } }));

    /// <param name="databaseUrl">An up-to-date database.</param>
    /// <param name="name">The silo's name.</param>
    /// <param name="settings">Additional settings, as <c>--Section:Key=value</c>.</param>
    public static Task<RunningSilo> StartAsync(string databaseUrl, string name, params string[] settings) =>
        StartAsync(databaseUrl, name, replace: null, settings);

    /// <inheritdoc cref="StartAsync(string, string, string[])"/>
    /// <param name="databaseUrl">An up-to-date database.</param>
    /// <param name="name">The silo's name.</param>
    /// <param name="replace">Replaces services.</param>
    /// <param name="settings">Additional settings.</param>
    public static Task<RunningSilo> StartAsync(string databaseUrl, string name, Action<IServiceCollection>? replace, params string[] settings) =>
        RunningSilo.StartAsync(
            databaseUrl,
            name,
            replace,
            [
                .. settings,
                "--Logging:LogLevel:Default=Error",
                "--Logging:LogLevel:Orleans=Error",
                "--Logging:LogLevel:Microsoft.AspNetCore=Error",
                "--Logging:Console:LogToStandardErrorThreshold=Trace",
            ]);
}
