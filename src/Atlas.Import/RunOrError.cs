using System.Diagnostics.CodeAnalysis;

namespace Atlas.Import;

/// <summary>A record that was read, or the reason why it could not be.</summary>
/// <param name="Index">The position of the record in its source, from 0.</param>
/// <param name="Run">The run; null if the record is bad.</param>
/// <param name="Error">A sentence that says what is wrong with the record; null if it is good.</param>
/// <param name="EndsSource">True if nothing after this record can be read: the source itself is broken.</param>
/// <param name="Line">The line of its file on which the record begins, from 1; null if there are no lines.</param>
/// <param name="WasMended">Whether a lone surrogate was replaced with U+FFFD.</param>
public sealed record RunOrError(
    int Index, RecordedRun? Run, string? Error, bool EndsSource = false, long? Line = null, bool WasMended = false)
{
    /// <summary>Gets a value indicating whether <see cref="Run"/> is set.</summary>
    [MemberNotNullWhen(true, nameof(Run))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Run is not null;

    /// <summary>Creates the result for a record that is a run.</summary>
    public static RunOrError Good(RecordedRun run, long? line = null, bool wasMended = false) =>
        new(run.Index, run, null, Line: line, WasMended: wasMended);

    /// <summary>Creates the result for a bad record.</summary>
    /// <param name="index">Its position in the source, from 0.</param>
    /// <param name="reason">The reason, as a sentence.</param>
    /// <param name="line">The line on which it begins, from 1; null if there are no lines.</param>
    public static RunOrError Bad(int index, string reason, long? line = null) => new(index, null, reason, Line: line);

    /// <summary>Creates the result for a record after which nothing can be read.</summary>
    /// <inheritdoc cref="Bad"/>
    public static RunOrError Broken(int index, string reason, long? line = null) => new(index, null, reason, EndsSource: true, line);

    /// <summary>Prefixes the error with the name of the file. What ends a file does not end a folder.</summary>
    internal RunOrError In(string file) => Succeeded ? this : this with { Error = $"{file}: {Error}", EndsSource = false };
}
