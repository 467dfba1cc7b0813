using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Atlas.Client.Cache;
using Atlas.Client.Connection;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Learning.Keys;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Atlas.Client.Chat;

/// <summary>Injects the playbook into each request and records the conversation. A failure of Atlas never reaches the chat.</summary>
public sealed class AtlasChatClient : DelegatingChatClient
{
    private readonly ConcurrentDictionary<string, AtlasChatSession> _sessions = new(StringComparer.Ordinal);
    private readonly LazyConnection _atlas;
    private readonly AtlasChatOptions _options;
    private readonly PlaybookSource _playbooks;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly OutageBreaker _outages;
    private readonly CueWatch _cues;

    /// <summary>Initializes a chat client over an Atlas client that it does not dispose of.</summary>
    /// <param name="inner">The model.</param>
    /// <param name="client">The Atlas client.</param>
    /// <param name="options">Role, learning key, budget and cache; not validated here.</param>
    /// <param name="loggers">Logs when Atlas is unreachable; null for no logging.</param>
    /// <param name="time">The clock; null for the system clock.</param>
    public AtlasChatClient(
        IChatClient inner, IAtlasClient client, AtlasChatOptions options, ILoggerFactory? loggers = null, TimeProvider? time = null)
        : this(inner, new LazyConnection(client), options, loggers, time)
    {
    }

    /// <summary>Initializes a chat client that starts to connect immediately and connects again after a failure. It disposes of the Atlas
    /// client.</summary>
    /// <inheritdoc cref="AtlasChatClient(IChatClient, IAtlasClient, AtlasChatOptions, ILoggerFactory, TimeProvider)"/>
    /// <param name="inner">The model.</param>
    /// <param name="connect">Connects to the cluster.</param>
    /// <param name="options">Role, learning key, budget and cache; not validated here.</param>
    /// <param name="loggers">Logs when Atlas is unreachable; null for no logging.</param>
    /// <param name="time">The clock; null for the system clock.</param>
    public AtlasChatClient(
        IChatClient inner, Func<Task<IAtlasClient>> connect, AtlasChatOptions options, ILoggerFactory? loggers = null, TimeProvider? time = null)
        : this(inner, new LazyConnection(connect), options, loggers, time)
    {
    }

    internal AtlasChatClient(
        IChatClient inner, LazyConnection atlas, AtlasChatOptions options, ILoggerFactory? loggers, TimeProvider? time)
        : this(
            inner,
            atlas,
            options,
            options.CacheOnDisk ? new PlaybookCache(options.CacheDirectory, loggers?.CreateLogger<PlaybookCache>(), time) : null,
            loggers?.CreateLogger("Atlas.Client.Chat") ?? NullLogger.Instance,
            time ?? TimeProvider.System)
    {
    }

    private AtlasChatClient(
        IChatClient inner, LazyConnection atlas, AtlasChatOptions options, PlaybookCache? cache, ILogger logger, TimeProvider time)
        : base(inner)
    {
        _atlas = atlas;
        _options = options;
        _cues = new CueWatch(options.UsageTracking);
        _playbooks = new PlaybookSource(options, cache, logger, time);
        _logger = logger;
        _time = time;
        _outages = new OutageBreaker(options.PauseAfterOutage, time);
        atlas.WarmUp();
    }

    /// <summary>Starts a session. If Atlas is unreachable or refuses it, the session is not recorded, and the log says why.</summary>
    /// <param name="chat">The whole pipeline that this client is part of.</param>
    /// <param name="request">The session to start.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<AtlasChatSession> StartAsync(IChatClient chat, StartSession request, CancellationToken cancellationToken)
    {
        request = request with
        {
            LearningKey = request.LearningKey ?? _options.LearningKey,
            Agent = request.Agent ?? _options.Agent,
            LeaseSeconds = request.LeaseSeconds ?? _options.LeaseSeconds,
        };
        AtlasChatSession session;
        try
        {
            var started = await InTime(client => client.StartSessionAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            var playbook = _playbooks.OfSession(started.Playbook, _atlas.ClusterName, CurrentAsync);

            // Events under the numbers of those that an earlier process stored would be lost.
            started.GoOn();
            session = started.Status is SessionStatus.Running
                ? new AtlasChatSession(this, chat, started, playbook, _cues.Track(playbook.Given), request.Task, _options, _logger, _time)
                : new AtlasChatSession(this, chat, started.LearningKey, playbook, _logger, started.SessionId);
            if (started.Status is not SessionStatus.Running)
            {
                _logger.EndedAlready(started.SessionId, started.Status.ToWire());
            }
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            var key = KeyOf(request);
            session = new AtlasChatSession(this, chat, key, _playbooks.LastKnown(key, _atlas.ClusterName, failure), _logger, null);
        }

        _sessions[session.Handle] = session;
        return session;
    }

    internal void Forget(AtlasChatSession session) => _sessions.TryRemove(session.Handle, out _);

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = await PrepareAsync(messages, options, cancellationToken).ConfigureAwait(false);
        var response = await base.GetResponseAsync(request.Messages, request.Options, cancellationToken).ConfigureAwait(false);
        request.Session?.Said(response);
        return response;
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = await PrepareAsync(messages, options, cancellationToken).ConfigureAwait(false);
        var updates = new List<ChatResponseUpdate>();
        try
        {
            await foreach (var update in base.GetStreamingResponseAsync(request.Messages, request.Options, cancellationToken).ConfigureAwait(false))
            {
                updates.Add(update);
                yield return update;
            }
        }
        finally
        {
            // A stream that breaks or is abandoned has still produced text.
            if (updates.Count > 0)
            {
                request.Session?.Said(updates.ToChatResponse());
            }
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _atlas.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<Request> PrepareAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        IReadOnlyList<ChatMessage> own = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var sent = options?.Clone() ?? new ChatOptions();
        var session = SessionOf(sent);
        var playbook = session?.Prompt ?? await OutsideOfSessionAsync(cancellationToken).ConfigureAwait(false);
        session?.Heard(own);
        if (playbook is null)
        {
            return new Request(own, options is null ? null : sent, session);
        }

        sent.AdditionalProperties ??= [];
        sent.AdditionalProperties[AtlasChatProperties.PlaybookVersion] = playbook.Version;
        if (playbook.VersionSha256 is { } hash)
        {
            sent.AdditionalProperties[AtlasChatProperties.PlaybookSha256] = hash;
        }

        if (playbook.Sha256 is { } injected)
        {
            sent.AdditionalProperties[AtlasChatProperties.InjectedSha256] = injected;
        }

        if (session?.SessionId is { } id)
        {
            sent.AdditionalProperties[AtlasChatProperties.SessionId] = id;
        }

        return new Request(PromptWriter.Write(ArmWriter.Write(own, sent, playbook.Given.Arm?.Settings), sent, playbook, _options.MarkBreakpoint), sent, session);
    }

    private AtlasChatSession? SessionOf(ChatOptions options) =>
        options.AdditionalProperties?.Remove(AtlasChatProperties.Handle, out var handle) == true && handle is string text
            ? _sessions.GetValueOrDefault(text)
            : null;

    private async Task<PromptPlaybook?> OutsideOfSessionAsync(CancellationToken cancellationToken)
    {
        if (_options.LearningKey is not { } key)
        {
            return null;
        }

        try
        {
            return _playbooks.Current(await InTime(client => client.ResolveAsync(key, cancellationToken), cancellationToken).ConfigureAwait(false), _atlas.ClusterName);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return _playbooks.LastKnown(key, _atlas.ClusterName, failure);
        }
    }

    private async Task<ResolvedPlaybook> CurrentAsync(string learningKey) =>
        await (await _atlas.GetAsync().ConfigureAwait(false)).ResolveAsync(learningKey).ConfigureAwait(false);

    // A connection in progress deserves a longer wait than a call. Otherwise the first session after the application starts would not be recorded.
    private Task<T> InTime<T>(Func<IAtlasClient, Task<T>> call, CancellationToken cancellationToken) => _outages.GuardAsync(
        async stop =>
        {
            var patience = _options.ConnectPatience > _options.Patience ? _options.ConnectPatience : _options.Patience;
            var client = await _atlas.GetAsync().WaitAsync(patience, _time, stop).ConfigureAwait(false);
            return await call(client).WaitAsync(_options.Patience, _time, stop).ConfigureAwait(false);
        },
        cancellationToken);

    private static string KeyOf(StartSession request) => request.LearningKey is null
        ? LearningKeys.Derive(request.Agent ?? "agent", request.Task, request.Metadata)
        : request.LearningKey;

    private sealed record Request(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options, AtlasChatSession? Session);
}
