using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Queries;
using Npgsql;

namespace Atlas.Http;

/// <summary>Gives endpoints access to the grains of the cluster and the read models of its database.</summary>
public sealed class Backend(IGrainFactory grains, NpgsqlDataSource database, IPlaybookReader? reader = null)
{
    public IGrainFactory Grains { get; } = grains;

    public NpgsqlDataSource Database { get; } = database;

    public SessionQueries Sessions { get; } = new(database);

    public PlaybookQueries Playbooks { get; } = new(database);

    public ReviewQueries Reviews { get; } = new(database);

    public CacheQueries Caches { get; } = new(database);

    public ILearningKeyGrain Key(string stored) => Grains.GetGrain<ILearningKeyGrain>(stored);

    public ISessionGrain Session(long id) => Grains.GetGrain<ISessionGrain>(id);

    // The local silo answers from its copy if another one owns the key; a silo in this process answers without a call.
    public ValueTask<ResolvedPlaybook> ResolveAsync(string stored) => reader is not null
        ? reader.ResolveAsync(stored, PlaybookFreshness.Strict)
        : Grains.GetGrain<IPlaybookReaderGrain>(0).Resolve(stored, PlaybookFreshness.Strict);
}
