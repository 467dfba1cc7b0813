using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Atlas.Grains.Tests.Cluster;

/// <summary>A server on loopback that speaks OpenAI's chat completions and says what the test wants.</summary>
internal sealed class ScriptedModel : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ScriptedModel(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public List<JsonNode> Asked { get; } = [];

    /// <summary>What the model answers; null makes it fail with status 500.</summary>
    public volatile string? Answer;

    public static async Task<ScriptedModel> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var model = new ScriptedModel(app);
        app.MapPost("/v1/chat/completions", model.CompleteAsync);
        await app.StartAsync();
        return model;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> CompleteAsync(HttpRequest request)
    {
        var asked = await JsonNode.ParseAsync(request.Body);
        lock (Asked)
        {
            Asked.Add(asked!);
        }

        return Answer is { } answer
            ? Results.Json(new
            {
                id = "1",
                @object = "chat.completion",
                created = 1,
                model = "scripted",
                choices = new[] { new { index = 0, finish_reason = "stop", message = new { role = "assistant", content = answer } } },
                usage = new { prompt_tokens = 10, completion_tokens = 5, total_tokens = 15 },
            }, JsonSerializerOptions.Default)
            : Results.StatusCode(StatusCodes.Status500InternalServerError);
    }
}
