using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Client;
using Atlas.Configuration.Proxying;
using Atlas.Contracts;
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

/// <summary>Opens sessions in the cluster. While the cluster is away, sessions get the last known playbook or none, and are opened
/// later.</summary>
internal sealed class SessionOpener(
    Backend backend, EventNumbers numbers, ResponseIds responses, Outage outage, ProxyOptions options, UsageTrackingOptions tracking, TimeProvider time,
    OutageMemory memory, ILogger<SessionOpener> log, TicketOffice? tickets = null) : IDisposable
{
    /// <summary>How often a name can be reused after its session has ended.</summary>
    private const int MostGenerations = 1000;

    /// <summary>How many events of a session that is continued here are read at most.</summary>
    private const int MostEarlier = 10_000;

    private readonly CueWatch _cues = new(tracking);
    private readonly MemoryCache _lastKnown = new(new MemoryCacheOptions { SizeLimit = 10_000 });
    private readonly MemoryCache _generations = new(new MemoryCacheOptions { SizeLimit = 100_000 });

    public bool IsAway => outage.IsAway;

    private TimeSpan Patience => TimeSpan.FromSeconds(options.PatienceSeconds);

    /// <summary>Opens a session, or continues the running session of this name.</summary>
    public async Task<ProxySession> OpenAsync(SessionName? name, SessionRequest asked)
    {
        if (name is null && options.UnknownSession is UnknownSession.None)
        {
            return await PlaybookOnlyAsync(asked).ConfigureAwait(false);
        }

        // A single call is a session too, but it may have to be found again by the id of its answer.
        var (task, ownId) = (asked.Task(), NewId());
        var opened = await outage.AskAsync(() => StartAsync(name, ownId, task, asked, given: null), Patience).ConfigureAwait(false);
        if (opened is not null)
        {
            _ = KeepCurrentAsync(asked.LearningKey);
            var session = new ProxySession(name, asked.Caller, asked.Owner, opened.Playbook, null, time);
            session.Record(Records(opened, task, asked.Caller));
            return session;
        }

        var without = WithoutCluster(name, asked);
        without.Record(Records(new SessionOpening(() => OpenLateAsync(name, ownId, task, asked, without.Playbook)), without.Playbook, task, asked.Caller));
        return without;
    }

    /// <summary>Resolves only the playbook, without a session.</summary>
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

    /// <summary>Continues a session that another silo, or this one before a restart, has opened for the same caller.</summary>
    /// <returns>The session; null if none of the candidates fits.</returns>
    public async Task<ProxySession?> ResumeAsync(SessionRequest asked, Func<Caller, Task<IReadOnlyList<long>>> find) =>
        await outage.AskAsync(
            async () =>
            {
                foreach (var number in await find(asked.Caller).ConfigureAwait(false))
                {
                    if (await backend.Sessions.FindAsync(number, maxEvents: 0).ConfigureAwait(false) is { } stored
                        && stored.Summary is { LearningKey: { } key, ExternalId: { } external } && key == asked.LearningKey && OwnerOf(stored.Metadata) == asked.Owner)
                    {
                        var started = await StartAsync(external, stored.Summary.Task, asked, given: null).ConfigureAwait(false);
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

    /// <summary>Opens a session whose calls passed during an outage, and reports what they were given.</summary>
    private async Task<SessionStarted> OpenLateAsync(SessionName? name, string ownId, string task, SessionRequest asked, ResolvedPlaybook given)
    {
        if (outage.IsAway)
        {
            throw new AtlasUnavailableException("The cluster cannot be reached; the session is opened when it is back.");
        }

        var started = await StartAsync(name, ownId, task, asked, given).ConfigureAwait(false);

        // Another silo that was not cut off may have begun a session of this name with another version.
        return started.Status is SessionStatus.Running && IsSame(started.Playbook, given) ? started : await StartAsync(NewId(), task, asked, given).ConfigureAwait(false);
    }

    private static bool IsSame(ResolvedPlaybook one, ResolvedPlaybook other) => one.Version == other.Version
        && (one.ApplyToPrompts ? one.Student?.Sha256 : null) == (other.ApplyToPrompts ? other.Student?.Sha256 : null);

    private static string NewId() => $"proxy:call:{Guid.CreateVersion7():N}";

    private async Task<SessionStarted> StartAsync(SessionName? name, string ownId, string task, SessionRequest asked, ResolvedPlaybook? given)
    {
        if (name is null)
        {
            return await StartAsync(ownId, task, asked, given).ConfigureAwait(false);
        }

        for (var generation = _generations.Get<int?>(name.ExternalId) ?? 1; ; generation++)
        {
            var external = generation == 1 ? name.ExternalId : FormattableString.Invariant($"{name.ExternalId}#{generation}");
            var started = await StartAsync(external, task, asked, given).ConfigureAwait(false);
            if (started.Status is SessionStatus.Running || generation == MostGenerations)
            {
                _generations.Set(name.ExternalId, generation, new MemoryCacheEntryOptions { Size = 1 });
                return started;
            }
        }
    }

    private Task<SessionStarted> StartAsync(string externalId, string task, SessionRequest asked, ResolvedPlaybook? given)
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
            Given = given,
            StartedBy = asked.Owner,
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

    private SessionRecords Records(SessionStarted started, string task, Caller caller)
    {
        var records = Records(new SessionOpening(started), started.Playbook, task, caller);
        if (started.NextSequence > 0)
        {
            records.Continue(
                async () => EarlierRecords.Of((await backend.Sessions.EventsAsync(started.SessionId, 0, MostEarlier).ConfigureAwait(false)).Select(stored => stored.Event).OfType<JsonElement>()), log);
        }

        return records;
    }

    private SessionRecords Records(SessionOpening opening, ResolvedPlaybook playbook, string task, Caller caller) =>
        new(opening, playbook, task, caller, _cues.Track(playbook), backend, numbers, responses, outage, memory, tickets, time, log);

    /// <summary>Keeps the current playbook of a learning key. What a session was given is its own draw: another version, a part of the
    /// entries, or nothing for the hold-out.</summary>
    private async Task KeepCurrentAsync(string learningKey)
    {
        try
        {
            Keep(await backend.ResolveAsync(learningKey).ConfigureAwait(false));
        }
        catch (Exception)
        {
            // The playbook that is kept stays, and the next session tries again.
        }
    }

    private void Keep(ResolvedPlaybook playbook) => _lastKnown.Set(playbook.LearningKey, playbook, new MemoryCacheEntryOptions { Size = 1 });

    private static string? OwnerOf(JsonElement? metadata) =>
        metadata is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty("proxy", out var proxy) ? RequestMessages.Text(proxy, "owner") : null;
}
