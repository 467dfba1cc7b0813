using Atlas.Client;
using Atlas.Contracts.Sessions;

var builder = WebApplication.CreateBuilder(args);

// The cluster that the application host calls atlas.
builder.AddAtlasClient("atlas");

var app = builder.Build();
app.MapHealthChecks("/health");

// In a real shop a model would do this, with the playbook in its prompt.
app.MapPost("/orders/{order}/refund", async (string order, IAtlasClient atlas, CancellationToken cancellation) =>
{
    var session = await atlas.StartSessionAsync(new StartSession($"Refund order {order}", "shop/refunds"), cancellation);
    await session.AppendAsync(
        TrajectoryEvent.ToolCall("get_order", order),
        TrajectoryEvent.ToolResult("get_order", "shipped, not delivered"));
    var completed = await session.CompleteAsync("The refund is on its way.", score: 0.9);
    return new { completed.SessionId, session.Playbook.Version };
});

await app.RunAsync();
