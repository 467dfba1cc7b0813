using System.Collections.Immutable;
using System.Data.Common;
using Atlas.Database;
using Atlas.Queries.Keys;
using Atlas.Queries.Ledger;
using Atlas.Queries.Reports;
using Atlas.Queries.Training;
using Atlas.Storage.Access;
using Atlas.Storage.Discovery;
using Atlas.Storage.Health;
using Atlas.Storage.Learning;
using Atlas.Storage.Recovery;
using Atlas.Storage.Retention;
using Npgsql;

namespace Atlas.Queries;

/// <summary>Reads everything in an Atlas database, for programs that show it without writing SQL.</summary>
/// <remarks>Every member throws <see cref="DbException"/> if the database does not answer or has no Atlas tables.</remarks>
public sealed class AtlasQueries : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    private AtlasQueries(NpgsqlDataSource source) => _source = source;

    /// <summary>What was learned under each key.</summary>
    public KeyQueries Keys => new(_source);

    /// <summary>Versions, the registry and the journal.</summary>
    public PlaybookQueries Playbooks => new(_source);

    /// <summary>Sessions.</summary>
    public SessionQueries Sessions => new(_source);

    /// <summary>Sessions for reviewers.</summary>
    public ReviewQueries Reviews => new(_source);

    /// <summary>What trials have found.</summary>
    public FindingsQueries Findings => new(_source);

    /// <summary>What is known about the providers' prompt caches.</summary>
    public CacheQueries Caches => new(_source);

    /// <summary>Returns learning keys whose rewards have declined.</summary>
    /// <param name="limit">The largest number of keys.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public Task<ImmutableArray<string>> AlarmsAsync(int limit, CancellationToken cancellationToken = default) => new GlanceQueries(_source).AlarmsAsync(limit, cancellationToken);

    /// <summary>Figures for reports.</summary>
    public ReportQueries Reports => new(_source);

    /// <summary>What the judge answered about a fixed panel of past sessions.</summary>
    public JudgePanelQueries JudgePanel => new(_source);

    /// <summary>What is exported for training.</summary>
    public TrainingData Training => new(_source);

    /// <summary>The results of discovery in projects.</summary>
    public DiscoveryRuns Discovery => new(_source);

    /// <summary>Faults of Atlas itself that silos have recorded.</summary>
    public SessionFaults Faults => new(_source);

    /// <summary>The API keys for HTTP.</summary>
    public ApiKeyStore ApiKeys => new(_source);

    /// <summary>The users who are signed in to the console.</summary>
    public ConsoleCredentials Console => new(_source);

    /// <summary>The budgets of API keys and tenants.</summary>
    public BudgetStore Budgets => new(_source);

    /// <summary>The changes made through each interface.</summary>
    public AuditLog Audit => new(_source);

    /// <summary>Entries that wait to be accepted into playbooks.</summary>
    public EntryProposals Proposals => new(_source);

    /// <summary>Creates an instance without opening a connection.</summary>
    public static AtlasQueries Of(AtlasDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        return new AtlasQueries(database.CreateDataSource());
    }

    /// <summary>Whether a failure means that the database exists, but has no Atlas tables yet.</summary>
    public static bool IsWithoutTables(DbException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName;
    }

    /// <summary>Checks that the database answers and has all tables.</summary>
    public Task<DatabaseHealthReport> HealthAsync(CancellationToken cancellationToken = default) =>
        DatabaseHealth.CheckAsync(_source, cancellationToken);

    /// <summary>Returns what the database lacks of everything Atlas depends on; empty if nothing.</summary>
    public Task<ImmutableArray<GuardFinding>> GuardAsync(CancellationToken cancellationToken = default) =>
        SchemaGuard.LookAsync(_source, cancellationToken: cancellationToken);

    /// <summary>Verifies the journals and everything that follows from them.</summary>
    public LedgerAudit Ledger => new(_source);

    /// <summary>Removes what is old enough.</summary>
    public RetentionStore Retention => new(_source);

    /// <summary>What to do before and after a backup is restored.</summary>
    public DatabaseRecovery Recovery => new(_source);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
