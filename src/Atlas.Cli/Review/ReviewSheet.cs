using Atlas.Cli.Output;
using Atlas.Domain;

namespace Atlas.Cli.Review;

/// <summary>Prints the result of a review command, for people.</summary>
internal static class ReviewSheet
{
    private const int FailuresShown = 20;

    public static void Write(ReviewReport report, Terminal terminal)
    {
        var teaching = report.Reviewed.Count(session => session.Teaches);
        terminal.Data($"{Wording.Count(report.Reviewed.Length, "session")} {report.Decision.ToWire()}"
            + (report.Decision is ReviewStatus.Approved ? $"; {(teaching == 1 ? "1 teaches" : $"{teaching} teach")}." : "."));
        foreach (var undo in report.Undo)
        {
            terminal.Data(Sentence(undo));
            if (!undo.AlreadyUndone && undo.CurrentVersion > undo.TaughtVersion)
            {
                terminal.Data($"  That also undoes what came after it: {Wording.Count(undo.CurrentVersion - undo.TaughtVersion, "version")}.");
            }
        }
    }

    public static void WriteFailures(ReviewReport report, Terminal terminal)
    {
        foreach (var failed in report.Failed.Take(FailuresShown))
        {
            terminal.Say($"session {failed.Id}: {failed.Reason}");
        }

        if (report.Failed.Length > FailuresShown)
        {
            terminal.Say($"… and {report.Failed.Length - FailuresShown} more (--json lists all of them).");
        }
    }

    private static string Sentence(TaughtUndo undo)
    {
        var taught = undo.SessionIds.Length == 1
            ? $"Session {undo.SessionIds[0]}: it taught version {undo.TaughtVersion} of {undo.LearningKey}"
            : $"Sessions {string.Join(", ", undo.SessionIds)}: the first version of {undo.LearningKey} that they taught is {undo.TaughtVersion}";
        return undo switch
        {
            { AlreadyUndone: true } => $"{taught}, which is already undone.",
            { UndoneByVersion: { } version } => $"{taught}; version {version} restores the content of version {undo.BackTo}.",
            { Failure: { } reason } => $"{taught}, which was not undone: {reason} Undo it later with: {undo.Command}",
            _ => $"{taught}; undo with: {undo.Command}",
        };
    }
}
