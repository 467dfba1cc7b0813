namespace Atlas.Learning.Redaction;

/// <summary>Finds what must not be stored: secrets, and anything that identifies a person.</summary>
/// <remarks>Register your own in the silo's services in addition to the built-in ones. It is called by several threads concurrently, with
/// texts from agents, tools and users of up to some megabytes.</remarks>
public interface IRedactor
{
    /// <summary>Returns the places in a text to remove.</summary>
    /// <param name="text">The text; never null.</param>
    /// <returns>The places, in any order; they can overlap.</returns>
    IEnumerable<SensitivePlace> Find(string text);
}

/// <summary>A place in a text to remove.</summary>
/// <param name="Start">Index of its first UTF-16 unit.</param>
/// <param name="Length">The number of UTF-16 units, at least 1.</param>
/// <param name="Kind">The kind, in snake_case: <c>email</c>, <c>openai_key</c>. It replaces the removed text.</param>
public readonly record struct SensitivePlace(int Start, int Length, string Kind);
