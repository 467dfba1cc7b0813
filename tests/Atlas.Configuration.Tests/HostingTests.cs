using Atlas.Configuration.AdaptiveTeaching;
using Atlas.Configuration.Checking;
using Atlas.Configuration.Tests.Support;
using Atlas.Learning.Options;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Atlas.Configuration.Tests;

public sealed class HostingTests : IDisposable
{
    private readonly Workplace _place = new() { Profile = ConfigurationProfile.Cluster };

    [Fact]
    public async Task A_host_gets_the_blocks_as_options()
    {
        using var host = Host("learning: { history_limit: 7 }\nruntime_safety: { drift: { window: 9 } }\nadaptive_teaching: { learning_history_limit: 11 }");
        await host.StartAsync();

        Assert.Equal(7, host.Services.GetRequiredService<IOptions<LearningOptions>>().Value.HistoryLimit);
        Assert.Equal(9, host.Services.GetRequiredService<IOptionsMonitor<RuntimeSafetyOptions>>().CurrentValue.Drift.Window);
        Assert.Equal(11, host.Services.GetRequiredService<IOptions<AdaptiveTeachingOptions>>().Value.LearningHistoryLimit);
        Assert.Equal(7, host.Services.GetRequiredService<AtlasConfiguration>().Learning.HistoryLimit);
        Assert.True(host.Services.GetRequiredService<ConfigurationCheck>().IsValid);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_host_with_a_wrong_configuration_does_not_start_and_says_all_that_is_wrong()
    {
        using var host = Host("learning: { history_limit: 700 }\nstorage: {}\n");

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(2, error.Failures.Count());
        Assert.Contains("atlas.yaml:1: learning.history_limit is 700, but must be a whole number from 1 to 200.", error.Message, StringComparison.Ordinal);
        Assert.Contains("atlas.yaml:2: storage.database_url is missing", error.Message, StringComparison.Ordinal);
        Assert.Throws<AtlasConfigurationException>(() => host.Services.GetRequiredService<AtlasConfiguration>());
    }

    private IHost Host(string yaml)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddAtlasConfiguration(_place.Request(_place.File("atlas.yaml", yaml)));
        return builder.Build();
    }

    public void Dispose() => _place.Dispose();
}
