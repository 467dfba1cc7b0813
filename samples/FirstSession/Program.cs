using Atlas.Client;
using Atlas.Contracts.Sessions;
using Atlas.Domain;

// Finds the cluster through ATLAS_DATABASE_URL, or through the .atlas folder that `atlas up` made here.
await using var atlas = await AtlasClient.ConnectAsync();

var session = await atlas.StartSessionAsync(new StartSession("Refund order 1042, the parcel never arrived", "sample/refunds"));
Console.WriteLine($"session {session.SessionId} uses playbook version {session.Playbook.Version}");
var prompt = $"{session.Playbook.Student?.Block}\n\nYou are a helpful support agent.".TrimStart();

await session.AppendAsync(
    TrajectoryEvent.Message($"I read {prompt.Length} characters of prompt and look the order up first."),
    TrajectoryEvent.ToolCall("get_order", "1042"),
    TrajectoryEvent.ToolResult("get_order", "shipped, not delivered"));

var completed = await session.CompleteAsync("The refund is on its way.", score: 0.9);
Console.WriteLine($"session {completed.SessionId} {completed.Status.ToWire()}, review {completed.ReviewStatus.ToWire()}, learning {completed.Learning.ToWire()}");

// Why it does not teach yet, and what would change that. Null once it does.
if (completed.Reason is { } reason)
{
    Console.WriteLine($"It does not teach yet: {reason}.");
}
