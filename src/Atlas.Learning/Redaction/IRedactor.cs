namespace Atlas.Learning.Redaction;

/// <summary>Finds what must not be stored: secrets, and what tells who a person is.</summary>
/// <remarks>Register one's own in the silo's services beside those that Atlas brings. It is called by several threads at once, with texts
/// from agents, tools and users of up to some megabytes.</remarks>
public interface IRedactor
{
    /// <summary>The places in a text that are to be taken out.</summary>
    /// <param name="text">The text; never null.</param>
    /// <returns>In any order; places may overlap.</returns>
    IEnumerable<SensitivePlace> Find(string text);
}

/// <summary>A place in a text that is to be taken out.</summary>
/// <param name="Start">Index of its first UTF-16 unit.</param>
/// <param name="Length">How many units it has, at least 1.</param>
/// <param name="Kind">What it is, in snake_case: <c>email</c>, <c>openai_key</c>. It stands in the text in its place.</param>
public readonly record struct SensitivePlace(int Start, int Length, string Kind);
