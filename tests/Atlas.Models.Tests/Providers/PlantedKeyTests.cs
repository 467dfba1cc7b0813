using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Options;
using Atlas.Models.Judges;
using Atlas.Models.Providers;
using Atlas.Models.Synthesis.Llm;
using Atlas.Models.Tests.Synthesis;
using Atlas.Testing.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Xunit;
using static Atlas.Models.Tests.Providers.Clients;

namespace Atlas.Models.Tests.Providers;

/// <summary>A planted key, and a planted secret in a header, are looked for in everything that comes out.</summary>
public sealed class PlantedKeyTests
{
    private const string HeaderSecret = "proxy-password-77";

    /// <summary>Servers that send the key back in every way there is.</summary>
    public static TheoryData<string> Ways =>
        ["error", "plain error", "header of an error", "redirect", "not json", "cut", "answer", "broken answer", "stream", "stream error"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_planted_key_shows_in_no_exception_span_audit_or_answer(string way)
    {
        using var spans = new Spans();
        await using var server = await ScriptedServer.StartAsync(Of(way));
        await using var factory = Factory();
        var said = new List<string>();
        foreach (var parameters in (LlmParameters[])[WithSecret(OpenAIAt(server)), WithSecret(AnthropicAt(server))])
        {
            using var client = factory.Create(parameters);
            said.Add(parameters.ToString());
            said.Add($"{client.GetService<ModelDescription>()}");
            said.Add(await TextOfAsync(async () => (await client.GetResponseAsync(Question)).Text));
            said.Add(await TextOfAsync(async () => (await client.GetStreamingResponseAsync(Question).ToChatResponseAsync()).FinishReason?.Value));
            said.Add(await TextOfAsync(async () =>
            {
                var answer = await new LlmSynthesizer(client, new LlmSynthesizerOptions()).SynthesizeAsync(Samples.Request([]), default);
                return JsonSerializer.Serialize(answer, AtlasJson.Options);
            }));
            said.Add(await TextOfAsync(async () =>
            {
                var judged = await JudgeFactory.Ensemble(new JudgeModel(client, "small"), new JudgeModel(client, "large"), new JudgeEnsembleOptions())
                    .JudgeAsync(new JudgeRequest { Task = "a task" }, default);
                return JsonSerializer.Serialize(judged, AtlasJson.Options);
            }));
        }

        said.AddRange(spans.Texts);
        Assert.All(said, text => Assert.DoesNotContain(Key, text, StringComparison.Ordinal));
        Assert.All(said, text => Assert.DoesNotContain(HeaderSecret, text, StringComparison.Ordinal));
        Assert.True(said.Sum(text => text.Length) > 500, "hardly anything was said");
        Assert.All(server.Requests, request => Assert.DoesNotContain(Key, request.Body, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("desk")]
    [InlineData("ollama")]
    [InlineData("order")]
    [InlineData("desk 42")]
    public async Task A_key_that_is_a_word_damages_no_text(string key)
    {
        const string Said = "The order desk of ollama has desk 42.";
        await using var server = await ScriptedServer.StartAsync(Answers.OpenAI(Said), Answers.Error(400, Said));
        await using var factory = Factory(variables: ("TEST_KEY", key));
        using var client = factory.Create(OpenAIAt(server));

        Assert.Equal(Said, (await client.GetResponseAsync(Question)).Text);
        Assert.Contains(Said, await TextOfAsync(async () => (await client.GetResponseAsync(Question)).Text), StringComparison.Ordinal);
    }

    private static LlmParameters WithSecret(LlmParameters parameters) => parameters with
    {
        AdditionalHeaders = parameters.AdditionalHeaders.Add("X-Proxy", HeaderSecret),
    };

    private static Func<HttpContext, Task> Of(string way)
    {
        const string Both = $"the key {Key} and {HeaderSecret}";
        return way switch
        {
            "error" => Answers.Error(401, Both),
            "plain error" => ScriptedServer.Json(Both, 400),
            "header of an error" => Answers.Error(500, "no", ("X-Echo", Key)),
            "redirect" => Answers.Error(302, "moved", ("Location", $"http://127.0.0.1/?key={Key}")),
            "not json" => ScriptedServer.Json($"<html>{Both}</html>"),
            "cut" => ScriptedServer.Cut($"{{\"id\":\"{Both}\""),
            "answer" => Answers.OpenAI($"{{\"playbook_entries\":[],\"student_pamphlet\":\"{Both}\",\"score\":0.5,\"uncertainty\":0.1,\"rationale\":\"{Both}\"}}"),
            "broken answer" => Answers.OpenAI(Both),
            "stream" => Answers.Stream([Both], context => context.Response.WriteAsync($"data: {{{Both}\n\n")),
            _ => Answers.Stream(["no"], context => context.Response.WriteAsync($"data: {{\"error\":{{\"message\":\"{Both}\"}}}}\n\n")),
        };
    }

    private static async Task<string> TextOfAsync(Func<Task<string?>> call)
    {
        try
        {
            return await call() ?? "";
        }
        catch (Exception failure)
        {
            return failure.ToString();
        }
    }

    private sealed class Spans : IDisposable
    {
        private readonly ConcurrentQueue<string> _texts = new();
        private readonly ActivityListener _listener;

        public Spans()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == ChatClientFactory.TelemetryName,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = span => _texts.Enqueue(string.Join('\n',
                    span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}")
                        .Concat(span.Events.SelectMany(each => each.Tags).Select(tag => $"{tag.Key}={tag.Value}"))
                        .Append(span.StatusDescription))),
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public ImmutableArray<string> Texts => [.. _texts];

        public void Dispose() => _listener.Dispose();
    }
}
