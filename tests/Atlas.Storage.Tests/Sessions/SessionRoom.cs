using Atlas.Database;
using Atlas.Domain;
using Atlas.Learning.Sessions;
using Atlas.Queries;
using Atlas.Storage.Events;
using Atlas.Storage.Learning;
using Atlas.Storage.Sessions;
using Atlas.Testing;

namespace Atlas.Storage.Tests.Sessions;

/// <summary>A database with the stores over it.</summary>
internal sealed class SessionRoom : IAsyncDisposable
{
    private SessionRoom(TestDatabase database, EventAppenderOptions? options)
    {
        Database = database;
        Appender = new EventAppender(database.DataSource, options);
        Store = new SessionStore(database.DataSource, Appender);
        Ledger = new LearningLedger(database.DataSource);
        Sessions = new SessionQueries(database.DataSource);
        Playbooks = new PlaybookQueries(database.DataSource);
        Learning = new LearningQueries(database.DataSource);
    }

    public TestDatabase Database { get; }

    public EventAppender Appender { get; }

    public SessionStore Store { get; }

    public LearningLedger Ledger { get; }

    public SessionQueries Sessions { get; }

    public PlaybookQueries Playbooks { get; }

    public LearningQueries Learning { get; }

    public static async Task<SessionRoom> OpenAsync(AtlasDatabaseOptions? database = null, EventAppenderOptions? appender = null) =>
        new(await TestDatabase.CreateAsync(database), appender);

    public async Task<long> StartAsync(string key = "key", string? externalId = null, string? metadata = null) =>
        (await Store.StartAsync(new NewSession { Task = "a task", LearningKey = key, ExternalId = externalId, MetadataJson = metadata })).Id;

    /// <summary>A session that ended with a reward and waits for its key.</summary>
    public async Task<long> EndedAsync(string key = "key", double score = 0.5, string reviewStatus = "pending")
    {
        var id = await StartAsync(key);
        await Store.CompleteAsync(Completion(id, score) with { ReviewStatus = WireName.Parse<ReviewStatus>(reviewStatus) });
        return id;
    }

    public static SessionCompletionRow Completion(long id, double score = 0.5) => new()
    {
        SessionId = id,
        Status = SessionStatus.Succeeded,
        FinalAnswer = "done",
        RewardJson = FormattableString.Invariant($$"""{"score":{{score}}}"""),
        RewardStatsJson = FormattableString.Invariant($$"""{"score":{{score}}}"""),
        RewardAuditJson = "[]",
        MetadataJson = """{"execution_mode":"auto"}""",
        DigestJson = FormattableString.Invariant($$"""{"session":{{id}}}"""),
        Delivery = new SessionDelivery(new SessionOutcome { SessionId = id, Score = score }, Teaches: true),
    };

    public async ValueTask DisposeAsync()
    {
        await Appender.DisposeAsync();
        await Database.DisposeAsync();
    }
}
