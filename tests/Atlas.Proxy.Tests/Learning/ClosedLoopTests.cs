using System.ClientModel;
using System.Globalization;
using System.Text.Json;
using Atlas.OrderDesk;
using Atlas.OrderDesk.Serving;
using Atlas.OrderDesk.World;
using Atlas.Proxy.Tests.Harness;
using Atlas.Testing;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using Xunit;
using ChatMessage = OpenAI.Chat.ChatMessage;

namespace Atlas.Proxy.Tests.Learning;

/// <summary>An agent that knows nothing of Atlas, and works at the practice desk: its scripted model believes the customer, and does otherwise only where its prompt
/// says so.</summary>
public sealed class ClosedLoopTests(ITestOutputHelper output)
{
    private const int Tasks = 30;
    private const int FirstOrder = 1001;

    [Fact]
    public async Task An_agent_gets_better_when_only_its_base_URL_leads_here()
    {
        Environment.SetEnvironmentVariable(DeskConfiguration.KeyVariable, "any");
        await using var desk = await DeskServer.StartAsync(new DeskOptions { Port = FreePorts.Find(1)[0] });
        await using var house = await House.StartAsync("prefix_chain: true", configuration: new DeskConfiguration { Desk = desk.Address }.ToYaml());
        using var models = new HttpClient { BaseAddress = desk.Address };
        house.Upstream.Answer = async (context, arrived) =>
        {
            using var said = await models.PostAsync("v1/chat/completions", new ByteArrayContent(arrived.Body));
            context.Response.StatusCode = (int)said.StatusCode;
            context.Response.ContentType = said.Content.Headers.ContentType?.ToString();
            await said.Content.CopyToAsync(context.Response.Body);
        };
        var key = House.NewKey("order-desk");

        var alone = new double[Tasks];
        for (var task = 0; task < Tasks; task++)
        {
            await SettleAsync(new Uri(desk.Address, "v1"), desk.World, FirstOrder + task);
            alone[task] = desk.World.VerdictOn(FirstOrder + task).Score;
            desk.World.Reset(FirstOrder + task);
        }

        var learned = new double[Tasks];
        for (var task = 0; task < Tasks; task++)
        {
            var answer = await SettleAsync(new Uri(house.Address, $"proxy/k/{Uri.EscapeDataString(key)}/openai/v1"), desk.World, FirstOrder + task);
            var verdict = desk.World.VerdictOn(FirstOrder + task);
            learned[task] = verdict.Score;

            // Whoever looks at the orders knows the answer, and nothing of sessions.
            using var rewarded = await house.PostAsync($"v1/sessions/{answer}/reward", JsonSerializer.Serialize(new { score = verdict.Score, rationale = verdict.Rationale }));
            await rewarded.TextAsync();
            await Eventually.TrueAsync(
                async () =>
                {
                    var told = JsonElement.Parse(await house.Client.GetStringAsync($"v1/keys/{Uri.EscapeDataString(key)}"));
                    return told.GetProperty("sessions_observed").GetInt32() == task + 1 && told.GetProperty("pending_session_ids").GetArrayLength() == 0;
                },
                TimeSpan.FromSeconds(60), "the session has taught");
        }

        output.WriteLine($"alone   {Line(alone)}\nlearned {Line(learned)}");
        Assert.InRange(alone.Average(), 0, 0.6);
        Assert.Equal(alone[0], learned[0]);
        Assert.Equal(1, learned[^10..].Average());
        Assert.Equal(Tasks, await house.Database.ScalarAsync<long>("SELECT count(*) FROM sessions WHERE status = 'succeeded' AND reward IS NOT NULL"));
    }

    private static string Line(double[] scores) => string.Join(' ', scores.Select(score => score.ToString("0.0", CultureInfo.InvariantCulture)));

    /// <summary>Does one task, as any agent does that calls tools.</summary>
    /// <returns>The id of the last answer.</returns>
    private static async Task<string> SettleAsync(Uri baseUrl, DeskWorld world, int order)
    {
        var agent = new ChatClient("desk-student", new ApiKeyCredential("sk-any"), new OpenAIClientOptions { Endpoint = baseUrl });
        var functions = new DeskTools(world).Functions.ToDictionary(function => function.Name, StringComparer.Ordinal);
        var options = new ChatCompletionOptions();
        foreach (var function in functions.Values)
        {
            options.Tools.Add(ChatTool.CreateFunctionTool(function.Name, function.Description, BinaryData.FromString(function.JsonSchema.GetRawText())));
        }

        List<ChatMessage> messages =
        [
            new SystemChatMessage("You work at the order desk of a shop and settle what customers want with the tools you have."), new UserChatMessage(DeskTasks.Of(order)),
        ];
        while (true)
        {
            ChatCompletion answer = await agent.CompleteChatAsync(messages, options);
            if (answer.ToolCalls.Count == 0)
            {
                return answer.Id;
            }

            messages.Add(new AssistantChatMessage(answer));
            foreach (var call in answer.ToolCalls)
            {
                var result = await functions[call.FunctionName].InvokeAsync(new AIFunctionArguments(JsonSerializer.Deserialize<Dictionary<string, object?>>(call.FunctionArguments)));
                messages.Add(new ToolChatMessage(call.Id, result?.ToString() ?? ""));
            }
        }
    }
}
