using System.ComponentModel.DataAnnotations;
using Atlas.Client;
using Atlas.Client.Chat;
using Atlas.Contracts.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.Extensions.AI;

/// <summary>Adds Atlas to a chat client.</summary>
public static class AtlasChatClientExtensions
{
    /// <summary>Adds a client to the pipeline that injects playbooks and records sessions.</summary>
    /// <remarks>It can come before or after <c>UseFunctionInvocation</c>; after it, each call of the model is a separate event. Loggers and
    /// clock come from the pipeline's services. If Atlas fails, the failure is logged, and the chat continues with the last known playbook
    /// or with none.</remarks>
    /// <param name="builder">The pipeline.</param>
    /// <param name="client">The Atlas client. The pipeline does not dispose of it.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    public static ChatClientBuilder UseAtlas(this ChatClientBuilder builder, IAtlasClient client, Action<AtlasChatOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Use(builder, _ => new LazyConnection(client), configure);
    }

    /// <summary>Adds Atlas with a client from the pipeline's services, in an application with <c>AddAtlasClient</c>:
    /// <c>UseAtlas(services =&gt; services.GetRequiredService&lt;IAtlasClient&gt;())</c>.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="client">Selects the Atlas client. The pipeline does not dispose of it.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    public static ChatClientBuilder UseAtlas(
        this ChatClientBuilder builder, Func<IServiceProvider, IAtlasClient> client, Action<AtlasChatOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Use(builder, services => new LazyConnection(client(services)), configure);
    }

    /// <summary>Adds Atlas to an application that must start without the cluster. The client starts to connect when the pipeline is built,
    /// and tries again with the next session after a failure.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="connect">Connects to the cluster, for example <c>() =&gt; AtlasClient.ConnectAsync()</c>. The pipeline disposes of the
    /// client.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    public static ChatClientBuilder UseAtlas(
        this ChatClientBuilder builder, Func<Task<IAtlasClient>> connect, Action<AtlasChatOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(connect);
        return Use(builder, _ => new LazyConnection(connect), configure);
    }

    /// <summary>Starts a session for a task.</summary>
    /// <param name="chat">A client with <c>UseAtlas</c> in its pipeline.</param>
    /// <param name="task">The raw task text; not blank.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="InvalidOperationException">The pipeline has no <c>UseAtlas</c>.</exception>
    public static Task<AtlasChatSession> StartAtlasSessionAsync(
        this IChatClient chat, string task, CancellationToken cancellationToken = default) =>
        chat.StartAtlasSessionAsync(new StartSession(task), cancellationToken);

    /// <summary>Starts a session. If Atlas is unreachable or refuses it, the session is not recorded and uses the last known playbook or
    /// none.</summary>
    /// <inheritdoc cref="StartAtlasSessionAsync(IChatClient, string, CancellationToken)"/>
    /// <param name="chat">A client with <c>UseAtlas</c> in its pipeline.</param>
    /// <param name="request">The session. A learning key or agent that it does not name comes from the options.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static Task<AtlasChatSession> StartAtlasSessionAsync(
        this IChatClient chat, StartSession request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chat);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrWhiteSpace(request.Task, nameof(request));
        var atlas = chat.GetService<AtlasChatClient>() ?? throw new InvalidOperationException(
            "This chat client does not use Atlas. Build it with chatClient.AsBuilder().UseAtlas(atlas).Build().");
        return atlas.StartAsync(chat, request, cancellationToken);
    }

    private static ChatClientBuilder Use(ChatClientBuilder builder, Func<IServiceProvider, LazyConnection> connection, Action<AtlasChatOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new AtlasChatOptions();
        configure?.Invoke(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return builder.Use((inner, services) =>
        {
            var loggers = services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
            var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
            return new AtlasChatClient(inner, connection(services), options, loggers, time);
        });
    }
}
