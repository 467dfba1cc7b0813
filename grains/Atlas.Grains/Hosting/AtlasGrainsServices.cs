using Atlas.Contracts.Playbooks;
using Atlas.Database;
using Atlas.Grains.Alerts;
using Atlas.Grains.Calls;
using Atlas.Grains.Copies;
using Atlas.Grains.Delivery;
using Atlas.Grains.Intake;
using Atlas.Grains.Judging;
using Atlas.Grains.LearningKeys;
using Atlas.Grains.Leases;
using Atlas.Grains.Meaning;
using Atlas.Grains.Playbooks;
using Atlas.Grains.Retention;
using Atlas.Grains.Sessions;
using Atlas.Grains.Spending;
using Atlas.Grains.Synthesis;
using Atlas.Learning.Options;
using Atlas.Learning.Redaction;
using Atlas.Models.Embeddings;
using Atlas.Models.Judges;
using Atlas.Models.Synthesis;
using Atlas.Queries;
using Atlas.Queries.Reports;
using Atlas.Storage.Access;
using Atlas.Storage.Events;
using Atlas.Storage.Forgetting;
using Atlas.Storage.Judging;
using Atlas.Storage.Learning;
using Atlas.Storage.Retention;
using Atlas.Storage.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Atlas.Grains.Hosting;

/// <summary>Registers the services of the grains.</summary>
public static class AtlasGrainsServices
{
    /// <summary>Adds the grains' services for the database <paramref name="database"/>.</summary>
    /// <remarks>The database is examined once, when it is first needed; if it cannot be used then,
    /// <see cref="DatabaseUnavailableException"/> or <see cref="DatabaseEncodingException"/> is thrown. Rules, clock and synthesizer that
    /// are already registered are kept. If an <see cref="IJudge"/> is registered, the silo judges sessions that succeed without a
    /// reward.</remarks>
    public static IServiceCollection AddAtlasGrains(this IServiceCollection services, AtlasDatabase database)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new LearningRules(new LearningOptions(), new RuntimeSafetyOptions()));
        services.TryAddSingleton(new SynthesizerOptions());
        services.TryAddSingleton(provider => SynthesizerCatalog.Default.Create(provider.GetRequiredService<SynthesizerOptions>()));

        // Do not fall back to the original settings if the database is unreachable: they do not say whether a pooler is in between.
        services.TryAddSingleton(_ => Task.Run(() => database.ExamineAsync()).GetAwaiter().GetResult());
        services.TryAddSingleton(provider => provider.GetRequiredService<AtlasDatabase>().CreateDataSource());
        services.TryAddSingleton(provider => new EventAppender(provider.GetRequiredService<NpgsqlDataSource>()));
        services.TryAddSingleton<SessionStore>();
        services.TryAddSingleton<LearningLedger>();
        services.TryAddSingleton<ForgettingStore>();
        services.TryAddSingleton<ForgettingQueries>();
        services.TryAddSingleton<SessionFaults>();
        services.TryAddSingleton<OutsideReviews>();
        services.TryAddSingleton<LearningStateStamp>();
        services.TryAddSingleton<LearningQueries>();
        services.TryAddSingleton<PlaybookQueries>();
        services.TryAddSingleton<SessionQueries>();

        services.TryAddSingleton<BudgetStore>();
        services.TryAddSingleton<ModelSpending>();
        services.TryAddSingleton<PlaybookCopies>();
        services.TryAddSingleton<IPlaybookReader, PlaybookReader>();
        services.TryAddSingleton<PlaybookCopyClient>();
        services.AddGrainService<PlaybookCopyService>();
        services.TryAddSingleton(SessionRedactionOf);
        services.TryAddSingleton<SessionIntake>();
        services.TryAddSingleton<SessionServices>();
        services.TryAddSingleton<InjectedPlaybooks>();
        services.TryAddSingleton<StoredDigests>();
        services.TryAddSingleton<FailureTranslation>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IIncomingGrainCallFilter, FailureTranslation>(provider => provider.GetRequiredService<FailureTranslation>()));
        services.TryAddSingleton<CompletionFaults>();
        services.TryAddSingleton<LearningNews>();
        services.TryAddSingleton<LearningServices>();
        services.TryAddSingleton<SessionStandings>();
        services.TryAddSingleton<PlaybookArchive>();
        services.TryAddSingleton<ImportedRegistry>();
        services.TryAddSingleton(new EntryEmbedder(new WordEmbeddings()));
        services.TryAddSingleton<EntryMeanings>();
        services.TryAddSingleton<EvidenceSource>();
        services.TryAddSingleton<NamedSynthesizers>();
        services.TryAddSingleton<IKeyAlerts, NoAlerts>();
        services.TryAddSingleton<KeyDelivery>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, OutboxRedelivery>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, OutsideReviewDelivery>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, LeaseSweep>());
        services.TryAddSingleton<RetentionStore>();
        services.TryAddSingleton(new RetentionPolicy());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RetentionSweep>());
        services.AddJudging();

        services.TryAddSingleton(new ReadLeaseOptions());
        services.TryAddSingleton<MembershipTable>();
        services.TryAddSingleton<StandingClient>();
        services.AddGrainService<StandingService>();
        services.TryAddSingleton<IClusterStanding, ClusterStanding>();
        services.TryAddSingleton<ReadLease>();
        services.AddHostedService(provider => provider.GetRequiredService<ReadLease>());
        return services;
    }

    private static SessionRedaction SessionRedactionOf(IServiceProvider provider)
    {
        var learning = provider.GetRequiredService<LearningRules>().Learning;
        var except = learning.RedactionExcept.IsDefault ? [] : learning.RedactionExcept;
        return new SessionRedaction(Redactor.Of(except, provider.GetServices<IRedactor>()), learning.Redaction);
    }

    private static void AddJudging(this IServiceCollection services)
    {
        services.TryAddSingleton(new JudgingOptions());
        services.TryAddSingleton(provider => new JudgePanel(provider.GetService<IJudge>(), provider.GetRequiredService<JudgingOptions>()));
        services.TryAddSingleton<JudgingQueue>();
        services.TryAddSingleton<JudgeEvidence>();
        services.TryAddSingleton<JudgePanelStore>();
        services.TryAddSingleton<JudgePanelQueries>();
        services.TryAddSingleton<PanelSweep>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, PanelSweep>(provider => provider.GetRequiredService<PanelSweep>()));
        services.TryAddSingleton<JudgingAttempt>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, JudgingWorker>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, JudgelessSweep>());
    }
}
