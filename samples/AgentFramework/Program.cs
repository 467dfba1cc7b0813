using System.ClientModel;
using Atlas.Client;
using Atlas.Client.AgentFramework;
using Atlas.Client.Chat;
using Atlas.Domain;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using OpenAI;

// Any OpenAI-compatible server will do: OPENAI_BASE_URL names it, OPENAI_API_KEY is what it asks for.
var server = new OpenAIClientOptions { Endpoint = new Uri(Environment.GetEnvironmentVariable("OPENAI_BASE_URL") ?? "https://api.openai.com/v1") };
var key = new ApiKeyCredential(Environment.GetEnvironmentVariable("OPENAI_API_KEY") ?? "none");
using var chat = new OpenAIClient(key, server).GetChatClient("gpt-5-mini").AsIChatClient();

await using var atlas = new AtlasContextProvider(() => AtlasClient.ConnectAsync(), new AtlasChatOptions { LearningKey = "sample/orders" });
var agent = new ChatClientAgent(chat, new ChatClientAgentOptions
{
    Name = "orders",
    ChatOptions = new ChatOptions
    {
        Instructions = "You are a helpful support agent.",
        Tools = [AIFunctionFactory.Create((string id) => $"Order {id}: shipped, not delivered.", "get_order")],
    },
    AIContextProviders = [atlas],
});

var session = await agent.CreateSessionAsync();
var answer = await agent.RunAsync("Where is order 1042?", session);
Console.WriteLine($"session {atlas.SessionOf(session)?.SessionId} used playbook version {atlas.SessionOf(session)?.PlaybookVersion}");
Console.WriteLine(answer.Text);

var completed = await atlas.CompleteAsync(session, answer.Text, score: 0.9);
Console.WriteLine(completed is null ? "not recorded" : $"{completed.Status.ToWire()}, review {completed.ReviewStatus.ToWire()}, learning {completed.Learning.ToWire()}");
