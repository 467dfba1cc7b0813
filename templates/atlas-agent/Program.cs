using System.ClientModel;
using Atlas.Client;
using Atlas.Client.AgentFramework;
using Atlas.Client.Chat;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using OpenAI;

// Any OpenAI-compatible server will do: OPENAI_BASE_URL names it, OPENAI_API_KEY is what it asks for.
var server = new OpenAIClientOptions { Endpoint = new Uri(Environment.GetEnvironmentVariable("OPENAI_BASE_URL") ?? "https://api.openai.com/v1") };
var key = new ApiKeyCredential(Environment.GetEnvironmentVariable("OPENAI_API_KEY") ?? "none");
var model = Environment.GetEnvironmentVariable("OPENAI_MODEL") ?? "gpt-5-mini";
using var chat = new OpenAIClient(key, server).GetChatClient(model).AsIChatClient();

// Finds the cluster through ATLAS_DATABASE_URL, or through the .atlas folder that `atlas up` made here. What is learned belongs
// to the learning key: name one for each kind of task.
await using var atlas = new AtlasContextProvider(() => AtlasClient.ConnectAsync(), new AtlasChatOptions { LearningKey = "orders" });
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
var answer = await agent.RunAsync(args.Length > 0 ? string.Join(' ', args) : "Where is order 1042?", session);
Console.WriteLine(answer.Text);

// The reward is what teaches: 0 is a failure, 1 a full success. Compute it from what really happened.
var completed = await atlas.CompleteAsync(session, answer.Text, score: 0.9);
Console.WriteLine(completed is null ? "The session was not recorded." : $"Session {completed.SessionId}: {completed.Status}, learning {completed.Learning}");
