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
using Npgsql;

namespace Atlas.Queries;

/// <summary>All that is read of a database of Atlas, for whoever shows it and does not speak SQL.</summary>
/// <remarks>Every member throws <see cref="DbException"/> if the database does not answer or has no tables of Atlas.</remarks>
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

    /// <summary>Figures for reports.</summary>
    public ReportQueries Reports => new(_source);

    /// <summary>What is exported for training.</summary>
    public TrainingData Training => new(_source);

    /// <summary>What was found in the sources of projects.</summary>
    public DiscoveryRuns Discovery => new(_source);

    /// <summary>Faults of Atlas itself that silos have noted.</summary>
    public SessionFaults Faults => new(_source);

    /// <summary>The keys that open the HTTP API.</summary>
    public ApiKeyStore ApiKeys => new(_source);

    /// <summary>Who is signed in to the console.</summary>
    public ConsoleCredentials Console => new(_source);

    /// <summary>What API keys and tenants may spend.</summary>
    public BudgetStore Budgets => new(_source);

    /// <summary>What was changed through which door.</summary>
    public AuditLog Audit => new(_source);

    /// <summary>Entries that wait to be accepted into playbooks.</summary>
    public EntryProposals Proposals => new(_source);

    /// <summary>Opens no connection yet.</summary>
    public static AtlasQueries Of(AtlasDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        return new AtlasQueries(database.CreateDataSource());
    }

    /// <summary>Whether a failure says that there is a database, and no Atlas in it yet.</summary>
    public static bool IsWithoutTables(DbException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName;
    }

    /// <summary>Whether the database answers, and has all tables.</summary>
    public Task<DatabaseHealthReport> HealthAsync(CancellationToken cancellationToken = default) =>
        DatabaseHealth.CheckAsync(_source, cancellationToken);

    /// <summary>What the database lacks that the promises of Atlas rest on; empty if nothing.</summary>
    public Task<ImmutableArray<GuardFinding>> GuardAsync(CancellationToken cancellationToken = default) =>
        SchemaGuard.LookAsync(_source, cancellationToken: cancellationToken);

    /// <summary>Proves the books of what was learned.</summary>
    public LedgerAudit Ledger => new(_source);

    /// <summary>What is done before and after a backup is put back.</summary>
    public DatabaseRecovery Recovery => new(_source);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
