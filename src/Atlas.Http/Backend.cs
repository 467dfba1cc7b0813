using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Queries;
using Npgsql;

namespace Atlas.Http;

/// <summary>What endpoints reach: the grains of the cluster, and the read models of its database.</summary>
public sealed class Backend(IGrainFactory grains, NpgsqlDataSource database, IPlaybookReader? reader = null)
{
    public IGrainFactory Grains { get; } = grains;

    public NpgsqlDataSource Database { get; } = database;

    public SessionQueries Sessions { get; } = new(database);

    public PlaybookQueries Playbooks { get; } = new(database);

    public ReviewQueries Reviews { get; } = new(database);

    public ILearningKeyGrain Key(string stored) => Grains.GetGrain<ILearningKeyGrain>(stored);

    public ISessionGrain Session(long id) => Grains.GetGrain<ISessionGrain>(id);

    // The silo at hand answers from its copy where another one owns the key; the silo in this process without a call.
    public ValueTask<ResolvedPlaybook> ResolveAsync(string stored) => reader is not null
        ? reader.ResolveAsync(stored, PlaybookFreshness.Strict)
        : Grains.GetGrain<IPlaybookReaderGrain>(0).Resolve(stored, PlaybookFreshness.Strict);
}
