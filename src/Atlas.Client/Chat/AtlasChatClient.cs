using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Atlas.Client.Cache;
using Atlas.Contracts.Sessions;
using Atlas.Learning.Json;
using Atlas.Learning.Keys;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Usage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Atlas.Client.Chat;

/// <summary>Injects the playbook into each request and records what passes through. Trouble with Atlas never reaches the chat.</summary>
internal sealed class AtlasChatClient : DelegatingChatClient
{
    private readonly ConcurrentDictionary<string, AtlasChatSession> _sessions = new(StringComparer.Ordinal);
    private readonly LazyConnection _atlas;
    private readonly AtlasChatOptions _options;
    private readonly PlaybookSource _playbooks;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private CueDetectorSet _detectors = CueDetectorSet.Empty;

    public AtlasChatClient(
        IChatClient inner, LazyConnection atlas, AtlasChatOptions options, PlaybookCache? cache, ILogger logger, TimeProvider time)
        : base(inner)
    {
        _atlas = atlas;
        _options = options;
        _playbooks = new PlaybookSource(options, cache, logger);
        _logger = logger;
        _time = time;
    }

    /// <summary>Opens a session; without Atlas it is one that is not recorded.</summary>
    /// <param name="chat">The whole pipeline, of which this is a part.</param>
    /// <param name="request">The session to open.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
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
            var started = await InTime(client => client.StartSessionAsync(request, cancellationToken), cancellationToken);
            var playbook = _playbooks.Fresh(started.Playbook);
            session = started.Status == "running"
                ? new AtlasChatSession(this, chat, started, playbook, await TrackerAsync(started, cancellationToken), request.Task, _options, _logger, _time)
                : new AtlasChatSession(this, chat, started.LearningKey, playbook, _logger, started.SessionId);
            if (started.Status != "running")
            {
                _logger.EndedAlready(started.SessionId, started.Status);
            }
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            var key = KeyOf(request);
            session = new AtlasChatSession(this, chat, key, _playbooks.LastKnown(key, failure), _logger, null);
        }

        _sessions[session.Handle] = session;
        return session;
    }

    public void Forget(AtlasChatSession session) => _sessions.TryRemove(session.Handle, out _);

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = await PrepareAsync(messages, options, cancellationToken);
        var response = await base.GetResponseAsync(request.Messages, request.Options, cancellationToken);
        request.Session?.Said(response);
        return response;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = await PrepareAsync(messages, options, cancellationToken);
        var updates = new List<ChatResponseUpdate>();
        try
        {
            await foreach (var update in base.GetStreamingResponseAsync(request.Messages, request.Options, cancellationToken))
            {
                updates.Add(update);
                yield return update;
            }
        }
        finally
        {
            // A stream that breaks off, or is left early, has said something all the same.
            if (updates.Count > 0)
            {
                request.Session?.Said(updates.ToChatResponse());
            }
        }
    }

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
        var playbook = session?.Prompt ?? await OutsideOfSessionAsync(cancellationToken);
        session?.Heard(own);
        if (playbook is null)
        {
            return new Request(own, options is null ? null : sent, session);
        }

        sent.AdditionalProperties ??= [];
        sent.AdditionalProperties[AtlasChatProperties.PlaybookVersion] = playbook.Version;
        if (playbook.Sha256 is { } hash)
        {
            sent.AdditionalProperties[AtlasChatProperties.PlaybookSha256] = hash;
        }

        if (session?.SessionId is { } id)
        {
            sent.AdditionalProperties[AtlasChatProperties.SessionId] = id;
        }

        return new Request(PromptWriter.Write(own, sent, playbook, _options.MarkBreakpoint), sent, session);
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
            return _playbooks.Fresh(await InTime(client => client.ResolveAsync(key, cancellationToken), cancellationToken));
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return _playbooks.LastKnown(key, failure);
        }
    }

    private async Task<UsageTracker> TrackerAsync(AtlasSession session, CancellationToken cancellationToken)
    {
        var tracker = new UsageTracker(_options.UsageTracking);
        if (!_options.UsageTracking.Enabled || !session.Playbook.ApplyToPrompts)
        {
            return tracker;
        }

        try
        {
            var description = await InTime(client => client.DescribeAsync(session.LearningKey, cancellationToken), cancellationToken);
            var entries = JsonSerializer.Deserialize<ImmutableArray<PlaybookEntry>>(description.EntriesJson, AtlasJson.Options);
            _detectors = CueDetectorSet.For(entries, _detectors);
            tracker.Register(_detectors);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            _logger.UsageNotCounted(session.SessionId, failure.Message);
        }

        return tracker;
    }

    private async Task<T> InTime<T>(Func<IAtlasClient, Task<T>> call, CancellationToken cancellationToken)
    {
        return await Connected().WaitAsync(_options.Patience, _time, cancellationToken);

        async Task<T> Connected() => await call(await _atlas.GetAsync());
    }

    private static string KeyOf(StartSession request) => string.IsNullOrWhiteSpace(request.LearningKey)
        ? LearningKeys.Derive(request.Agent ?? "agent", request.Task, MetadataOf(request))
        : request.LearningKey;

    private static JsonElement? MetadataOf(StartSession request)
    {
        try
        {
            return request.MetadataJson is { } json ? JsonDocument.Parse(json).RootElement : null;
        }
        catch (JsonException)
        {
            return null; // The cluster would refuse it; without the cluster it only fails to name a cached playbook.
        }
    }

    private sealed record Request(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options, AtlasChatSession? Session);
}
