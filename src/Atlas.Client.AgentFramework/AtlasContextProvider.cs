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

/// <summary>Brings playbooks into an agent of Microsoft's agent framework, and its runs into Atlas: give it to the agent's
/// <c>AIContextProviders</c>.</summary>
/// <remarks>
/// The first run in an <see cref="AgentSession"/> opens a session of Atlas, whose task is what the user said; further runs go on
/// with it until <see cref="CompleteAsync(AgentSession, CompleteSession, CancellationToken)"/> ends it. Each run is given the session's playbook
/// with its instructions, and what the model and the tools said is recorded. Trouble with Atlas never reaches the agent: it goes
/// on with the last known playbook or with none, and the log says so. Session, version and hash stand in the agent session's
/// state bag under <see cref="StateKey"/>. Safe for use by many sessions at once; one provider serves one role.
/// <para>The framework tells nothing of tokens, so none are counted. For that, and for cache marks, put <c>UseAtlas</c> into the
/// pipeline of the agent's chat client instead.</para>
/// </remarks>
public sealed class AtlasContextProvider : AIContextProvider, IAsyncDisposable
{
    /// <summary>Where a session's <see cref="AtlasAgentState"/> stands in its state bag.</summary>
    public const string StateKey = "atlas";

    private readonly ConditionalWeakTable<AgentSession, Opening> _sessions = [];
    private readonly AtlasChatOptions _options;
    private readonly AtlasChatClient _atlas;

    /// <summary>A provider over a cluster that somebody else disposes of.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="options">Role, learning key, budget, cache; null for the defaults.</param>
    /// <param name="loggers">Told when Atlas is out of reach; null for nobody.</param>
    /// <param name="time">The clock; null is the system's.</param>
    /// <exception cref="ValidationException">An option is out of bounds.</exception>
    /// <exception cref="ArgumentException"><see cref="AtlasChatOptions.MarkBreakpoint"/> is set: instructions can carry no mark.</exception>
    public AtlasContextProvider(
        IAtlasClient client, AtlasChatOptions? options = null, ILoggerFactory? loggers = null, TimeProvider? time = null)
        : this(options, checkedOptions => new AtlasChatClient(
            NoChat.Instance, client ?? throw new ArgumentNullException(nameof(client)), checkedOptions, loggers, time))
    {
    }

    /// <summary>The same for an application that must start without the cluster: it connects when it first needs to.</summary>
    /// <param name="connect">Connects, say <c>() =&gt; AtlasClient.ConnectAsync()</c>. The client is disposed of with the provider.</param>
    /// <param name="options">Role, learning key, budget, cache; null for the defaults.</param>
    /// <param name="loggers">Told when Atlas is out of reach; null for nobody.</param>
    /// <param name="time">The clock; null is the system's.</param>
    /// <exception cref="ValidationException">An option is out of bounds.</exception>
    /// <exception cref="ArgumentException"><see cref="AtlasChatOptions.MarkBreakpoint"/> is set: instructions can carry no mark.</exception>
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
                "Instructions can carry no cache mark. Leave MarkBreakpoint out, or put UseAtlas into the pipeline of the agent's chat client instead.",
                nameof(options));
        }

        _atlas = create(_options);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateKeys { get; } = [StateKey];

    /// <summary>The session of Atlas that an agent session has open; null before its first run and after the end.</summary>
    /// <param name="session">The agent session.</param>
    public AtlasChatSession? SessionOf(AgentSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return _sessions.TryGetValue(session, out var opening) && opening.Started is { IsCompletedSuccessfully: true, Result: var started } ? started : null;
    }

    /// <summary>Ends the session of Atlas as succeeded.</summary>
    /// <param name="session">The agent session.</param>
    /// <param name="answer">The final answer.</param>
    /// <param name="score">The reward, 0 to 1; null if nothing judged it.</param>
    /// <param name="cancellationToken">Stops waiting; the call may be made again.</param>
    /// <returns>Null if nothing was completed now; see <see cref="CompleteAsync(AgentSession, CompleteSession, CancellationToken)"/>.</returns>
    /// <exception cref="Contracts.AtlasRefusedException">The score is out of bounds.</exception>
    public Task<SessionCompleted?> CompleteAsync(AgentSession session, string answer, double? score = null, CancellationToken cancellationToken = default) =>
        CompleteAsync(session, new CompleteSession(SessionStatus.Succeeded, answer, score is { } value ? new SessionReward(value) : null), cancellationToken);

    /// <summary>Ends the session of Atlas; the next run in the agent session opens a new one.</summary>
    /// <returns>Null if there was no run yet, or Atlas cannot be reached now: the log says why, and the call may be made again.</returns>
    /// <param name="session">The agent session.</param>
    /// <param name="completion">How it ended.</param>
    /// <param name="cancellationToken">Stops waiting; the call may be made again.</param>
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

    /// <summary>Stores what waits of the sessions that are open, and disposes of a connection made here.</summary>
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
            Instructions = session.AddPlaybookTo(given.Instructions),
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

    private async ValueTask<AtlasChatSession?> OpenAsync(InvokingContext context, CancellationToken cancellationToken)
    {
        if (context.Session is not { } agentSession)
        {
            return null;
        }

        // Runs that begin at the same time share one session, and the first of them may be given up by its caller alone.
        var opening = _sessions.GetValue(agentSession, each => new Opening(() => StartAsync(each, context)));
        return opening.Started is { } started ? await started.WaitAsync(cancellationToken).ConfigureAwait(false) : null;
    }

    private async Task<AtlasChatSession> StartAsync(AgentSession agentSession, InvokingContext context)
    {
        var task = context.AIContext.Messages?.LastOrDefault(message => message.Role == ChatRole.User)?.Text;
        var request = new StartSession(string.IsNullOrWhiteSpace(task) ? context.Agent.Name ?? "run" : task) { Agent = _options.Agent ?? context.Agent.Name };
        var session = await _atlas.StartAsync(NoChat.Instance, request, CancellationToken.None).ConfigureAwait(false);
        agentSession.StateBag.SetValue(StateKey, new AtlasAgentState(session.SessionId, session.LearningKey, session.PlaybookVersion, session.PlaybookSha256));
        return session;
    }

    /// <summary>A session of Atlas that is being opened, once.</summary>
    private sealed class Opening(Func<Task<AtlasChatSession>> start)
    {
        private readonly Lazy<Task<AtlasChatSession>> _started = new(start);

        public Task<AtlasChatSession> Started => _started.Value;
    }
}
