using System.ComponentModel.DataAnnotations;
using Atlas.Client;
using Atlas.Client.Chat;
using Atlas.Contracts.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.Extensions.AI;

/// <summary>Brings Atlas into a chat client.</summary>
public static class AtlasChatClientExtensions
{
    /// <summary>Injects playbooks into what passes through, and records sessions.</summary>
    /// <remarks>It may stand before or after <c>UseFunctionInvocation</c>; after it, each call of the model is an event of its own.
    /// Logger and clock are taken from the pipeline's services. A failure of Atlas is logged, and the chat goes on with the last
    /// known playbook or with none.</remarks>
    /// <param name="builder">The pipeline.</param>
    /// <param name="client">The cluster. It is not disposed of with the pipeline.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <exception cref="ValidationException">An option is out of bounds.</exception>
    public static ChatClientBuilder UseAtlas(this ChatClientBuilder builder, IAtlasClient client, Action<AtlasChatOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Use(builder, _ => new LazyConnection(client), configure);
    }

    /// <summary>The same with a client from the pipeline's services: <c>UseAtlas(services =&gt; services.GetRequiredService&lt;IAtlasClient&gt;())</c>
    /// in an application with <c>AddAtlasClient</c>.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="client">Chooses the client. It is not disposed of with the pipeline.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <exception cref="ValidationException">An option is out of bounds.</exception>
    public static ChatClientBuilder UseAtlas(
        this ChatClientBuilder builder, Func<IServiceProvider, IAtlasClient> client, Action<AtlasChatOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Use(builder, services => new LazyConnection(client(services)), configure);
    }

    /// <summary>The same for an application that must start without the cluster: it begins to connect when the pipeline is built, and
    /// tries again with the next session after a failure.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="connect">Connects, say <c>() =&gt; AtlasClient.ConnectAsync()</c>. The client is disposed of with the pipeline.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <exception cref="ValidationException">An option is out of bounds.</exception>
    public static ChatClientBuilder UseAtlas(
        this ChatClientBuilder builder, Func<Task<IAtlasClient>> connect, Action<AtlasChatOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(connect);
        return Use(builder, _ => new LazyConnection(connect), configure);
    }

    /// <summary>Opens a session for a task.</summary>
    /// <param name="chat">A client with <c>UseAtlas</c> in its pipeline.</param>
    /// <param name="task">The raw task text; not blank.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">The pipeline has no <c>UseAtlas</c>.</exception>
    public static Task<AtlasChatSession> StartAtlasSessionAsync(
        this IChatClient chat, string task, CancellationToken cancellationToken = default) =>
        chat.StartAtlasSessionAsync(new StartSession(task), cancellationToken);

    /// <summary>Opens a session. Without Atlas it is one that is not recorded, with the last known playbook or none.</summary>
    /// <inheritdoc cref="StartAtlasSessionAsync(IChatClient, string, CancellationToken)"/>
    /// <param name="chat">A client with <c>UseAtlas</c> in its pipeline.</param>
    /// <param name="request">The session; learning key and agent, where it names none, are those of the options.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<AtlasChatSession> StartAtlasSessionAsync(
        this IChatClient chat, StartSession request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chat);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrWhiteSpace(request.Task, nameof(request));
        var atlas = chat.GetService<AtlasChatClient>() ?? throw new InvalidOperationException(
            "This chat client does not know Atlas. Build it with chatClient.AsBuilder().UseAtlas(atlas).Build().");
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
