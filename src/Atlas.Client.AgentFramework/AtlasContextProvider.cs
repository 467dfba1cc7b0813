using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using Atlas.Client.Chat;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Atlas.Client.AgentFramework;

/// <summary>Injects playbooks into an agent of Microsoft's Agent Framework and records its runs. Add it to the agent's
/// <c>AIContextProviders</c>.</summary>
/// <remarks>
/// The first run in an <see cref="AgentSession"/> starts an Atlas session whose task is the user's message. Later runs continue it until
/// <see cref="CompleteAsync(AgentSession, CompleteSession, CancellationToken)"/> ends it. Each run gets the session's playbook with its
/// instructions, and the messages of the model and the tools are recorded. A failure of Atlas never reaches the agent: it continues with the
/// last known playbook or with none, and the failure is logged. Session, version and hash are in the agent session's state bag under
/// <see cref="StateKey"/>. Safe for concurrent use by many sessions; one provider serves one role.
/// <para>The framework does not report tokens, so none are counted, and a provider cannot choose the model. A session in an experiment's arm
/// that names a model is therefore completed without its reward, and quarantined. To try models, to count tokens or to mark cache breakpoints, add
/// <c>UseAtlas</c> to the pipeline of the agent's chat client instead.</para>
/// </remarks>
public sealed class AtlasContextProvider : AIContextProvider, IAsyncDisposable
{
    /// <summary>The key of a session's <see cref="AtlasAgentState"/> in its state bag.</summary>
    public const string StateKey = "atlas";

    private readonly ConditionalWeakTable<AgentSession, Opening> _sessions = [];
    private readonly AtlasChatOptions _options;
    private readonly AtlasChatClient _atlas;

    /// <summary>Initializes a provider over a client that it does not dispose of.</summary>
    /// <param name="client">The Atlas client.</param>
    /// <param name="options">Role, learning key, budget and cache; null for the defaults.</param>
    /// <param name="loggers">Logs when Atlas is unreachable; null for no logging.</param>
    /// <param name="time">The clock; null for the system clock.</param>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    /// <exception cref="ArgumentException"><see cref="AtlasChatOptions.MarkBreakpoint"/> is set, but instructions cannot be marked.</exception>
    public AtlasContextProvider(
        IAtlasClient client, AtlasChatOptions? options = null, ILoggerFactory? loggers = null, TimeProvider? time = null)
        : this(options, checkedOptions => new AtlasChatClient(
            NoChat.Instance, client ?? throw new ArgumentNullException(nameof(client)), checkedOptions, loggers, time))
    {
    }

    /// <summary>Initializes a provider that connects on first use, for an application that must start without the cluster.</summary>
    /// <param name="connect">Connects to the cluster, for example <c>() =&gt; AtlasClient.ConnectAsync()</c>. The provider disposes of the
    /// client.</param>
    /// <param name="options">Role, learning key, budget and cache; null for the defaults.</param>
    /// <param name="loggers">Logs when Atlas is unreachable; null for no logging.</param>
    /// <param name="time">The clock; null for the system clock.</param>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    /// <exception cref="ArgumentException"><see cref="AtlasChatOptions.MarkBreakpoint"/> is set, but instructions cannot be marked.</exception>
    public AtlasContextProvider(
        Func<Task<IAtlasClient>> connect, AtlasChatOptions? options = null, ILoggerFactory? loggers = null, TimeProvider? time = null)
        : this(options, checkedOptions => new AtlasChatClient(
            NoChat.Instance, connect ?? throw new ArgumentNullException(nameof(connect)), checkedOptions, loggers, time))
    {
    }

    private AtlasContextProvider(AtlasChatOptions? options, Func<AtlasChatOptions, AtlasChatClient> create)
        : base(null, null, null)
    {
        _options = options ?? new AtlasChatOptions();
        Validator.ValidateObject(_options, new ValidationContext(_options), validateAllProperties: true);
        if (_options.MarkBreakpoint is not null)
        {
            throw new ArgumentException(
                "Instructions cannot carry a cache mark. Leave MarkBreakpoint out, or add UseAtlas to the pipeline of the agent's chat client instead.",
                nameof(options));
        }

        _atlas = create(_options);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateKeys { get; } = [StateKey];

    /// <summary>Returns the open Atlas session of an agent session; null before its first run and after the session ended.</summary>
    /// <param name="session">The agent session.</param>
    public AtlasChatSession? SessionOf(AgentSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return _sessions.TryGetValue(session, out var opening) && opening.Started is { IsCompletedSuccessfully: true, Result: var started } ? started : null;
    }

    /// <summary>Ends the Atlas session as succeeded.</summary>
    /// <param name="session">The agent session.</param>
    /// <param name="answer">The final answer.</param>
    /// <param name="score">The reward, from 0 to 1; null if the session was not scored.</param>
    /// <param name="cancellationToken">Stops waiting. The call can be repeated.</param>
    /// <returns>The result; null if nothing was completed now. See
    /// <see cref="CompleteAsync(AgentSession, CompleteSession, CancellationToken)"/>.</returns>
    /// <exception cref="Contracts.AtlasRefusedException">The score is out of range.</exception>
    public Task<SessionCompleted?> CompleteAsync(AgentSession session, string answer, double? score = null, CancellationToken cancellationToken = default) =>
        CompleteAsync(session, new CompleteSession(SessionStatus.Succeeded, answer, score is { } value ? new SessionReward(value) : null), cancellationToken);

    /// <summary>Ends the Atlas session. The next run in the agent session starts a new one.</summary>
    /// <returns>The result; null if there was no run yet or Atlas is unreachable. In the latter case the log says why, and the call can be
    /// repeated.</returns>
    /// <param name="session">The agent session.</param>
    /// <param name="completion">How the session ended.</param>
    /// <param name="cancellationToken">Stops waiting. The call can be repeated.</param>
    /// <exception cref="Contracts.AtlasRefusedException">The completion breaks a rule; the message says which.</exception>
    public async Task<SessionCompleted?> CompleteAsync(AgentSession session, CompleteSession completion, CancellationToken cancellationToken = default)
    {
        if (SessionOf(session) is not { } open)
        {
            return null;
        }

        var completed = await open.CompleteAsync(completion, cancellationToken).ConfigureAwait(false);
        if (completed is not null || !open.IsRecorded)
        {
            _sessions.Remove(session);
            await open.DisposeAsync().ConfigureAwait(false);
        }

        return completed;
    }

    /// <summary>Stores the waiting events of the open sessions and disposes of a connection that the provider made.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var (_, opening) in _sessions)
        {
            if (opening.Started is { IsCompletedSuccessfully: true, Result: var open })
            {
                await open.DisposeAsync().ConfigureAwait(false);
            }
        }

        _sessions.Clear();
        _atlas.Dispose();
    }

    /// <inheritdoc/>
    protected override async ValueTask<AIContext> InvokingCoreAsync(InvokingContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var given = context.AIContext;
        if (await OpenAsync(context, cancellationToken).ConfigureAwait(false) is not { } session)
        {
            return given;
        }

        return new AIContext
        {
            Instructions = session.AddPlaybookTo(OfArm(session, given.Instructions)),
            Messages = given.Messages,
            Tools = given.Tools,
        };
    }

    /// <inheritdoc/>
    protected override ValueTask InvokedCoreAsync(InvokedContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Session is { } agentSession && SessionOf(agentSession) is { } session)
        {
            session.Heard([.. context.RequestMessages]);
            if (context.ResponseMessages is { } said)
            {
                session.Said(new ChatResponse([.. said]));
            }
        }

        return ValueTask.CompletedTask;
    }

    // A session whose model cannot be the arm's says nothing about the arm, so it keeps the agent's prompt as well.
    private static string? OfArm(AtlasChatSession session, string? instructions) =>
        session.Arm?.Settings is { Model: null, SystemPrompt: not null } settings ? settings.Prompt(instructions ?? "") : instructions;

    private async ValueTask<AtlasChatSession?> OpenAsync(InvokingContext context, CancellationToken cancellationToken)
    {
        if (context.Session is not { } agentSession)
        {
            return null;
        }

        // Runs that begin at the same time share one session. If the caller of the first run cancels, the others must still get the session.
        var opening = _sessions.GetValue(agentSession, each => new Opening(() => StartAsync(each, context)));
        return opening.Started is { } started ? await started.WaitAsync(cancellationToken).ConfigureAwait(false) : null;
    }

    private async Task<AtlasChatSession> StartAsync(AgentSession agentSession, InvokingContext context)
    {
        var task = context.AIContext.Messages?.LastOrDefault(message => message.Role == ChatRole.User)?.Text;
        var request = new StartSession(string.IsNullOrWhiteSpace(task) ? context.Agent.Name ?? "run" : task) { Agent = _options.Agent ?? context.Agent.Name };
        var session = await _atlas.StartAsync(NoChat.Instance, request, CancellationToken.None).ConfigureAwait(false);
        if (session.Arm is { Settings.Model: { } model })
        {
            session.LeaveExperiment(
                $"The arm asks for the model {model}, but a context provider cannot choose the model. Add UseAtlas to the pipeline of the agent's chat client instead.");
        }

        agentSession.StateBag.SetValue(StateKey, new AtlasAgentState(session.SessionId, session.LearningKey, session.PlaybookVersion, session.PlaybookSha256));
        return session;
    }

    /// <summary>An Atlas session that is being started, once.</summary>
    private sealed class Opening(Func<Task<AtlasChatSession>> start)
    {
        private readonly Lazy<Task<AtlasChatSession>> _started = new(start);

        public Task<AtlasChatSession> Started => _started.Value;
    }
}
