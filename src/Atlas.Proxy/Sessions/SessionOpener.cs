using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Client;
using Atlas.Configuration.Proxying;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Http;
using Atlas.Http.Access;
using Atlas.Http.Sessions;
using Atlas.Identity.Calls;
using Atlas.Learning.Options;
using Atlas.Proxy.Recording;
using Microsoft.Extensions.Caching.Memory;

namespace Atlas.Proxy.Sessions;

/// <summary>Opens sessions in the cluster; while that is away, such as are not recorded and get the last known playbook, or none.</summary>
internal sealed class SessionOpener(
    Backend backend, EventNumbers numbers, ResponseIds responses, Outage outage, ProxyOptions options, UsageTrackingOptions tracking, TimeProvider time,
    ILogger<SessionOpener> log, TicketOffice? tickets = null) : IDisposable
{
    /// <summary>A name may be used again when its session has ended, so often.</summary>
    private const int MostGenerations = 1000;

    private readonly CueWatch _cues = new(tracking);
    private readonly MemoryCache _lastKnown = new(new MemoryCacheOptions { SizeLimit = 10_000 });
    private readonly MemoryCache _generations = new(new MemoryCacheOptions { SizeLimit = 100_000 });

    public bool IsAway => outage.IsAway;

    private TimeSpan Patience => TimeSpan.FromSeconds(options.PatienceSeconds);

    /// <summary>Opens a session, or goes on with the one of this name that runs.</summary>
    public async Task<ProxySession> OpenAsync(SessionName? name, SessionRequest asked)
    {
        if (name is null && options.UnknownSession is UnknownSession.None)
        {
            return await PlaybookOnlyAsync(asked).ConfigureAwait(false);
        }

        var task = asked.Task();
        ProxySession? without = null;
        var opened = await outage.AskAsync(() => StartAsync(name, task, asked), Patience, late => Attach(without, late, task)).ConfigureAwait(false);
        if (opened is null)
        {
            return without = WithoutCluster(name, asked);
        }

        Keep(opened.Playbook);
        var session = new ProxySession(name, asked.Caller, asked.Owner, opened.Playbook, null, time);
        session.Record(Records(opened, task, asked.Caller));
        return session;
    }

    /// <summary>The playbook alone, without a session.</summary>
    public async Task<ProxySession> PlaybookOnlyAsync(SessionRequest asked)
    {
        tickets?.SpeakFor(asked.Caller.Name, asked.Caller.Permissions);
        var playbook = await outage.AskAsync(() => backend.ResolveAsync(asked.LearningKey).AsTask(), Patience).ConfigureAwait(false);
        if (playbook is null)
        {
            return WithoutCluster(null, asked);
        }

        Keep(playbook);
        return new ProxySession(null, asked.Caller, asked.Owner, playbook, null, time);
    }

    /// <summary>Goes on with a session that another silo, or this one before it was started anew, has opened for the same caller.</summary>
    /// <returns>Null if there is none among those that are found.</returns>
    public async Task<ProxySession?> ResumeAsync(SessionRequest asked, Func<Caller, Task<IReadOnlyList<long>>> find) =>
        await outage.AskAsync(
            async () =>
            {
                foreach (var number in await find(asked.Caller).ConfigureAwait(false))
                {
                    if (await backend.Sessions.FindAsync(number, maxEvents: 0).ConfigureAwait(false) is { } stored
                        && stored.Summary is { LearningKey: { } key, ExternalId: { } external } && key == asked.LearningKey && OwnerOf(stored.Metadata) == asked.Owner)
                    {
                        var started = await StartAsync(external, stored.Summary.Task, asked).ConfigureAwait(false);
                        var running = started.Status is SessionStatus.Running;
                        var session = new ProxySession(null, asked.Caller, asked.Owner, started.Playbook, running ? null : "session-ended", time);
                        if (running)
                        {
                            session.Record(Records(started, stored.Summary.Task, asked.Caller));
                        }

                        return [session];
                    }
                }

                return Array.Empty<ProxySession>();
            },
            Patience).ConfigureAwait(false) is [var resumed] ? resumed : null;

    public async Task<IReadOnlyList<long>> ByResponseAsync(Caller caller, string id) =>
        ResponseIds.Fits(id) ? await responses.FindAsync(caller, id, CancellationToken.None).ConfigureAwait(false) : [];

    public void Dispose()
    {
        _lastKnown.Dispose();
        _generations.Dispose();
    }

    private async Task<SessionStarted> StartAsync(SessionName? name, string task, SessionRequest asked)
    {
        if (name is null)
        {
            // One call, but it may have to be found again by the id of its answer.
            return await StartAsync($"proxy:call:{Guid.CreateVersion7():N}", task, asked).ConfigureAwait(false);
        }

        for (var generation = _generations.Get<int?>(name.ExternalId) ?? 1; ; generation++)
        {
            var external = generation == 1 ? name.ExternalId : FormattableString.Invariant($"{name.ExternalId}#{generation}");
            var started = await StartAsync(external, task, asked).ConfigureAwait(false);
            if (started.Status is SessionStatus.Running || generation == MostGenerations)
            {
                _generations.Set(name.ExternalId, generation, new MemoryCacheEntryOptions { Size = 1 });
                return started;
            }
        }
    }

    private Task<SessionStarted> StartAsync(string externalId, string task, SessionRequest asked)
    {
        tickets?.SpeakFor(asked.Caller.Name, asked.Caller.Permissions);
        var metadata = new JsonObject
        {
            ["proxy"] = new JsonObject
            {
                ["owner"] = asked.Owner,
                ["upstream"] = asked.Upstream,
                ["client"] = asked.Client,
                ["rung"] = asked.Clue?.Rung ?? (asked.Messages is null ? SessionClue.Call : SessionClue.Chain),
                ["client_session"] = asked.Clue?.Id,
            },
        };
        return backend.Grains.GetGrain<ISessionStarterGrain>(0).Start(new StartSession(
            task, asked.LearningKey, Agent: asked.Upstream, JsonSerializer.SerializeToElement(metadata), externalId, options.SessionLeaseSeconds)
        {
            PaidBy = asked.Caller.Purse,
        });
    }

    private ProxySession WithoutCluster(SessionName? name, SessionRequest asked)
    {
        var known = _lastKnown.Get<ResolvedPlaybook>(asked.LearningKey);
        return new ProxySession(
            name,
            asked.Caller,
            asked.Owner,
            known ?? new ResolvedPlaybook(asked.LearningKey, 0, null, InjectionMode.Suffix, false, 0, null, null),
            known is null ? "no-playbook" : "last-known-playbook",
            time);
    }

    /// <summary>The cluster was only slow. If it gives what has been sent meanwhile, the session is recorded from here.</summary>
    private void Attach(ProxySession? session, SessionStarted late, string task)
    {
        if (session is not null && late.Status is SessionStatus.Running && late.Playbook.Student?.Sha256 == session.Playbook.Student?.Sha256
            && (late.Playbook.Version == session.Playbook.Version))
        {
            session.Record(Records(late, task, session.Caller));
        }
    }

    private SessionRecords Records(SessionStarted started, string task, Caller caller) =>
        new(started, task, caller, _cues.Track(started.Playbook), backend, numbers, responses, tickets, time, log);

    private void Keep(ResolvedPlaybook playbook)
    {
        // The new arm of an experiment is for those that were drawn for it.
        if (playbook.Arm is null)
        {
            _lastKnown.Set(playbook.LearningKey, playbook, new MemoryCacheEntryOptions { Size = 1 });
        }
    }

    private static string? OwnerOf(JsonElement? metadata) =>
        metadata is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty("proxy", out var proxy) ? RequestMessages.Text(proxy, "owner") : null;
}
