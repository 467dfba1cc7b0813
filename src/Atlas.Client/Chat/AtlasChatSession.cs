using System.Collections.Immutable;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Experiments;
using Atlas.Domain.Sessions;
using Atlas.Learning.Injection;
using Atlas.Learning.Usage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Atlas.Client.Chat;

/// <summary>A session as a chat client: requests through it use the session's playbook and are recorded in it. Safe for concurrent use; pass
/// it to anything that takes an <see cref="IChatClient"/>.</summary>
/// <remarks>Started by <see cref="AtlasChatClientExtensions.StartAtlasSessionAsync(IChatClient, string, CancellationToken)"/>. Disposing of
/// it stores the waiting events. A session that was not completed stays open, teaches nothing, and can be resumed under the same
/// <see cref="StartSession.ExternalId"/>. The chat client that started it is not disposed of.</remarks>
public sealed class AtlasChatSession : IChatClient, IAsyncDisposable
{
    private readonly AtlasChatClient _owner;
    private readonly IChatClient _chat;
    private readonly ILogger _logger;
    private readonly ChatRecording? _recording;

    /// <summary>Initializes a session that is not recorded, because Atlas is unreachable or refused it, or because it has already ended.</summary>
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
        var events = new EventQueue(batch => session.AppendAsync(batch), () => session.RenewAsync(), session.SessionId, options.MaxWaitingEvents, logger);
        var recorder = new SessionRecorder(options.Role, tracker, events.Add, time);
        _recording = new ChatRecording(session, events, recorder, tracker, task, options);
        recorder.Hear(task);
    }

    /// <summary>Gets the session's number; null if Atlas was unreachable when the session started, or refused it.</summary>
    public long? SessionId { get; }

    /// <summary>Gets the learning key of the session; if it was not started in Atlas, the key that it would have.</summary>
    public string LearningKey { get; }

    /// <summary>Gets the number of the playbook's version; 0 if there is no playbook.</summary>
    public int PlaybookVersion => Prompt.Version;

    /// <summary>Gets the SHA-256 of the text of the playbook's version as stored in <c>learning_registry</c>, 64 lower-case hex digits; null
    /// if there is none.</summary>
    public string? PlaybookSha256 => Prompt.VersionSha256;

    /// <summary>Gets the SHA-256 of the injected text; null if nothing is injected.</summary>
    public string? InjectedSha256 => Prompt.Sha256;

    /// <summary>Gets the entries given to the session. Cues and adoptions are detected for exactly these entries.</summary>
    public ImmutableArray<GivenEntry> Entries => Prompt.Given.Entries;

    /// <summary>Gets the arm of an experiment that the session is in; null if it is in none.</summary>
    /// <remarks>Requests through the session apply its settings. An application that calls its model itself applies them, or leaves the
    /// experiment with <see cref="LeaveExperiment"/>.</remarks>
    public ExperimentArm? Arm => Prompt.Given.Arm;

    /// <summary>Gets a value indicating whether events, cues and adoptions are recorded.</summary>
    public bool IsRecorded => _recording is not null;

    internal string Handle { get; } = Guid.NewGuid().ToString("N");

    internal PromptPlaybook Prompt { get; }

    /// <summary>Adds the session's playbook to instructions; returns them unchanged if there is no playbook.</summary>
    public string? AddPlaybookTo(string? instructions) =>
        Prompt.Block is { } block ? PromptInjection.Compose(instructions, block, Prompt.Mode).Text : instructions;

    /// <summary>Keeps the session out of its experiment, because the settings of its arm cannot be applied: it is completed without its
    /// reward, and quarantined. A warning in the log says so.</summary>
    /// <remarks>The cluster ignores the quarantine if the client does not have the permission <c>review</c>. A session that failed, or gets
    /// a reward from a judge, then still counts.</remarks>
    /// <param name="reason">Why, and what to do about it. It becomes the note of the review.</param>
    public void LeaveExperiment(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        if (_recording is not null && Arm is { } arm)
        {
            _recording.NotOfArm = reason;
            _logger.ArmNotApplied(SessionId!.Value, arm.Experiment, reason);
        }
    }

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
    /// <param name="score">The reward, from 0 to 1; null if the session was not scored.</param>
    /// <param name="cancellationToken">Stops waiting. The call can be repeated.</param>
    /// <returns>The result; null if the session was not completed now. See <see cref="CompleteAsync(CompleteSession, CancellationToken)"/>.</returns>
    /// <exception cref="AtlasRefusedException">The score is out of range.</exception>
    public Task<SessionCompleted?> CompleteAsync(string answer, double? score = null, CancellationToken cancellationToken = default) =>
        CompleteAsync(new CompleteSession(SessionStatus.Succeeded, answer, score is { } value ? new SessionReward(value) : null), cancellationToken);

    /// <summary>Ends the session: stores the waiting events, the usage, the answer and the reward.</summary>
    /// <param name="completion">How the session ended.</param>
    /// <param name="cancellationToken">Stops waiting. The call can be repeated.</param>
    /// <returns>The result; null if the session is not recorded or Atlas is unreachable. In the latter case the log says why, nothing is
    /// lost, and the call can be repeated.</returns>
    /// <exception cref="AtlasRefusedException">The completion breaks a rule; the message says which.</exception>
    public async Task<SessionCompleted?> CompleteAsync(CompleteSession completion, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(completion);
        if (_recording is null)
        {
            _logger.LeftOpen(SessionId is null ? "it was not started in Atlas, and an earlier message says why" : "it had already ended");
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
            _logger.EventsLost(lost, SessionId!.Value, "Atlas could not be reached before the session was disposed");
        }
    }

    /// <summary>Stops using the session without waiting for events that are not stored yet. Prefer <see cref="DisposeAsync"/>.</summary>
    void IDisposable.Dispose() => _owner.Forget(this);

    /// <summary>Records what was sent to a model that is not called through this client. A context provider uses it.</summary>
    public void Heard(IReadOnlyList<ChatMessage> messages) => Record(recorder => recorder.Hear(messages));

    /// <summary>Records the response of a model that was not called through this client.</summary>
    public void Said(ChatResponse response) => Record(recorder => recorder.Said(response));

    /// <summary>Records something without ever failing the chat, whatever a provider puts into its messages.</summary>
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
}
