using System.Diagnostics.CodeAnalysis;

namespace Atlas.Import;

/// <summary>A record that was read, or why it was not.</summary>
/// <param name="Index">Place of the record in its source, from 0.</param>
/// <param name="Run">The run; null if the record is bad.</param>
/// <param name="Error">A sentence that says what is wrong with the record; null if it is good.</param>
/// <param name="EndsSource">True if nothing after this record can be read: the source itself is broken.</param>
public sealed record RunOrError(int Index, RecordedRun? Run, string? Error, bool EndsSource = false)
{
    /// <summary>Whether <see cref="Run"/> is there.</summary>
    [MemberNotNullWhen(true, nameof(Run))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Run is not null;

    internal static RunOrError Good(RecordedRun run) => new(run.Index, run, null);

    internal static RunOrError Bad(int index, string reason) => new(index, null, reason);

    internal static RunOrError Broken(int index, string reason) => new(index, null, reason, EndsSource: true);
}
