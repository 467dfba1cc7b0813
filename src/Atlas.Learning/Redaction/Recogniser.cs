using System.Text.RegularExpressions;

namespace Atlas.Learning.Redaction;

/// <summary>Recognises one kind of secret by its form and, where form alone is not enough, by a check.</summary>
/// <param name="Kind">What it finds, in snake_case; by this name it can be switched off.</param>
/// <param name="Clues">A text that has none of these has nothing of it.</param>
/// <param name="Form">Its form. A group named <c>secret</c> is taken out; without one, the whole match.</param>
/// <param name="Check">Whether what has the form is one; null if the form is proof enough.</param>
internal sealed record Recogniser(string Kind, Clues Clues, Regex Form, Func<string, bool>? Check = null) : IRedactor
{
    public IEnumerable<SensitivePlace> Find(string text)
    {
        for (var match = Form.Match(text); match.Success; match = match.NextMatch())
        {
            var secret = match.Groups["secret"] is { Success: true } group ? group : match.Groups[0];
            if (secret.Length > 0 && (Check is null || Check(secret.Value)))
            {
                yield return new SensitivePlace(secret.Index, secret.Length, Kind);
            }
        }
    }
}
