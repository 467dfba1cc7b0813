using Atlas.Grains.Copies;
using Atlas.Grains.Delivery;
using Atlas.Grains.Judging;
using Atlas.Grains.LearningKeys;
using Atlas.Grains.Leases;
using Atlas.Grains.Sessions;
using Atlas.Grains.Synthesis;
using Atlas.Learning.Options;
using Atlas.Models.Judges;
using Atlas.Models.Synthesis;
using Atlas.Storage.Connection;
using Atlas.Storage.Events;
using Atlas.Storage.Judging;
using Atlas.Storage.Learning;
using Atlas.Storage.Queries;
using Atlas.Storage.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Atlas.Grains.Hosting;

/// <summary>Registers what the grains need.</summary>
public static class AtlasGrainsServices
{
    /// <summary>Name of the grain storage that learning keys are kept in; the silo provides it.</summary>
    public const string StorageName = "atlas";

    /// <summary>Name of a learning key's state in that storage; the database's trigger and views look for it.</summary>
    internal const string LearningKeyState = "learning-key";

    /// <summary>Adds the grains' services over the database <paramref name="database"/>.</summary>
    /// <remarks>Rules, clock and synthesizer that are registered already stay as they are. With an <see cref="IJudge"/> registered,
    /// the silo judges sessions that succeed without a reward.</remarks>
    public static IServiceCollection AddAtlasGrains(this IServiceCollection services, AtlasDatabase database)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new LearningRules(new LearningOptions(), new RuntimeSafetyOptions()));
        services.TryAddSingleton(new SynthesizerOptions());
        services.TryAddSingleton(provider => SynthesizerCatalog.Default.Create(provider.GetRequiredService<SynthesizerOptions>()));

        services.AddSingleton(database);
        services.AddSingleton(_ => database.CreateDataSource());
        services.AddSingleton(provider => new EventAppender(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton<SessionStore>();
        services.AddSingleton<LearningLedger>();
        services.AddSingleton<LearningQueries>();
        services.AddSingleton<PlaybookQueries>();
        services.AddSingleton<SessionQueries>();

        services.AddSingleton<PlaybookCopies>();
        services.AddSingleton<PlaybookCopyClient>();
        services.AddGrainService<PlaybookCopyService>();
        services.AddSingleton<SessionServices>();
        services.AddSingleton<InjectedPlaybooks>();
        services.AddSingleton<StoredDigests>();
        services.AddSingleton<DatabaseFailures>();
        services.AddSingleton<LearningNews>();
        services.AddSingleton<LearningServices>();
        services.AddSingleton<SessionStandings>();
        services.AddSingleton<PlaybookArchive>();
        services.AddSingleton<ImportedRegistry>();
        services.AddSingleton<EvidenceSource>();
        services.AddSingleton<KeyDelivery>();
        services.AddHostedService<OutboxRedelivery>();
        services.AddHostedService<LeaseSweep>();
        services.AddJudging();

        services.TryAddSingleton(new ReadLeaseOptions());
        services.AddSingleton<IClusterStanding, ClusterStanding>();
        services.AddSingleton<ReadLease>();
        services.AddHostedService(provider => provider.GetRequiredService<ReadLease>());
        return services;
    }

    private static void AddJudging(this IServiceCollection services)
    {
        services.TryAddSingleton(new JudgingOptions());
        services.AddSingleton(provider => new JudgePanel(provider.GetService<IJudge>(), provider.GetRequiredService<JudgingOptions>()));
        services.AddSingleton<JudgingQueue>();
        services.AddSingleton<JudgeEvidence>();
        services.AddSingleton<JudgingAttempt>();
        services.AddHostedService<JudgingWorker>();
        services.AddHostedService<JudgelessSweep>();
    }
}
