using System.Globalization;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;

namespace Atlas.Learning.Synthesis;

/// <summary>The record of the last rejected answer.</summary>
public static class LatestFailure
{
    /// <summary>Returns the failure of the latest synthesis; null if a later one was accepted, or none ever failed.</summary>
    /// <remarks>The record <c>metadata.last_failure</c> stays after later successes, so compare its time.</remarks>
    public static JsonElement? Of(LearnedPlaybook playbook)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        if (!playbook.Metadata.TryGetValue("last_failure", out var failure) || Time(failure) is not { } failedAt)
        {
            return null;
        }

        return playbook.Metadata.TryGetValue("last_evaluation", out var evaluation) && Time(evaluation) > failedAt ? null : failure;
    }

    private static DateTimeOffset? Time(JsonElement record) =>
        DateTimeOffset.TryParse(JsonRead.Text(record, "timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
