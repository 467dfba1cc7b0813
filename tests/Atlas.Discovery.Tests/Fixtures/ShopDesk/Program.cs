using System.ClientModel;
using Microsoft.Extensions.AI;
using OpenAI;
using ShopDesk;

var builder = WebApplication.CreateBuilder(args);
var key = Environment.GetEnvironmentVariable("SHOP_MODEL_KEY") ?? "sk-abcdef1234567890";
var client = new OpenAIClient(new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = new Uri("https://models.example.test/v1") });
builder.Services.AddSingleton(client.GetChatClient("gpt-4.1-mini").AsIChatClient());
builder.Services.AddSingleton<OrderTools>();
builder.Services.AddSingleton<DeskAgent>();
builder.Services.AddMcpServer();
var app = builder.Build();
app.MapGet("/health", () => "fine");
app.MapPost("/ask", async (Question question, DeskAgent agent, CancellationToken cancellation) =>
    Results.Ok(new { answer = await agent.AnswerAsync(question.Prompt, cancellation) }));
app.Run();

internal sealed record Question(string Prompt);
