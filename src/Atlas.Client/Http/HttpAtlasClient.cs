using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using Atlas.Client.Cache;
using Atlas.Client.Calls;
using Atlas.Client.Connection;
using Atlas.Client.Hosting;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Microsoft.Extensions.Logging;

namespace Atlas.Client.Http;

/// <summary>A client that needs only the address of a cluster's HTTP API.</summary>
internal sealed partial class HttpAtlasClient : IConnectingClient
{
    private readonly ApiConnection _api;
    private readonly HttpPlaybooks _playbooks;
    private readonly CallRetry _calls;
    private readonly DiscoveryLink _discovery;
    private readonly PlaybookCache? _cache;
    private readonly KeptPlaybooks? _kept;
    private readonly TimeProvider _time;

    public HttpAtlasClient(AtlasClientOptions options, ILoggerFactory? loggers, TimeProvider time)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        if (options.Gateways.Count > 0 || options.DatabaseUrl is not null)
        {
            throw new AtlasRefusedException("Atlas:Client sets an Address and also Gateways or a DatabaseUrl. Set only one of them: a client connects to its cluster in one way.");
        }

        _api = new ApiConnection(options, time);
        _playbooks = new HttpPlaybooks(_api);
        _time = time;
        _calls = new CallRetry(options.RetryFor, time, pause: options.PauseAfterOutage);
        _discovery = options.LinksDiscovery ? DiscoveryLink.OfWorkspace() : DiscoveryLink.None;
        ClusterName = ClusterIdentity.Of([_api.Address.AbsoluteUri], options.ClusterId).Name;
        _cache = options.CacheOnDisk ? new PlaybookCache(options.CacheDirectory, loggers?.CreateLogger<PlaybookCache>(), time).Of(ClusterName) : null;
        _kept = _cache is null ? null : new KeptPlaybooks(_cache, time);
    }

    public string ClusterName { get; }

    public CachedPlaybook? LastKnown(string learningKey, string role = "student") => _cache?.Read(learningKey, role);

    public async Task ConnectedAsync(CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/keys?limit=1");
        try
        {
            using var response = await _api.SendAsync(request, cancellation).ConfigureAwait(false);
            if (await ApiProblem.OfAsync(response).ConfigureAwait(false) is not { Code: "forbidden" })
            {
                // An API key that can only record is enough to connect.
                await _api.DemandAsync(response).ConfigureAwait(false);
            }
        }
        catch (TimeoutException away) when (away.InnerException is AtlasUnavailableException told)
        {
            throw new AtlasUnavailableException(told.Message, told);
        }
    }

    public async Task<AtlasSession> StartSessionAsync(StartSession request, CancellationToken cancellationToken = default)
    {
        if (request.LearningKey is { } key)
        {
            KeyReferences.Check(key);
        }

        var start = _discovery.AddTo(request);
        var body = new { start.Task, start.LearningKey, start.Agent, start.Metadata, start.ExternalId, start.LeaseSeconds };
        var identity = NewIdentity();
        var started = await _calls.RepeatableAsync(() => _api.PostAsync<Started>("v1/sessions", body, identity, cancellationToken), cancellationToken).ConfigureAwait(false);
        ClientTelemetry.SessionsStarted.Add(1);
        _kept?.Follow(started.Playbook, key => _playbooks.ResolveAsync(key, CancellationToken.None));
        return new AtlasSession(
            GetSession(started.SessionId), new SessionStarted(started.SessionId, started.LearningKey, started.Status, started.Playbook, started.NextSequence), _calls);
    }

    public ISessionGrain GetSession(long sessionId) => new HttpSession(_api, sessionId);

    public Task<SessionState> StandingAsync(long sessionId, CancellationToken cancellationToken = default) =>
        _calls.RepeatableAsync(() => GetSession(sessionId).Standing(cancellationToken), cancellationToken);

    public Task<SessionState> AwaitRewardAsync(long sessionId, TimeSpan patience, CancellationToken cancellationToken = default) =>
        RewardWait.ForAsync(GetSession(sessionId), _calls, patience, cancellationToken);

    public async Task<ResolvedPlaybook> ResolveAsync(string learningKey, CancellationToken cancellationToken = default)
    {
        KeyReferences.Check(learningKey);
        var resolved = await _calls.RepeatableAsync(() => _playbooks.ResolveAsync(learningKey, cancellationToken), cancellationToken).ConfigureAwait(false);
        _kept?.Note(resolved);
        return resolved;
    }

    public async Task<ResolvedPlaybook> ResolveAsync(string learningKey, PlaybookFreshness freshness, CancellationToken cancellationToken = default)
    {
        // The API always reads strictly, which for a relaxed read is an age of zero.
        var resolved = await ResolveAsync(learningKey, cancellationToken).ConfigureAwait(false);
        return freshness is PlaybookFreshness.Relaxed ? resolved with { Age = TimeSpan.Zero } : resolved;
    }

    public IAsyncEnumerable<WatchedPlaybook> WatchAsync(string learningKey, CancellationToken cancellationToken = default) => WatchedAsync(learningKey, cancellationToken);

    public async Task<LearningKeyDescription> DescribeAsync(string learningKey, CancellationToken cancellationToken = default)
    {
        KeyReferences.Check(learningKey);
        return await _calls.RepeatableAsync(() => _api.FindAsync<LearningKeyDescription>(ApiConnection.Key(learningKey), cancellationToken), cancellationToken).ConfigureAwait(false)
            ?? new LearningKeyDescription(await ResolveAsync(learningKey, cancellationToken).ConfigureAwait(false), 0, 0, [], Frozen: false, SynthesisFailure: null);
    }

    public async Task<RewardBaseline> BaselineAsync(string learningKey, CancellationToken cancellationToken = default)
    {
        KeyReferences.Check(learningKey);
        return await _calls.RepeatableAsync(() => _api.FindAsync<RewardBaseline>(ApiConnection.Key(learningKey, "baseline"), cancellationToken), cancellationToken).ConfigureAwait(false)
            ?? RewardBaseline.None;
    }

    public Task<SessionReviewed> ReviewAsync(long sessionId, ReviewDecision decision, CancellationToken cancellationToken = default)
    {
        // A repeated decision would override the one that another reviewer made in between.
        var identity = NewIdentity();
        return _calls.RepeatableAsync(() => new HttpSession(_api, sessionId).ReviewAsync(decision, identity, cancellationToken), cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _api.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string NewIdentity() => Guid.NewGuid().ToString("N");

    private async IAsyncEnumerable<WatchedPlaybook> WatchedAsync(string learningKey, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        KeyReferences.Check(learningKey);
        await _calls.RepeatableAsync(() => ConnectedAsync(cancellation), cancellation).ConfigureAwait(false);
        await foreach (var playbook in new HttpWatch(_api, learningKey, _time).RunAsync(cancellation).ConfigureAwait(false))
        {
            _kept?.Note(playbook.Playbook);
            yield return playbook;
        }
    }

    private sealed record Started(long SessionId, string LearningKey, SessionStatus Status, int NextSequence, ResolvedPlaybook Playbook);
}
