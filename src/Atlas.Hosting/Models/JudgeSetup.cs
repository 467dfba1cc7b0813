using Atlas.Configuration;
using Atlas.Configuration.Rewards;
using Atlas.Grains.Judging;
using Atlas.Grains.Spending;
using Atlas.Learning.Options;
using Atlas.Models.Judges;
using Atlas.Models.Providers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atlas.Hosting.Models;

/// <summary>Selects the judge for sessions without a reward: the models of <c>rim</c>, a judge over HTTP, or one registered by name. Without
/// any of these, nothing is judged here.</summary>
internal static class JudgeSetup
{
    private const string NamePath = "adaptive_teaching.reward.import_path";

    public static void AddAtlasJudges(this IServiceCollection services, AtlasConfiguration configuration)
    {
        var reward = configuration.AdaptiveTeaching.Reward;
        services.TryAddSingleton(new JudgingOptions
        {
            ParallelSessions = configuration.SessionJudges?.ParallelWorkers ?? new JudgingOptions().ParallelSessions,
            MaxAttempts = reward.MaxAttempts,
            PanelSessions = reward.PanelSessions,
            PanelDays = reward.PanelDays,
        });
        switch (reward.Type)
        {
            case RewardType.Http:
                services.TryAddSingleton(provider => Http(provider, configuration));
                break;
            case RewardType.Python:
                services.TryAddSingleton(provider => Named(provider, reward));
                break;
            case RewardType.Rim when configuration.SessionJudges is { } rim:
                services.TryAddSingleton(_ => new ChatClientFactory(ChatClientFactoryOptions.Of(configuration.Models)));

                // The scripted model has no opinion, and a container can hold a null.
                services.TryAddSingleton(provider => Ensemble(provider, rim, reward)!);
                break;
        }
    }

    private static IJudge? Ensemble(IServiceProvider provider, RimOptions rim, RewardOptions reward)
    {
        var factory = provider.GetRequiredService<ChatClientFactory>();
        var spending = provider.GetRequiredService<ModelSpending>();
        var (small, large) = (new PaidChatClient(factory.Create(rim.SmallModel), spending, rim.SmallModel), new PaidChatClient(factory.Create(rim.LargeModel), spending, rim.LargeModel));
        return small.GetService<ModelDescription>() is { Provider: LlmProvider.Offline }
            ? null
            : JudgeFactory.Ensemble(
                new JudgeModel(small, rim.SmallModel.Model),
                new JudgeModel(large, rim.LargeModel.Model),
                Evidence(rim, reward) with
                {
                    VarianceThreshold = rim.VarianceThreshold,
                    UncertaintyThreshold = rim.UncertaintyThreshold,
                    MaxParallelCalls = rim.ParallelWorkers,
                    TimeoutSeconds = Limit(reward.TimeoutSeconds) ?? 0,
                },
                provider.GetRequiredService<TimeProvider>());
    }

    private static IJudge Http(IServiceProvider provider, AtlasConfiguration configuration)
    {
        var reward = configuration.AdaptiveTeaching.Reward;
        var options = new HttpJudgeOptions
        {
            Address = new Uri(reward.Address!, UriKind.Absolute),
            Evidence = Evidence(configuration.SessionJudges, reward),
        };

        // The judge applies its own time limit; a second one in the client would only get in its way.
        var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        return JudgeFactory.Http(
            http,
            options with { TimeoutSeconds = Limit(reward.TimeoutSeconds) ?? options.TimeoutSeconds },
            provider.GetRequiredService<TimeProvider>());
    }

    private static IJudge Named(IServiceProvider provider, RewardOptions reward)
    {
        var name = reward.Attribute is null ? reward.ImportPath! : $"{reward.ImportPath}:{reward.Attribute}";
        var judge = provider.GetKeyedService<IJudge>(name) ?? throw new AtlasSettingsException(
            $"{NamePath} refers to the judge '{name}', but no judge is registered under that name. Register it in the silo's program with "
            + $"builder.AddAtlasSilo().AddJudge(\"{name}\", …), or use a judge in another process with type: http.");
        return reward.TimeoutSeconds is > 0 and var seconds
            ? new TimedJudge(judge, TimeSpan.FromSeconds(Math.Min(seconds, 86_400)), provider.GetRequiredService<TimeProvider>())
            : judge;
    }

    private static JudgeEnsembleOptions Evidence(RimOptions? rim, RewardOptions reward) => new()
    {
        FocusPrompt = reward.FocusPrompt ?? rim?.JudgePrompt,
    };

    private static double? Limit(double? seconds) => seconds is { } given ? Math.Min(given, 86_400) : null;
}
