using System.Diagnostics.CodeAnalysis;

namespace Atlas.Import;

/// <summary>A record that was read, or why it was not.</summary>
/// <param name="Index">Place of the record in its source, from 0.</param>
/// <param name="Run">The run; null if the record is bad.</param>
/// <param name="Error">A sentence that says what is wrong with the record; null if it is good.</param>
/// <param name="EndsSource">True if nothing after this record can be read: the source itself is broken.</param>
/// <param name="Line">The line of its file on which the record begins, from 1; null where there are no lines.</param>
/// <param name="WasMended">Whether half a character was replaced by U+FFFD.</param>
public sealed record RunOrError(
    int Index, RecordedRun? Run, string? Error, bool EndsSource = false, long? Line = null, bool WasMended = false)
{
    /// <summary>Whether <see cref="Run"/> is there.</summary>
    [MemberNotNullWhen(true, nameof(Run))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Run is not null;

    /// <summary>A record that is a run.</summary>
    public static RunOrError Good(RecordedRun run, long? line = null, bool wasMended = false) =>
        new(run.Index, run, null, Line: line, WasMended: wasMended);

    /// <summary>A record that is none.</summary>
    /// <param name="index">Its place in the source, from 0.</param>
    /// <param name="reason">Why, a sentence.</param>
    /// <param name="line">The line on which it begins, from 1; null where there are no lines.</param>
    public static RunOrError Bad(int index, string reason, long? line = null) => new(index, null, reason, Line: line);

    /// <summary>A record after which nothing can be read.</summary>
    /// <inheritdoc cref="Bad"/>
    public static RunOrError Broken(int index, string reason, long? line = null) => new(index, null, reason, EndsSource: true, line);

    /// <summary>With the name of the file before the error. What ends a file does not end a folder.</summary>
    internal RunOrError In(string file) => Succeeded ? this : this with { Error = $"{file}: {Error}", EndsSource = false };
}
