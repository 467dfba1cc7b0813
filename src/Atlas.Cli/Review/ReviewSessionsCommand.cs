using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Playbooks;
using Atlas.Queries;

namespace Atlas.Cli.Review;

/// <summary><c>atlas review sessions</c></summary>
internal sealed class ReviewSessionsCommand : AtlasCommand
{
    private const int LineLength = 120;
    private static readonly string[] Statuses = ["pending", "quarantined", "approved"];

    private readonly Option<string?> _key = CommonOptions.Text("--key", "KEY", "Only sessions of this learning key.", "a learning key such as tau/airline");
    private readonly Option<string[]> _status = new Option<string[]>("--status") { Description = "Only sessions with this review status; repeatable." }
        .OneOf("pending", "quarantined", "approved");

    private readonly Option<int?> _limit = CommonOptions.Number("--limit", "Maximum number of sessions per status, oldest first.", 1, 1_000_000, 20);
    private readonly Option<int?> _offset = CommonOptions.Number("--offset", "Number of sessions to skip per status.", 0, int.MaxValue, 0);
    private readonly Option<bool> _json = CommonOptions.Json();

    public ReviewSessionsCommand(CommandContext context)
        : base(context, "sessions", "List finished sessions by review status, with how much their rewards differ from earlier ones.")
    {
        Add(_key);
        Add(_status);
        Add(_limit);
        Add(_offset);
        Add(_json);
        Examples = ["atlas review sessions", "atlas review sessions --key tau/airline --status pending --status quarantined --json"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetValue(_key);
        var statuses = arguments.GetValue(_status) is { Length: > 0 } named ? named.Distinct().ToArray() : Statuses;
        var groups = await new DatabaseAccess(Context).ReadAsync(async source =>
        {
            if (key is not null
                && (await source.Sessions.ListAsync(new SessionFilter { LearningKey = key, Limit = 1 }, cancellation)).IsEmpty
                && !await source.Keys.IsKnownAsync(key, cancellation))
            {
                throw PlaybookArgument.Unknown(key);
            }

            var queries = source.Reviews;
            var found = ImmutableArray.CreateBuilder<ReviewGroup>();
            foreach (var status in statuses)
            {
                found.Add(new ReviewGroup(status, await queries.SheetAsync(
                    key, status, arguments.GetRequiredValue(_offset)!.Value, arguments.GetRequiredValue(_limit)!.Value, cancellation)));
            }

            return found.ToImmutable();
        });
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(groups);
            return ExitCode.Ok;
        }

        foreach (var group in groups)
        {
            Write(group);
        }

        return ExitCode.Ok;
    }

    private void Write(ReviewGroup group)
    {
        Context.Terminal.Data($"Status: {group.Status} ({Wording.Count(group.Sessions.Length, "session")})", Tint.Heading);
        if (group.Sessions.IsEmpty)
        {
            Context.Terminal.Data("  (none)");
        }

        foreach (var session in group.Sessions)
        {
            Context.Terminal.Data(LineOf(session), session.DriftAlert ? Tint.Removed : Tint.None);
            Context.Terminal.Data($"         task: {Wording.OneLine(session.Task, LineLength)}");
            if (!string.IsNullOrWhiteSpace(session.ReviewNotes))
            {
                Context.Terminal.Data($"         notes: {Wording.OneLine(session.ReviewNotes, LineLength)}");
            }

            if (session.AuditEntries > 0)
            {
                Context.Terminal.Data($"         audit: {Wording.Count(session.AuditEntries, "entry", "entries")}");
            }
        }

        Context.Terminal.Data();
    }

    internal static string LineOf(ReviewSheetItem session) => string.Create(
        CultureInfo.InvariantCulture,
        $"{session.Id,6} {(session.DriftAlert ? "ALERT" : "ok"),-5} scoreΔ={Delta(session.ScoreDelta)} uncΔ={Delta(session.UncertaintyDelta)} {RewardOf(session)} {Wording.Time(session.CreatedAt)} {session.DriftReason}").TrimEnd();

    private static string Delta(double? value) => value?.ToString("+0.00;-0.00;+0.00", CultureInfo.InvariantCulture) ?? "n/a";

    private static string RewardOf(ReviewSheetItem session) => session.Reward is not { } mean
        ? "reward=n/a"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"reward={mean:0.00}{(session.RewardStddev is { } spread ? string.Create(CultureInfo.InvariantCulture, $"±{spread:0.00}") : "")}{(session.Samples is { } samples ? string.Create(CultureInfo.InvariantCulture, $" (n={samples})") : "")}");
}
