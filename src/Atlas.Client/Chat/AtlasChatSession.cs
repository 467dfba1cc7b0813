using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Sessions;
using Atlas.Learning.Injection;
using Atlas.Learning.Usage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Atlas.Client.Chat;

/// <summary>A session as a chat client: what is asked through it uses the session's playbook and is recorded in it. Safe for use
/// by many threads; hand it to whatever takes an <see cref="IChatClient"/>.</summary>
/// <remarks>Started by <see cref="AtlasChatClientExtensions.StartAtlasSessionAsync(IChatClient, string, CancellationToken)"/>.
/// Disposing of it stores the events that wait; a session that was not completed stays open, teaches nothing, and may be gone on
/// with under the same <see cref="StartSession.ExternalId"/>. The chat client it was started from is left alone.</remarks>
public sealed class AtlasChatSession : IChatClient, IAsyncDisposable
{
    private readonly AtlasChatClient _owner;
    private readonly IChatClient _chat;
    private readonly ILogger _logger;
    private readonly Recording? _recording;

    /// <summary>A session that is not recorded: Atlas is out of reach, or the session has ended already.</summary>
    internal AtlasChatSession(
        AtlasChatClient owner, IChatClient chat, string learningKey, PromptPlaybook playbook, ILogger logger, long? sessionId)
    {
        _owner = owner;
        _chat = chat;
        _logger = logger;
        LearningKey = learningKey;
        Prompt = playbook;
        SessionId = sessionId;
    }

    internal AtlasChatSession(
        AtlasChatClient owner, IChatClient chat, AtlasSession session, PromptPlaybook playbook, UsageTracker tracker, string task,
        AtlasChatOptions options, ILogger logger, TimeProvider time)
        : this(owner, chat, session.LearningKey, playbook, logger, session.SessionId)
    {
        var events = new EventQueue(batch => session.AppendAsync(batch), session.SessionId, options.MaxWaitingEvents, logger);
        var recorder = new SessionRecorder(options.Role, tracker, events.Add, time);
        _recording = new Recording(session, events, recorder, tracker, task, options);
        recorder.Hear(task);
    }

    /// <summary>The session's number; null if Atlas could not be reached when it was started.</summary>
    public long? SessionId { get; }

    /// <summary>The learning key, the cluster's or, without the cluster, the one it would derive.</summary>
    public string LearningKey { get; }

    /// <summary>Number of the playbook's version; 0 if there is no playbook.</summary>
    public int PlaybookVersion => Prompt.Version;

    /// <summary>SHA-256 of the text of the playbook's version, as <c>learning_registry</c> holds it: 64 lower-case hex digits; null if
    /// there is none.</summary>
    public string? PlaybookSha256 => Prompt.VersionSha256;

    /// <summary>SHA-256 of the text that is injected; null if nothing is.</summary>
    public string? InjectedSha256 => Prompt.Sha256;

    /// <summary>The entries that the session was given; cues and adoptions are looked for with exactly these.</summary>
    public ImmutableArray<GivenEntry> Entries => Prompt.Given.Entries;

    /// <summary>Whether events, cues and adoptions are recorded.</summary>
    public bool IsRecorded => _recording is not null;

    internal string Handle { get; } = Guid.NewGuid().ToString("N");

    internal PromptPlaybook Prompt { get; }

    /// <summary>Instructions with the session's playbook; as they are if it has none.</summary>
    public string? AddPlaybookTo(string? instructions) =>
        Prompt.Block is { } block ? PromptInjection.Compose(instructions, block, Prompt.Mode).Text : instructions;

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        _chat.GetResponseAsync(messages, WithHandle(options), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        _chat.GetStreamingResponseAsync(messages, WithHandle(options), cancellationToken);

    /// <summary>Ends the session as succeeded.</summary>
    /// <param name="answer">The final answer.</param>
    /// <param name="score">The reward, 0 to 1; null if nothing judged it.</param>
    /// <param name="cancellationToken">Stops waiting; the call may be made again.</param>
    /// <returns>Null if it was not completed now; see <see cref="CompleteAsync(CompleteSession, CancellationToken)"/>.</returns>
    /// <exception cref="AtlasRefusedException">The score is out of bounds.</exception>
    public Task<SessionCompleted?> CompleteAsync(string answer, double? score = null, CancellationToken cancellationToken = default) =>
        CompleteAsync(new CompleteSession(SessionStatus.Succeeded, answer, score is { } value ? new SessionReward(value) : null), cancellationToken);

    /// <summary>Ends the session: stores the events that wait, the usage, the answer and the reward.</summary>
    /// <param name="completion">How it ended.</param>
    /// <param name="cancellationToken">Stops waiting; the call may be made again.</param>
    /// <returns>Null if the session is not recorded, or Atlas cannot be reached now: the log says why, nothing is lost, and the
    /// call may be made again.</returns>
    /// <exception cref="AtlasRefusedException">The completion breaks a rule; the message says which.</exception>
    public async Task<SessionCompleted?> CompleteAsync(CompleteSession completion, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(completion);
        if (_recording is null)
        {
            _logger.LeftOpen(SessionId is null ? "Atlas could not be reached when it was started" : "it had ended before");
            return null;
        }

        try
        {
            return await _recording.CompleteAsync(completion, Prompt, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not AtlasRefusedException && !(failure is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            _logger.NotCompleted(SessionId!.Value, failure.Message);
            return null;
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : _chat.GetService(serviceType, serviceKey);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _owner.Forget(this);
        if (_recording is not null && await _recording.Events.DrainAsync().ConfigureAwait(false) is > 0 and var lost)
        {
            _logger.EventsLost(lost, SessionId!.Value, "Atlas could not be reached until the session was disposed of");
        }
    }

    /// <summary>Ends the use of the session without waiting for events that are not stored yet. Prefer <see cref="DisposeAsync"/>.</summary>
    void IDisposable.Dispose() => _owner.Forget(this);

    /// <summary>Records what was said to the model, for who calls it past this client: a context provider.</summary>
    public void Heard(IReadOnlyList<ChatMessage> messages) => Record(recorder => recorder.Hear(messages));

    /// <summary>Records what a model said that was called past this client.</summary>
    public void Said(ChatResponse response) => Record(recorder => recorder.Said(response));

    /// <summary>Whatever a provider puts into its messages, the chat goes on.</summary>
    private void Record(Action<SessionRecorder> record)
    {
        try
        {
            if (_recording is not null)
            {
                record(_recording.Recorder);
            }
        }
        catch (Exception failure)
        {
            _logger.NotRecorded(SessionId!.Value, failure.Message);
        }
    }

    private ChatOptions WithHandle(ChatOptions? options)
    {
        var own = options?.Clone() ?? new ChatOptions();
        own.AdditionalProperties ??= [];
        own.AdditionalProperties[AtlasChatProperties.Handle] = Handle;
        return own;
    }

    /// <summary>What a recorded session has beyond one that is not.</summary>
    private sealed record Recording(
        AtlasSession Session, EventQueue Events, SessionRecorder Recorder, UsageTracker Tracker, string Task, AtlasChatOptions Options)
    {
        public async Task<SessionCompleted> CompleteAsync(CompleteSession completion, PromptPlaybook prompt, CancellationToken cancellationToken)
        {
            if (await Events.DrainAsync().WaitAsync(cancellationToken).ConfigureAwait(false) is > 0 and var waiting)
            {
                throw new AtlasUnavailableException($"{waiting} of its events could not be stored.");
            }

            Recorder.Close();
            Tracker.RecordOutcome(new UsageOutcome
            {
                RewardScore = completion.Reward?.Score,
                TokenUsage = Recorder.Tokens,
                TaskIdentifier = Task,
                Failed = completion.Status is SessionStatus.Failed,
            });
            if (Tracker.Snapshot() is { } usage)
            {
                await Session.RecordUsageAsync(usage, cancellationToken).ConfigureAwait(false);
            }

            return await Session.CompleteAsync(prompt.IsShortened ? WithShortened(completion, prompt) : completion, cancellationToken).ConfigureAwait(false);
        }

        /// <summary>The cluster knows which playbook it gave, and not what became of it here.</summary>
        private CompleteSession WithShortened(CompleteSession completion, PromptPlaybook prompt)
        {
            if (completion.Metadata is { ValueKind: not JsonValueKind.Object })
            {
                return completion; // The cluster says what is wrong with it.
            }

            var metadata = completion.Metadata is { } own ? JsonObject.Create(SafeJson.Clean(own))! : [];
            metadata["injected_playbook"] = new JsonObject
            {
                ["role"] = Options.Role,
                ["version"] = prompt.Version,
                ["digest"] = prompt.Sha256,
                ["max_tokens"] = Options.MaxPlaybookTokens,
                ["left_out"] = new JsonArray([.. prompt.LeftOut.Select(id => (JsonNode)JsonValue.Create(id))]),
                ["kept"] = prompt.Role?.PrefaceKept,
                ["mark"] = prompt.Role?.PrefaceMark,
            };
            return completion with { Metadata = JsonSerializer.SerializeToElement(metadata) };
        }
    }
}
