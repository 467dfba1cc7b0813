using System.CommandLine;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Review;

/// <summary>The filter for the sessions of a review command that does not name them.</summary>
internal sealed class ReviewFilterOptions(int? limit)
{
    public Option<string?> Key { get; } = CommonOptions.Text("--key", "KEY", "Only sessions of this learning key.", "a learning key such as tau/airline");

    public Option<string> Status { get; } = new Option<string>("--status")
    {
        Description = "Only sessions with this review status.",
        DefaultValueFactory = _ => "pending",
    }.OneOf("pending", "approved", "quarantined");

    public Option<int?> Limit { get; } = CommonOptions.Number("--limit", "Maximum number of sessions, oldest first.", 1, 1_000_000, limit);

    public void AddTo(Command command)
    {
        command.Add(Key);
        command.Add(Status);
        command.Add(Limit);
    }
}
