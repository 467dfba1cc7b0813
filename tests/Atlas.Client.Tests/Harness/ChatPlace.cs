using Atlas.Client.Chat;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Atlas.Client.Tests.Harness;

/// <summary>A chat with Atlas in it, and a folder for its cache that is gone afterwards.</summary>
internal sealed class ChatPlace(params IReadOnlyList<ChatResponse> answers) : IDisposable
{
    public const string Task = "Where is order 1042?";

    public FakeAtlas Atlas { get; } = new();

    public ScriptedChatClient Model { get; } = new(answers);

    public LogLines Log { get; } = new();

    public string CacheDirectory { get; } = Directory.CreateTempSubdirectory("atlas-client-test-").FullName;

    public IChatClient Build(Action<AtlasChatOptions>? configure = null, Action<ChatClientBuilder>? inside = null, Action<ChatClientBuilder>? outside = null)
    {
        var builder = Model.AsBuilder();
        outside?.Invoke(builder);
        builder.UseAtlas(Atlas, options =>
        {
            options.CacheDirectory = CacheDirectory;
            configure?.Invoke(options);
        });
        inside?.Invoke(builder);
        return builder.Build(new ServiceCollection().AddSingleton<ILoggerFactory>(Log).BuildServiceProvider());
    }

    /// <summary>Sends the usual two messages in a session and returns what the model was sent.</summary>
    public async Task<(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)> AskAsync(
        Action<AtlasChatOptions>? configure = null, ChatOptions? options = null, params ChatMessage[] messages)
    {
        await using var session = await Build(configure).StartAtlasSessionAsync(Task);
        await session.GetResponseAsync(
            messages.Length > 0 ? messages : [new(ChatRole.System, "You help."), new(ChatRole.User, Task)], options);
        return Model.Requests[^1];
    }

    public void Dispose() => Directory.Delete(CacheDirectory, recursive: true);
}
