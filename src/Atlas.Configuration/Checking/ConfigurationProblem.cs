namespace Atlas.Configuration.Checking;

/// <summary>One thing that is wrong, or worth knowing.</summary>
/// <param name="Source">Where it was written.</param>
/// <param name="Path">The key, from the root, as in <c>learning.gates.max_text_length</c>; empty for the file as a whole.</param>
/// <param name="Message">What is wrong and what would be right; begins in the middle of a sentence, after the path.</param>
public sealed record ConfigurationProblem(ValueSource Source, string Path, string Message)
{
    /// <summary>Place, key and message as one sentence.</summary>
    public string Sentence => Path.Length == 0 ? $"{Source}: {Message}" : $"{Source}: {Path} {Message}";

    /// <summary>The same as <see cref="Sentence"/>.</summary>
    public override string ToString() => Sentence;
}
