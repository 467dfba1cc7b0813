namespace Atlas.Learning.Review;

/// <summary>Whether a person has looked at a session, and what they found. Every status may follow every other.</summary>
public static class ReviewStatus
{
    /// <summary>Nobody has decided yet.</summary>
    public const string Pending = "pending";

    /// <summary>The session may teach and be exported.</summary>
    public const string Approved = "approved";

    /// <summary>The session must not teach, and what it taught may be undone.</summary>
    public const string Quarantined = "quarantined";

    /// <summary>All statuses, in the order in which reviewers want to see them.</summary>
    public static IReadOnlyList<string> All { get; } = [Pending, Quarantined, Approved];

    /// <summary>The status in its one spelling; <see cref="Pending"/> if nothing is said. Other words are kept, in lower case.</summary>
    public static string Normalise(string? status) =>
        string.IsNullOrWhiteSpace(status) ? Pending : status.Trim().ToLowerInvariant();

    /// <summary>Whether it is one of the three.</summary>
    public static bool IsKnown(string? status) => All.Contains(Normalise(status), StringComparer.Ordinal);
}
