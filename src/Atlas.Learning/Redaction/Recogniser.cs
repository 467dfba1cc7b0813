using System.Text.RegularExpressions;

namespace Atlas.Learning.Redaction;

/// <summary>Recognises one kind of secret by its form, and by a check if the form is not enough.</summary>
/// <param name="Kind">The kind, in snake_case; the name with which to switch it off.</param>
/// <param name="Clues">The clues; a text without any of them contains no such secret.</param>
/// <param name="Form">Its form. The group <c>secret</c> is removed if there is one, otherwise the whole match.</param>
/// <param name="Check">Confirms a match; null if the form is enough.</param>
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
