using System.ClientModel;
using Atlas.Client;
using Atlas.Domain;
using Microsoft.Extensions.AI;
using OpenAI;

// Any OpenAI-compatible server will do: OPENAI_BASE_URL names it, OPENAI_API_KEY is what it asks for.
var server = new OpenAIClientOptions { Endpoint = new Uri(Environment.GetEnvironmentVariable("OPENAI_BASE_URL") ?? "https://api.openai.com/v1") };
var key = new ApiKeyCredential(Environment.GetEnvironmentVariable("OPENAI_API_KEY") ?? "none");
using var chat = new OpenAIClient(key, server).GetChatClient("gpt-5-mini").AsIChatClient().AsBuilder()
    .UseAtlas(() => AtlasClient.ConnectAsync(), options => options.LearningKey = "sample/orders")
    .UseFunctionInvocation()
    .Build();

const string Task = "Where is order 1042?";
await using var session = await chat.StartAtlasSessionAsync(Task);
Console.WriteLine($"session {session.SessionId} uses playbook version {session.PlaybookVersion}");

var answer = await session.GetResponseAsync(
    [new(ChatRole.System, "You are a helpful support agent."), new(ChatRole.User, Task)],
    new ChatOptions { Tools = [AIFunctionFactory.Create((string id) => $"Order {id}: shipped, not delivered.", "get_order")] });
Console.WriteLine(answer.Text);

var completed = await session.CompleteAsync(answer.Text, score: 0.9);
Console.WriteLine(completed is null ? "not recorded" : $"{completed.Status.ToWire()}, review {completed.ReviewStatus.ToWire()}, learning {completed.Learning.ToWire()}");
